/// One value of Contact (RFC 3261 section 20.10).
public enum ContactValue {
  /// `*`: every binding of the address-of-record, which a REGISTER with `Expires: 0` removes.
  case all
  /// An address; its `expires` and `q` are read by the members below.
  case address(NameAddress)

  /// nil for a value that is neither.
  public init?(_ value: SIPText) {
    if value == "*" {
      self = .all
    } else {
      guard let address = NameAddress(value) else { return nil }
      self = .address(address)
    }
  }

  /// Seconds the binding is to live; nil when absent or no number of 32 bits.
  public var expiresSeconds: UInt32? {
    switch self {
    case .all: nil
    case .address(let address): address.parameters.value("expires")?.decimal
    }
  }

  /// Preference among contacts in thousandths, 0 to 1000; nil when absent or malformed (RFC 3261
  /// section 25.1 `qvalue`).
  public var preferenceThousandths: Int? {
    switch self {
    case .all: nil
    case .address(let address): address.parameters.value("q").flatMap(Self.thousandths)
    }
  }

  private static func thousandths(_ text: SIPText) -> Int? {
    let (whole, fraction) = text.split(at: UInt8(ascii: "."))
    let digits = fraction ?? .empty
    guard whole == "0" || whole == "1", digits.count <= 3, digits.isEmpty || digits.isDigits else { return nil }
    var value = whole == "1" ? 1 : 0
    for index in 0..<3 { value = value * 10 + Int((digits[index] ?? 48) &- 48) }
    return value <= 1000 ? value : nil
  }
}
