public import HTTPTypes
public import JSON
public import Primitives

/// The clouds of every CRM on one machine, told apart by the host of a request.
public struct CRMClouds: HostedCloud, CloudAdministration, Codable {
  /// Zoho's, which answers for every host that no other does.
  public private(set) var zoho: ZohoCloud
  /// A described CRM's; nil where none is described.
  public private(set) var described: DescribedCloud?

  /// - Parameter seed: decides ids and tokens; the same seed and requests give the same bytes.
  public init(_ contents: CloudContents, seed: UInt64) throws(CloudContentsError) {
    do throws(ZohoCloudDataError) {
      zoho = try ZohoCloud(data: contents.zoho, settings: contents.zohoSettings, seed: seed)
    } catch { throw CloudContentsError(error.description) }
    described = contents.described.map { DescribedCloud($0, seed: seed) }
  }

  /// The answer of the cloud whose host is meant; 421 where none is.
  public mutating func respond(to request: HTTPRequest, body: [UInt8], at now: Instant) -> CloudResponse {
    if described?.answersFor(request) ?? false, let answer = described?.respond(to: request, body: body, at: now) {
      return answer
    }
    return zoho.respond(to: request, body: body, at: now)
  }

  /// Every cloud's.
  public var hosts: [VirtualHost] { zoho.hosts + (described?.hosts ?? []) }

  /// Done by every cloud that can.
  public mutating func carryOut(_ action: CloudAction, at now: Instant) -> CloudActionOutcome {
    let outcome = zoho.carryOut(action, at: now)
    let other = described?.carryOut(action, at: now) ?? .unsupported
    switch (outcome, other) {
    case (.done(let count), .done(let more)): return .done(count + more)
    case (.notFound, .done), (.unsupported, .done), (.unsupported, .notFound): return other
    case (.done, _), (.notFound, _), (.refused, _), (.unsupported, _): return outcome
    }
  }

  /// Everything of one kind.
  public func dump(_ kind: String) -> [JSONValue]? { described?.dump(kind) ?? zoho.dump(kind) }

  /// The kinds of every cloud.
  public var dumpKinds: [String] { zoho.dumpKinds + (described?.dumpKinds ?? []) }
}
