/// One hop of a message (RFC 3261 section 20.42).
public struct Via {
  /// `UDP`, `TCP`, `TLS`, `SCTP`, `WS`, `WSS` or another token, as written.
  public let transport: SIPText
  /// Where responses go: a name or an address, brackets of an IPv6 address kept.
  public let host: SIPText
  /// The port written; nil when there is none.
  public let port: UInt16?
  /// Everything behind the hop's address.
  public let parameters: HeaderParameters

  /// - Parameter value: one value, not a list of them; nil when protocol or address cannot be read. Blanks around the
  ///   slashes and the colon are allowed, as the grammar does.
  public init?(_ value: SIPText) {
    let (hop, _) = value.split(at: UInt8(ascii: ";"))
    guard let firstSlash = hop.index(of: UInt8(ascii: "/")),
      let secondSlash = hop.index(of: UInt8(ascii: "/"), from: firstSlash + 1),
      hop.slice(0, firstSlash).trimmed.equalsIgnoringCase("SIP"),
      hop.slice(firstSlash + 1, secondSlash).trimmed == "2.0"
    else { return nil }
    let rest = hop.slice(secondSlash + 1, hop.count).trimmed
    var end = 0
    while let byte = rest[end], !SIPText.isSpace(byte) { end += 1 }
    transport = rest.slice(0, end)
    let address = rest.slice(end, rest.count).trimmed
    guard transport.isToken, let (host, port) = Self.address(address) else { return nil }
    (self.host, self.port) = (host, port)
    parameters = HeaderParameters(of: value)
  }

  private static func address(_ text: SIPText) -> (SIPText, UInt16?)? {
    var search = 0
    if text[0] == UInt8(ascii: "[") {
      guard let close = text.index(of: UInt8(ascii: "]")) else { return nil }
      search = close
    }
    guard let colon = text.index(of: UInt8(ascii: ":"), from: search) else {
      return text.isEmpty ? nil : (text, nil)
    }
    let host = text.slice(0, colon).trimmed
    guard !host.isEmpty, let number = text.slice(colon + 1, text.count).trimmed.decimal,
      let port = UInt16(exactly: number)
    else { return nil }
    return (host, port)
  }

  /// Names the transaction; nil when absent (RFC 3261 section 8.1.1.7).
  public var branch: SIPText? { parameters.value("branch") }
  /// Where the request really came from, brackets of an IPv6 address there or not (RFC 5118 section 4.5).
  public var received: SIPText? { parameters.value("received") }
  /// Where multicast is sent (RFC 3261 section 18.1.1).
  public var multicastAddress: SIPText? { parameters.value("maddr") }
  /// Hops of multicast (RFC 3261 section 18.1.1).
  public var timeToLive: UInt8? { parameters.value("ttl")?.decimal.flatMap { UInt8(exactly: $0) } }

  /// What RFC 3581 made of the source port.
  public enum ResponsePort: Hashable, Sendable {
    /// The sender asks for answers to where it sends from.
    case requested
    /// The port the request came from, filled in by its receiver.
    case seen(UInt16)
  }

  /// The `rport` parameter; nil when absent or no port (RFC 3581 section 3).
  public var responsePort: ResponsePort? {
    guard let value = parameters.value("rport") else { return nil }
    if value.isEmpty { return .requested }
    return value.decimal.flatMap { UInt16(exactly: $0) }.map { .seen($0) }
  }
}

extension SIPMessage {
  /// The topmost Via; nil when absent or malformed.
  public var topmostVia: Via? {
    guard let value = hotValue(.via) else { return nil }
    return Via(value.slice(0, value.endOfFirstListValue).trimmed)
  }
}
