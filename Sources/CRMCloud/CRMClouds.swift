public import HTTPTypes
public import JSON
public import Primitives

/// The clouds of every CRM on one machine, told apart by the host of a request.
public struct CRMClouds: HostedCloud, CloudAdministration, Codable {
  /// Zoho's, which answers for every host that no other does.
  public private(set) var zoho: ZohoCloud
  /// SugarCRM's; nil where there is none.
  public private(set) var sugar: SugarCloud?

  /// - Parameter seed: decides ids and tokens; the same seed and requests give the same bytes.
  public init(_ contents: CloudContents, seed: UInt64) throws(CloudContentsError) {
    do throws(ZohoCloudDataError) {
      zoho = try ZohoCloud(data: contents.zoho, settings: contents.zohoSettings, seed: seed)
    } catch { throw CloudContentsError(error.description) }
    if let data = contents.sugar {
      sugar = try SugarCloud(data: data, settings: contents.sugarSettings, seed: seed)
    }
  }

  /// The answer of the cloud whose host is meant; 421 where none is.
  public mutating func respond(to request: HTTPRequest, body: [UInt8], at now: Instant) -> CloudResponse {
    if let answer = sugar.respondIfServed(request, body, now) { return answer }
    return zoho.respond(to: request, body: body, at: now)
  }

  /// Every cloud's.
  public var hosts: [VirtualHost] { zoho.hosts + (sugar?.hosts ?? []) }

  /// Done by every cloud that can; what one refuses, none does.
  public mutating func carryOut(_ action: CloudAction, at now: Instant) -> CloudActionOutcome {
    if case .load(let contents) = action, contents.sugar != nil, sugar == nil {
      return .refused("sugarcrm: there is no such server here; write its section in --data")
    }
    var changed = self
    var outcomes: [CloudActionOutcome] = []
    if action.isForZoho { outcomes.append(changed.zoho.carryOut(action, at: now)) }
    if let outcome = changed.sugar?.carryOut(action, at: now) { outcomes.append(outcome) }
    let outcome = CloudActionOutcome.joined(outcomes)
    if case .done = outcome { self = changed }
    return outcome
  }

  /// Everything of one kind.
  public func dump(_ kind: String) -> [JSONValue]? { zoho.dump(kind) ?? sugar?.dump(kind) }

  /// The kinds of every cloud.
  public var dumpKinds: [String] { zoho.dumpKinds + (sugar?.dumpKinds ?? []) }
}

extension CloudAction {
  /// False for contents of other clouds alone.
  fileprivate var isForZoho: Bool {
    switch self {
    case .load(let contents): contents.zoho != ZohoCloudData() || contents == CloudContents()
    case .revokeToken, .expireToken, .setUser, .flushIndex, .endSessions, .exhaustLimits: true
    }
  }
}

extension SugarCloud? {
  /// The answer of the cloud there is, for a request to its host; nil for every other request.
  fileprivate mutating func respondIfServed(_ request: HTTPRequest, _ body: [UInt8], _ now: Instant) -> CloudResponse? {
    guard self?.serves(request) ?? false else { return nil }
    return self?.respond(to: request, body: body, at: now)
  }
}
