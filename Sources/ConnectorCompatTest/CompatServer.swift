public import CRMCloud
public import CRMConnectors
public import JSON
public import Primitives

/// A cloud behind whatever carries requests to it: a call in this process, or HTTPS.
public protocol CompatServer {
  /// What comes back for one request.
  mutating func carryOut(_ request: CRMRequest, at now: Instant) -> CRMAnswer
  /// Has the cloud's administrator do something.
  mutating func carryOut(_ action: CloudAction, at now: Instant) -> CloudActionOutcome
  /// Everything of one kind; nil for a kind the cloud lacks.
  func dump(_ kind: String) -> [JSONValue]?
}

/// A cloud asked by a call.
public struct InProcessServer: CompatServer {
  private var clouds: CRMClouds

  /// A cloud with these contents.
  public init(_ contents: CloudContents) throws(CloudContentsError) { clouds = try CRMClouds(contents, seed: 1) }

  /// The cloud's answer, at once.
  public mutating func carryOut(_ request: CRMRequest, at now: Instant) -> CRMAnswer {
    let answer = clouds.respond(to: request.request, body: request.body, at: now)
    return .response(answer.response, body: answer.body)
  }

  /// Done at once.
  public mutating func carryOut(_ action: CloudAction, at now: Instant) -> CloudActionOutcome {
    clouds.carryOut(action, at: now)
  }

  /// As the cloud shows it.
  public func dump(_ kind: String) -> [JSONValue]? { clouds.dump(kind) }
}
