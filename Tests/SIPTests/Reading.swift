import SIP
import TestSupport

/// Runs `body` on text laid out in memory of its own length, so that a read past its end is seen by the address
/// sanitizer.
func withText<Result, Failure: Error>(
  _ bytes: [UInt8], _ body: (SIPText) throws(Failure) -> Result
) throws(Failure) -> Result {
  let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
  defer { buffer.deallocate() }
  buffer.copyBytes(from: bytes)
  return try body(SIPText(UnsafeRawBufferPointer(buffer)))
}

func withText<Result, Failure: Error>(
  _ text: String, _ body: (SIPText) throws(Failure) -> Result
) throws(Failure) -> Result {
  try withText(Array(text.utf8), body)
}

/// Parses a message and reads it while its bytes live.
func withMessage<Result>(_ bytes: [UInt8], _ body: (SIPMessage) -> Result) throws(SIPParseError) -> Result {
  try withText(bytes) { (text: SIPText) throws(SIPParseError) -> Result in body(try SIPMessage.parse(text.bytes)) }
}

func withMessage<Result>(_ text: String, _ body: (SIPMessage) -> Result) throws(SIPParseError) -> Result {
  try withMessage(Array(text.utf8), body)
}

/// The error bytes are refused with; nil where they are a message.
func refusal(of text: String) -> SIPParseError? {
  do throws(SIPParseError) {
    try withMessage(text) { _ in }
    return nil
  } catch {
    return error
  }
}

/// A request with these lines for headers.
func request(_ headers: String..., body: String = "") -> String {
  (["INVITE sip:b@example.com SIP/2.0"] + headers).joined(separator: "\r\n") + "\r\n\r\n" + body
}

/// All values of a header, copied.
func values(of name: HeaderName, in text: String) throws(SIPParseError) -> [String] {
  try withMessage(text) { message in
    var values: [String] = []
    message.forEachValue(of: name) { values.append($0.string) }
    return values
  }
}

/// Touches everything a message offers.
func readAll(_ message: SIPMessage) -> Int {
  var sum = message.headLength + message.body.count + (message.status ?? 0)
  sum += message.requestURI.map { SIPURI($0)?.host.count ?? 0 } ?? 0
  sum += message.callID?.string.count ?? 0
  sum += Int(message.cseq?.number ?? 0) + (message.branch?.count ?? 0)
  message.forEachHeader { name, value in
    sum += name.count + value.unfolded.count
    guard let address = NameAddress(value) else { return }
    sum += address.displayName.count + (address.tag?.count ?? 0)
    guard let uri = SIPURI(address.uri) else { return }
    sum += uri.user.count + uri.host.count + Int(uri.port ?? 0) + (uri.parameters.value("user")?.count ?? 0)
  }
  sum += message.printed.count + message.problems().map(\.offset).reduce(0, +) + (message.assertedUser?.count ?? 0)
  message.forEachHeader { _, value in sum += readValue(value) }
  message.sessionDescription?.forEachMedium { sum += Int($0.port) + ($0.address?.count ?? 0) }
  for name in [HeaderName.via, .contact, .from, .to] { message.forEachValue(of: name) { sum += $0.count } }
  return sum
}

/// Reads a value as everything a header can be.
func readValue(_ value: SIPText) -> Int {
  var sum = Via(value).map { $0.host.count + Int($0.port ?? 0) + ($0.branch?.count ?? 0) } ?? 0
  sum += ContactValue(value)?.preferenceThousandths ?? 0
  sum += Privacy(value).rawValue == 0 ? 0 : 1
  sum += HistoryInfo(value).map { ($0.path?.count ?? 0) + ($0.withReason { $0.text?.count ?? 0 } ?? 0) } ?? 0
  sum += ReferTo(value)?.withReplaces { $0.callID.count } ?? 0
  sum += (Replaces(value)?.toTag.count ?? 0) + (SessionID(value)?.local.count ?? 0) + (Reason(value)?.text?.count ?? 0)
  sum += (RetryAfter(value)?.comment?.count ?? 0) + (SessionExpires(value)?.refresher == nil ? 0 : 1)
  sum += (DigestParameters(value)?.username?.count ?? 0) + (TelephoneNumber(subscriber: value)?.digits.count ?? 0)
  sum += (SIPHost(value)?.isLiteral == true ? 1 : 0) + value.percentDecoded.count + value.unquoted.count
  if let uri = SIPURI(value) { sum += uri.isEquivalent(to: uri) ? 1 : 0 }
  SessionDescription(value)?.forEachMedium { sum += $0.isOnHold ? 1 : 0 }
  return sum
}
