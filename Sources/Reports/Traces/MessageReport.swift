import JSON
public import SIPCapture
import Primitives
import SIP

/// One captured message as a line of `messages`.
public enum MessageReport {
  /// Appends `{"frame":…,"time":…,"transport":…,"src":…,"dst":…,"method":…,"status":…,"callID":…,"cseq":…}`.
  ///
  /// `time` is seconds since 1970 with six digits. A request has a null `status`, a response a null `method`;
  /// what the message lacks is null. Written without intermediate values: a trace holds many messages.
  public static func appendJSON(_ captured: CapturedMessage, to bytes: inout [UInt8]) {
    let message = captured.message
    append("{\"frame\":", to: &bytes)
    JSONText.append(Int64(captured.frame), to: &bytes)
    append(",\"time\":", to: &bytes)
    appendTime(captured.time, to: &bytes)
    append(",\"transport\":\"", to: &bytes)
    append(captured.transport.rawValue, to: &bytes)
    append("\",\"src\":\"", to: &bytes)
    append(captured.source.description, to: &bytes)
    append("\",\"dst\":\"", to: &bytes)
    append(captured.destination.description, to: &bytes)
    append("\",\"method\":", to: &bytes)
    switch message.startLine {
    case .request(_, let method, _):
      JSONText.append(method.string, to: &bytes)
      append(",\"status\":null", to: &bytes)
    case .response(let status, _):
      append("null,\"status\":", to: &bytes)
      JSONText.append(Int64(status), to: &bytes)
    }
    append(",\"callID\":", to: &bytes)
    appendOptional(message.callID?.string, to: &bytes)
    append(",\"cseq\":", to: &bytes)
    appendOptional(message.cseq.map { "\($0.number) \($0.methodText.string)" }, to: &bytes)
    append("}", to: &bytes)
  }

  /// The columns of the table and the CSV.
  public static let columns = ["frame", "time", "transport", "src", "dst", "method", "status", "callID", "cseq"]

  /// The same facts as texts, in the order of `columns`; the time as ISO 8601.
  public static func texts(_ captured: CapturedMessage) -> [String] {
    let message = captured.message
    let method: String
    let status: String
    switch message.startLine {
    case .request(_, let text, _): (method, status) = (text.string, "")
    case .response(let code, _): (method, status) = ("", String(code))
    }
    return [
      String(captured.frame), captured.time.iso8601, captured.transport.rawValue, captured.source.description,
      captured.destination.description, method, status, message.callID?.string ?? "",
      message.cseq.map { "\($0.number) \($0.methodText.string)" } ?? "",
    ]
  }

  private static func append(_ text: String, to bytes: inout [UInt8]) { bytes.append(contentsOf: text.utf8) }

  private static func appendOptional(_ text: String?, to bytes: inout [UInt8]) {
    if let text { JSONText.append(text, to: &bytes) } else { append("null", to: &bytes) }
  }

  private static func appendTime(_ time: Instant, to bytes: inout [UInt8]) {
    JSONText.append(time.seconds, to: &bytes)
    append(".", to: &bytes)
    let digits = String(time.microsecondsOfSecond)
    for _ in digits.utf8.count..<6 { bytes.append(UInt8(ascii: "0")) }
    append(digits, to: &bytes)
  }
}
