/// One target a call was sent to on its way (RFC 7044 section 5).
public struct HistoryInfo {
  /// The target; the URI may carry Reason and Privacy as escaped headers.
  public let address: NameAddress

  /// nil when there is no URI in it.
  public init?(_ value: SIPText) {
    guard let address = NameAddress(value) else { return nil }
    self.address = address
  }

  /// `1.2.1`: place in the tree of targets; nil when absent.
  public var index: SIPText? { address.parameters.value("index") }
  /// The index this one follows: retargeted by its user (`rc`), mapped to another (`mp`) or unchanged (`np`).
  public var retargetedFrom: SIPText? {
    address.parameters.value("rc") ?? address.parameters.value("mp") ?? address.parameters.value("np")
  }

  /// Levels of the index, `[1, 2, 1]`; nil when it is absent, malformed or deeper than 64.
  public var path: [UInt32]? {
    guard var rest = index else { return nil }
    var path: [UInt32] = []
    while path.count < 64 {
      let (part, following) = rest.split(at: UInt8(ascii: "."))
      guard let number = part.decimal else { return nil }
      path.append(number)
      guard let following else { return path }
      rest = following
    }
    return nil
  }

  /// The Reason embedded in the URI, its escapes undone: why the call left this target; nil when there is none.
  public func withReason<Result>(_ body: (Reason) -> Result) -> Result? {
    SIPURI(address.uri)?.withHeader("Reason") { Reason($0).map(body) } ?? nil
  }
}

extension SIPURI {
  /// Hands over the value of a header embedded in the URI, its escapes undone (RFC 3261 section 19.1.1); nil when
  /// there is none of that name. The text is valid during the call only.
  public func withHeader<Result>(_ name: StaticString, _ body: (SIPText) -> Result) -> Result? {
    var rest: SIPText? = headers
    while let current = rest {
      let (field, following) = current.split(at: UInt8(ascii: "&"))
      let (key, value) = field.split(at: UInt8(ascii: "="))
      if key.equalsIgnoringCase(name), let value {
        return value.percentDecoded.withUnsafeBytes { body(SIPText($0)) }
      }
      rest = following
    }
    return nil
  }
}
