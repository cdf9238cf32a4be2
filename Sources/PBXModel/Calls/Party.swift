/// Who is at the far end of a leg.
public enum Party: Hashable, Sendable {
  /// An extension, by its number.
  case account(String)
  /// A trunk, by its name and the `n` of `trunk_<n>`.
  case trunk(name: String, index: Int)

  /// Whether it is the outside, reached over a trunk.
  public var isTrunk: Bool {
    switch self {
    case .trunk: true
    case .account: false
    }
  }

  /// nil for a trunk.
  public var accountNumber: String? {
    switch self {
    case .account(let number): number
    case .trunk: nil
    }
  }
}
