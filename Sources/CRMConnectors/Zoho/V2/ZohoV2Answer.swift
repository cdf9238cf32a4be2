import HTTPTypes
import JSON
import Primitives

/// What every answer of Zoho's has in common: read the body before trusting the status.
enum ZohoV2Answer {
  /// The body of an answer that reports no error.
  enum Body: Hashable {
    /// Status 204: asked for, and not there.
    case nothing
    case bytes([UInt8], status: Int)
  }

  static func read(_ answer: CRMAnswer, maximumBytes: Int) throws(CRMRefusal) -> Body {
    switch answer {
    case .unreachable(let reason): throw CRMRefusal(reason)
    case .response(let response, let body):
      let status = response.status.code
      // The content type may still say JSON (observed).
      if status == 204 { return .nothing }
      if (300..<400).contains(status) { throw CRMRefusal(.redirected, status: status, reason: .redirected) }
      let isDone = (200..<300).contains(status)
      let leavesDoubt = isDone || status >= 500
      guard body.count <= maximumBytes else {
        throw CRMRefusal(.answerTooLarge, status: status, leavesDoubt: leavesDoubt)
      }
      let envelope: Envelope
      do throws(JSONReader.Failure) {
        envelope = try JSONReader.read(from: body)
      } catch {
        let fallback: ConnectorFault =
          switch error {
          case .otherShape: .unexpectedShape
          case .notJSON: .unreadableAnswer
          }
        throw refusal(status: status, code: nil, fallback: fallback, leavesDoubt: leavesDoubt)
      }
      if let code = envelope.errorCode { throw refusal(status: status, code: code, fallback: .unknownCode) }
      guard isDone else {
        throw refusal(status: status, code: nil, fallback: .unexpectedStatus, leavesDoubt: leavesDoubt)
      }
      return .bytes(body, status: status)
    }
  }

  /// Reads a body whose envelope has been read.
  static func decode<Shape: Decodable>(_ shape: Shape.Type, _ body: [UInt8], status: Int) throws(CRMRefusal) -> Shape {
    do throws(JSONReader.Failure) {
      return try JSONReader.read(shape, from: body)
    } catch {
      throw CRMRefusal(.unexpectedShape, status: status, leavesDoubt: true)
    }
  }

  /// A record id: decimal text. Longer than 2^53, so one that came as a number may have been rounded on the way.
  static func isRecordID(_ text: String) -> Bool { text.isDigits(1...32) }

  private static func refusal(
    status: Int, code: String?, fallback: ConnectorFault, leavesDoubt: Bool = false
  ) -> CRMRefusal {
    let isServersFault = status >= 500
    let (kind, reason): (CRMRefusal.Kind, LogoutReason?) =
      switch (status, code) {
      case (429, _), (_, "Access Denied"), (_, "TOO_MANY_REQUESTS"): (.throttled, .throttled)
      case (500..., _): (.unavailable, .serverError)
      case (_, "INVALID_TOKEN"): (.sessionRefused, nil)
      case (_, nil): (.unavailable, .unreadableAnswer)
      case (_, let code?): (.refused, self.reason(for: code))
      }
    return CRMRefusal(
      status: status, code: code.flatMap(speakable) ?? fallback.rawValue, kind: kind, reason: reason,
      leavesDoubt: leavesDoubt || isServersFault)
  }

  /// What the API's codes say of the user; nil where they are about one request (documented).
  static func reason(for code: String) -> LogoutReason? {
    switch code {
    case "OAUTH_SCOPE_MISMATCH": .scopeTooNarrow
    case "NO_PERMISSION": .noPermission
    case "AUTHENTICATION_FAILURE": .loginRefused
    default: nil
    }
  }

  /// `code` if it has the form of Zoho's codes. Digits are left out on purpose: neither a number nor a token passes.
  static func speakable(_ code: String) -> String? {
    guard (1...64).contains(code.utf8.count) else { return nil }
    let isCode = code.utf8.allSatisfy { byte in
      let lowered = byte | 0x20
      return (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(lowered) || byte == UInt8(ascii: "_")
        || byte == UInt8(ascii: " ")
    }
    return isCode ? code : nil
  }

  /// The error of a whole request: `{"error":…}` of the accounts server, `{"code":…,"status":"error"}` of the API.
  private struct Envelope: Decodable {
    let errorCode: String?

    private enum Key: String, CodingKey { case error, code, status }

    init(from decoder: any Decoder) throws {
      let keyed = try decoder.container(keyedBy: Key.self)
      let code = try? keyed.decodeIfPresent(String.self, forKey: .code)
      let status = try? keyed.decodeIfPresent(String.self, forKey: .status)
      if keyed.contains(.error) {
        errorCode = (try? keyed.decodeIfPresent(String.self, forKey: .error)) ?? ""
      } else if code != nil || status == "error" {
        errorCode = code ?? ""
      } else {
        errorCode = nil
      }
    }
  }
}
