/// The subscriber of a `tel:` URI, or of a SIP URI with `user=phone` (RFC 3966 section 3).
public struct TelephoneNumber {
  /// As written, with its visual separators, without parameters.
  public let text: SIPText
  /// Whether it begins with `+` and so is the same everywhere; a local one means something within its context only.
  public let isGlobal: Bool
  /// Where a local number holds: a domain, or the leading digits of global numbers (`+49`). A global one has none.
  public let phoneContext: SIPText?
  /// The extension within a private exchange.
  public let extensionDigits: SIPText?
  /// The ISDN subaddress.
  public let subaddress: SIPText?

  /// - Parameter subscriber: what stands behind `tel:`, or in the user part; nil when it is no number. A local number
  ///   without its context, which the RFC forbids and devices send, is one with a nil `phoneContext`.
  public init?(subscriber: SIPText) {
    let end = subscriber.index(of: UInt8(ascii: ";")) ?? subscriber.count
    self.init(number: subscriber.slice(0, end), HeaderParameters(text: subscriber.slice(end, subscriber.count)))
  }

  /// The number of a `tel:` URI; nil for other schemes.
  public init?(_ uri: SIPURI) {
    guard uri.scheme == .tel else { return nil }
    self.init(number: uri.user, uri.parameters)
  }

  private init?(number: SIPText, _ parameters: HeaderParameters) {
    text = number
    isGlobal = number[0] == UInt8(ascii: "+")
    let digits = isGlobal ? number.slice(1, number.count) : number
    let isGlobal = isGlobal
    guard digits.bytes.allSatisfy({ Self.isSeparator($0) || Self.isDigit($0, isGlobal: isGlobal) }),
      digits.bytes.contains(where: { !Self.isSeparator($0) })
    else { return nil }
    phoneContext = isGlobal ? nil : Self.filled(parameters.value("phone-context"))
    extensionDigits = Self.filled(parameters.value("ext"))
    subaddress = Self.filled(parameters.value("isub"))
  }

  /// Without visual separators, the `+` kept.
  public var digits: String {
    String(decoding: text.bytes.lazy.filter { !Self.isSeparator($0) }, as: UTF8.self)
  }

  /// Both global or both of the same context, and digit for digit the same; separators and case do not count
  /// (RFC 3966 section 4).
  public func isEquivalent(to other: TelephoneNumber) -> Bool {
    isGlobal == other.isGlobal && digits.lowercased() == other.digits.lowercased()
      && Self.isSame(phoneContext, other.phoneContext) && Self.isSame(extensionDigits, other.extensionDigits)
      && Self.isSame(subaddress, other.subaddress)
  }

  private static func filled(_ value: SIPText?) -> SIPText? { value.flatMap { $0.isEmpty ? nil : $0 } }

  private static func isSame(_ one: SIPText?, _ other: SIPText?) -> Bool {
    switch (one, other) {
    case (nil, nil): true
    case (let one?, let other?):
      // A domain keeps its dots and hyphens, a number does not.
      if isDigits(one) {
        one.bytes.lazy.filter { !isSeparator($0) }.elementsEqual(other.bytes.lazy.filter { !isSeparator($0) })
      } else {
        one.equalsIgnoringCase(other)
      }
    case (nil, _), (_, nil): false
    }
  }

  private static func isDigits(_ text: SIPText) -> Bool {
    text.bytes.allSatisfy { $0 == UInt8(ascii: "+") || SIPText.isDigit($0) || isSeparator($0) }
  }

  static func isSeparator(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "(") || byte == UInt8(ascii: ")")
  }

  private static func isDigit(_ byte: UInt8, isGlobal: Bool) -> Bool {
    if SIPText.isDigit(byte) { return true }
    guard !isGlobal else { return false }
    return SIPText.hexadecimal(byte) != nil || byte == UInt8(ascii: "*") || byte == UInt8(ascii: "#")
  }
}
