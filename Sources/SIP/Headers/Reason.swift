/// Why a request was sent (RFC 3326 section 2).
public struct Reason {
  /// The name space of the cause: `Q.850`, `SIP` or another token.
  public let protocolName: SIPText
  /// A number of that name space; nil when absent or no number.
  public let cause: UInt32?
  /// In words, without quotes and escapes; nil when absent.
  public let text: String?

  /// - Parameter value: one value, not a list of them; nil when it does not begin with a token.
  public init?(_ value: SIPText) {
    protocolName = value.beforeParameters
    guard protocolName.isToken else { return nil }
    var text: String?
    HeaderParameters(of: value).forEach { name, value in
      if text == nil, name.equalsIgnoringCase("text") { text = value?.unquoted }
    }
    cause = HeaderParameters(of: value).value("cause")?.decimal
    self.text = text
  }

  /// Whether the cause is of Q.850, the telephone network's.
  public var isQ850: Bool { protocolName.equalsIgnoringCase("Q.850") }
}
