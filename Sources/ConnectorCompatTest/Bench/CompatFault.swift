public import CRMConnectors
import HTTPTypes

/// What may happen to a request on its way.
public enum CompatFault: Hashable, Sendable, CaseIterable {
  /// Nothing listens; nothing was carried out.
  case refuseConnection
  /// The cloud never saw it, and nobody knows.
  case loseRequest
  /// The cloud did it, and nobody knows.
  case loseAnswer
  /// The cloud did it, and half of its answer came.
  case halveAnswer
  /// 503 without a word; the cloud never saw it.
  case serverError
  /// 500 without a word after the cloud did it.
  case crash
  /// A proxy's page with status 200; the cloud never saw it.
  case page
  /// Sent elsewhere; the cloud never saw it.
  case redirect
  /// The cloud did it, and its answer has two megabytes more.
  case swell

  /// Whether the cloud sees the request.
  public var reachesCloud: Bool {
    switch self {
    case .loseAnswer, .halveAnswer, .crash, .swell: true
    case .refuseConnection, .loseRequest, .serverError, .page, .redirect: false
    }
  }

  /// What the client gets.
  ///
  /// - Parameter real: the cloud's answer; nil where the cloud has not seen the request.
  public func answer(after real: CRMAnswer?) -> CRMAnswer {
    switch self {
    case .refuseConnection: .unreachable(.connectionRefused)
    case .loseRequest, .loseAnswer: .unreachable(.timedOut)
    case .serverError: .response(HTTPResponse(status: .serviceUnavailable), body: [])
    case .crash: .response(HTTPResponse(status: .internalServerError), body: [])
    case .page:
      .response(
        HTTPResponse(status: .ok, headerFields: [.contentType: "text/html"]),
        body: Array("<!DOCTYPE html><html><body>The line is busy</body></html>".utf8))
    case .redirect:
      .response(HTTPResponse(status: .found, headerFields: [.location: "https://elsewhere.example/login"]), body: [])
    case .halveAnswer: changed(real) { Array($0.prefix($0.count / 2)) }
    case .swell: changed(real) { $0 + [UInt8](repeating: 32, count: 2 << 20) }
    }
  }

  private func changed(_ answer: CRMAnswer?, _ change: ([UInt8]) -> [UInt8]) -> CRMAnswer {
    switch answer {
    case .response(let response, let body): .response(response, body: change(body))
    case .unreachable, nil: .unreachable(.timedOut)
    }
  }
}
