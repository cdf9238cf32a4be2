import HTTPTypes
import JSON
import Primitives

/// What every answer of the REST API has in common: read the body before trusting the status.
enum SalesforceAnswer {
  /// The body of an answer that reports no error.
  static func read(
    _ answer: CRMAnswer, settings: ConnectorSettings
  ) throws(CRMRefusal) -> (body: [UInt8], status: Int) {
    switch answer {
    case .unreachable(let reason): throw CRMRefusal(reason)
    case .response(let response, let body):
      let status = response.status.code
      if (300..<400).contains(status) { throw CRMRefusal(.redirected, status: status, reason: .redirected) }
      let isDone = (200..<300).contains(status)
      let leavesDoubt = isDone || status >= 500
      guard body.count <= settings.maximumAnswerBytes else {
        throw CRMRefusal(.answerTooLarge, status: status, leavesDoubt: leavesDoubt)
      }
      let error: SalesforceError
      do throws(JSONReader.Failure) {
        error = try JSONReader.read(from: body)
      } catch {
        // Whoever says it, a proxy too, has had enough of us.
        if status == 429 {
          throw CRMRefusal(
            status: status, code: ConnectorFault.unreadableAnswer.rawValue, kind: .throttled, reason: .throttled)
        }
        throw unreadable(error, status: status, leavesDoubt: leavesDoubt)
      }
      if error.code != nil { throw error.refusal(status: status, settings.salesforce) }
      guard isDone else {
        throw CRMRefusal(
          .unexpectedStatus, status: status, reason: status >= 500 ? .serverError : .unreadableAnswer,
          leavesDoubt: leavesDoubt)
      }
      return (body, status)
    }
  }

  /// Reads a body that reports no error.
  static func decode<Shape: Decodable>(_ shape: Shape.Type, _ body: [UInt8], status: Int) throws(CRMRefusal) -> Shape {
    do throws(JSONReader.Failure) {
      return try JSONReader.read(shape, from: body)
    } catch {
      throw unreadable(error, status: status, leavesDoubt: true)
    }
  }

  private static func unreadable(_ failure: JSONReader.Failure, status: Int, leavesDoubt: Bool) -> CRMRefusal {
    let fault: ConnectorFault =
      switch failure {
      case .notJSON: .unreadableAnswer
      case .otherShape: .unexpectedShape
      }
    return CRMRefusal(
      fault, status: status, reason: status >= 500 ? .serverError : .unreadableAnswer, leavesDoubt: leavesDoubt)
  }

  /// A record's id: 15 characters, or 18 with a check of their case (documented). Nothing else goes into a request.
  static func recordID(_ text: String) -> String? {
    let isID = [15, 18].contains(text.utf8.count) && text.utf8.allSatisfy { isLetter($0) || (48...57).contains($0) }
    return isID ? text : nil
  }

  /// Fit for a header field: anything else could smuggle in a field of its own. Some sessions are signed tokens of more
  /// than a thousand characters.
  static func isToken(_ text: String) -> Bool {
    (1...4096).contains(text.utf8.count) && text.utf8.allSatisfy { (33..<127).contains($0) }
  }

  /// `code` if it has the form of Salesforce's codes. Digits are left out on purpose: neither a number nor a token
  /// passes.
  static func speakable(_ code: String) -> String? {
    let isCode = (1...64).contains(code.utf8.count) && code.utf8.allSatisfy { isLetter($0) || $0 == UInt8(ascii: "_") }
    return isCode ? code : nil
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (97...122).contains(byte | 0x20) }
}
