/// What an extension's concurrent registrations came to over a run.
public struct ExtensionUse: Hashable, Sendable {
  /// The extension.
  public let number: String
  /// Bindings it may have at once.
  public internal(set) var bindingsMax: Int
  /// The most it had at once.
  public internal(set) var peak = 0
  /// REGISTERs that were refused for them.
  public internal(set) var refused = 0
  /// Bindings that made room for others.
  public internal(set) var displaced = 0
}

/// Extensions that had more phones than they may have.
public struct ExtensionLedger: Sendable {
  /// Extensions kept; what becomes of further ones is counted in the tally alone.
  static let extensionsMax = 10_000

  private var uses: [String: ExtensionUse] = [:]

  /// By number, in the order of text.
  public var exceeded: [ExtensionUse] { uses.values.sorted { $0.number < $1.number } }

  mutating func noteRefusal(of number: String, bindings: Int, bindingsMax: Int) {
    change(number, bindings, bindingsMax) { $0.refused += 1 }
  }

  mutating func noteDisplacement(of number: String, bindings: Int, bindingsMax: Int) {
    change(number, bindings, bindingsMax) { $0.displaced += 1 }
  }

  private mutating func change(
    _ number: String, _ bindings: Int, _ bindingsMax: Int, _ body: (inout ExtensionUse) -> Void
  ) {
    guard uses[number] != nil || uses.count < Self.extensionsMax else { return }
    var use = uses[number] ?? ExtensionUse(number: number, bindingsMax: bindingsMax)
    use.bindingsMax = bindingsMax
    use.peak = max(use.peak, bindings)
    body(&use)
    uses[number] = use
  }
}
