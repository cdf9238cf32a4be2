public import CRMCloud
public import CRMConnectors
public import Primitives

/// A cloud in this process, reached without a network: it always answers.
public struct InProcessCloud: CRMBackend {
  private var cloud: any Cloud

  public init(_ cloud: any Cloud) {
    self.cloud = cloud
  }

  public mutating func answer(_ request: CRMRequest, at now: Instant) -> CRMAnswer {
    let answer = cloud.respond(to: request.request, body: request.body, at: now)
    return .response(answer.response, body: answer.body)
  }
}
