public import HTTPTypes
public import JSON
public import Primitives

/// The clouds of every CRM on one machine, told apart by the host of a request.
public struct CRMClouds: HostedCloud, CloudAdministration, Codable {
  /// Zoho's, which answers for every host that no other does.
  public private(set) var zoho: ZohoCloud
  /// Salesforce's; nil where it holds no organisation.
  public private(set) var salesforce: SalesforceCloud?

  /// - Parameter seed: decides ids and tokens; the same seed and requests give the same bytes.
  public init(_ contents: CloudContents, seed: UInt64) throws(CloudContentsError) {
    do throws(ZohoCloudDataError) {
      zoho = try ZohoCloud(data: contents.zoho, settings: contents.zohoSettings, seed: seed)
    } catch { throw CloudContentsError(error.description) }
    if let data = contents.salesforce { salesforce = try SalesforceCloud(data, seed: seed) }
  }

  /// The answer of the cloud whose host is meant; 421 where none is.
  public mutating func respond(to request: HTTPRequest, body: [UInt8], at now: Instant) -> CloudResponse {
    let host = (request.authority ?? "").prefix { $0 != ":" }.lowercased()
    if salesforce?.serves(host) ?? false, let answer = salesforce?.respond(to: request, body: body, at: now) {
      return answer
    }
    return zoho.respond(to: request, body: body, at: now)
  }

  /// Every cloud's.
  public var hosts: [VirtualHost] { zoho.hosts + (salesforce?.hosts ?? []) }

  /// Done by every cloud that can; where one refuses, by none.
  public mutating func carryOut(_ action: CloudAction, at now: Instant) -> CloudActionOutcome {
    var next = self
    var outcome = next.zoho.carryOut(action, at: now)
    if let other = next.salesforce?.carryOut(action, at: now) { outcome = outcome.joined(with: other) }
    if case .refused = outcome { return outcome }
    self = next
    return outcome
  }

  /// Everything of one kind.
  public func dump(_ kind: String) -> [JSONValue]? { zoho.dump(kind) ?? salesforce?.dump(kind) }

  /// The kinds of every cloud.
  public var dumpKinds: [String] { zoho.dumpKinds + (salesforce?.dumpKinds ?? []) }
}

extension CloudActionOutcome {
  /// Of two clouds that were both asked.
  fileprivate func joined(with other: CloudActionOutcome) -> CloudActionOutcome {
    switch (self, other) {
    case (.done(let count), .done(let more)): .done(count + more)
    case (.refused, _), (.done, .notFound), (.done, .unsupported): self
    case (_, .refused), (_, .done), (.unsupported, _): other
    case (.notFound, _): self
    }
  }
}
