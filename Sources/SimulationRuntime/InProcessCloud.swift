public import CRMCloud
public import CRMConnectors
public import Primitives

/// A cloud in this process, reached without a network: it always answers.
public struct InProcessCloud: CRMBackend {
  private var cloud: any Cloud

  /// Takes the cloud with what it holds; records added during the run stay in this copy.
  public init(_ cloud: any Cloud) {
    self.cloud = cloud
  }

  /// The cloud's response at `now`; never `.unreachable`.
  public mutating func begin(_ request: CRMRequest, at now: Instant) -> PendingAnswer {
    let answer = cloud.respond(to: request.request, body: request.body, at: now)
    return PendingAnswer(.response(answer.response, body: answer.body))
  }
}
