import HTTPTypes
import JSON
import Primitives

/// What every answer of `webservice.php` has in common: `{"success":…}`, with status 200 for errors too (measured).
enum VtigerAnswer {
  /// The result of a request that was carried out, read as `Shape`.
  ///
  /// - Parameter mayHaveActed: whether an answer that does not say what was done leaves that in doubt.
  static func read<Shape: Decodable>(
    _ shape: Shape.Type = Shape.self, from answer: CRMAnswer, maximumBytes: Int, mayHaveActed: Bool = true
  ) throws(CRMRefusal) -> Shape {
    switch answer {
    case .unreachable(let reason): throw CRMRefusal(reason)
    case .response(let response, let body):
      let status = response.status.code
      if (300..<400).contains(status) { throw CRMRefusal(.redirected, status: status, reason: .redirected) }
      let isDone = (200..<300).contains(status)
      let leavesDoubt = mayHaveActed && (isDone || status >= 500)
      guard body.count <= maximumBytes else {
        throw CRMRefusal(.answerTooLarge, status: status, leavesDoubt: leavesDoubt)
      }
      if status == 429 { throw CRMRefusal(status: status, code: "429", kind: .throttled, reason: .throttled) }
      // An uncaught error of the server is status 500 without a body (measured).
      guard status < 500 else {
        throw CRMRefusal(
          status: status, code: ConnectorFault.unexpectedStatus.rawValue, kind: .unavailable, reason: .serverError,
          leavesDoubt: leavesDoubt)
      }
      let envelope: Envelope<Shape>
      do throws(JSONReader.Failure) {
        envelope = try JSONReader.read(from: body)
      } catch {
        let fault: ConnectorFault =
          switch error {
          case .otherShape: .unexpectedShape
          case .notJSON: .unreadableAnswer
          }
        throw CRMRefusal(isDone ? fault : .unexpectedStatus, status: status, leavesDoubt: leavesDoubt)
      }
      if let code = envelope.errorCode { throw refusal(code, status: status, mayHaveActed: mayHaveActed) }
      guard isDone else { throw CRMRefusal(.unexpectedStatus, status: status) }
      guard let result = envelope.result else {
        throw CRMRefusal(.unexpectedShape, status: status, leavesDoubt: leavesDoubt)
      }
      return result
    }
  }

  /// Module number, `x`, record number: `12x2` (measured).
  static func isRecordID(_ text: String) -> Bool {
    let halves = text.split(separator: "x", omittingEmptySubsequences: false)
    return halves.count == 2 && halves.allSatisfy { $0.isDigits(1...20) }
  }

  /// Codes and what they say (measured, or from vTiger's source).
  private static func refusal(_ code: String, status: Int, mayHaveActed: Bool) -> CRMRefusal {
    let spoken = ZohoV2Answer.speakable(code) ?? ConnectorFault.unknownCode.rawValue
    func refusal(_ kind: CRMRefusal.Kind, _ reason: LogoutReason?, leavesDoubt: Bool = false) -> CRMRefusal {
      CRMRefusal(status: status, code: spoken, kind: kind, reason: reason, leavesDoubt: leavesDoubt)
    }
    return switch code {
    case "INVALID_SESSIONID", "SESSION_LEFT_IDLE", "SESSION_EXPIRED", "AUTHENTICATION_REQUIRED",
      "AUTHENTICATION_FAILURE":
      refusal(.sessionRefused, nil)
    case "INVALID_USER_CREDENTIALS", "INVALID_AUTH_TOKEN", "ACCESSKEY_UNDEFINED": refusal(.refused, .credentialsWrong)
    case "ACCESS_DENIED": refusal(.refused, .noPermission)
    // What was done until then stays done.
    case "INTERNAL_SERVER_ERROR", "DATABASE_QUERY_ERROR":
      refusal(.unavailable, .serverError, leavesDoubt: mayHaveActed)
    case _: refusal(.refused, nil)
    }
  }

  /// Other members, as coreBOS's `moreinfo`, do not count.
  private struct Envelope<Result: Decodable>: Decodable {
    let result: Result?
    let errorCode: String?

    private enum Key: String, CodingKey { case success, result, error }
    private struct Failure: Decodable { let code: String? }

    init(from decoder: any Decoder) throws {
      let keyed = try decoder.container(keyedBy: Key.self)
      if try keyed.decode(Bool.self, forKey: .success) {
        errorCode = nil
        result = try keyed.decode(Result.self, forKey: .result)
      } else {
        let failure = try? keyed.decodeIfPresent(Failure.self, forKey: .error)
        errorCode = failure?.code ?? ""
        result = nil
      }
    }
  }
}
