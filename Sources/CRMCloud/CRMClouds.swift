public import HTTPTypes
public import JSON
public import Primitives

/// The clouds of every CRM on one machine, told apart by the host of a request.
public struct CRMClouds: HostedCloud, CloudAdministration, Codable {
  /// Zoho's, which answers for every host that no other does.
  public private(set) var zoho: ZohoCloud
  /// Salesforce's; nil where it holds no organisation.
  public private(set) var salesforce: SalesforceCloud?
  /// SugarCRM's; nil where there is none.
  public private(set) var sugar: SugarCloud?
  /// The vTiger server, where there is one.
  public private(set) var vtiger: VtigerCloud?
  /// A described CRM's; nil where none is described.
  public private(set) var described: DescribedCloud?

  /// - Parameter seed: decides ids and tokens; the same seed and requests give the same bytes.
  public init(_ contents: CloudContents, seed: UInt64) throws(CloudContentsError) {
    do throws(ZohoCloudDataError) {
      zoho = try ZohoCloud(data: contents.zoho, settings: contents.zohoSettings, seed: seed)
    } catch { throw CloudContentsError(error.description) }
    if let data = contents.salesforce { salesforce = try SalesforceCloud(data, seed: seed) }
    if let data = contents.sugar {
      sugar = try SugarCloud(data: data, settings: contents.sugarSettings, seed: seed)
    }
    do throws(VtigerCloudDataError) {
      if let data = contents.vtiger { vtiger = try VtigerCloud(data: data, seed: seed) }
    } catch { throw CloudContentsError(error.description) }
    described = contents.described.map { DescribedCloud($0, seed: seed) }
  }

  /// The answer of the cloud whose host is meant; 421 where none is.
  public mutating func respond(to request: HTTPRequest, body: [UInt8], at now: Instant) -> CloudResponse {
    let host = (request.authority ?? "").prefix { $0 != ":" }.lowercased()
    return salesforce.respond(as: host, to: request, body, now)
      ?? sugar.respond(as: host, to: request, body, now)
      ?? vtiger.respond(as: host, to: request, body, now)
      ?? described.respond(as: host, to: request, body, now)
      ?? zoho.respond(to: request, body: body, at: now)
  }

  /// As the cloud says whose host is meant.
  public func shownPath(of request: HTTPRequest) -> String {
    let host = (request.authority ?? "").prefix { $0 != ":" }.lowercased()
    guard let described, described.serves(host) else { return zoho.shownPath(of: request) }
    return described.shownPath(of: request)
  }

  /// Every cloud's.
  public var hosts: [VirtualHost] { all.flatMap(\.hosts) }

  /// Done by every cloud that can; what one refuses, none does.
  public mutating func carryOut(_ action: CloudAction, at now: Instant) -> CloudActionOutcome {
    if case .load(let contents) = action, let missing = missing(of: contents) {
      return .refused("\(missing): this machine has no such cloud; write its section in --data")
    }
    var changed = self
    let outcomes = [
      isOfOthers(action) ? nil : changed.zoho.carryOut(action, at: now), changed.salesforce?.carryOut(action, at: now),
      changed.sugar?.carryOut(action, at: now), changed.vtiger?.carryOut(action, at: now),
      changed.described?.carryOut(action, at: now),
    ].compactMap(\.self)
    let outcome = CloudActionOutcome.joined(outcomes)
    if case .done = outcome { self = changed }
    return outcome
  }

  /// Everything of one kind.
  public func dump(_ kind: String) -> [JSONValue]? { all.lazy.compactMap { $0.dump(kind) }.first }

  /// The kinds of every cloud.
  public var dumpKinds: [String] { all.flatMap(\.dumpKinds) }

  private var all: [any HostedCloud & CloudAdministration] {
    let clouds: [(any HostedCloud & CloudAdministration)?] = [zoho, salesforce, sugar, vtiger, described]
    return clouds.compactMap(\.self)
  }

  /// Whether contents are added that hold nothing for Zoho.
  private func isOfOthers(_ action: CloudAction) -> Bool {
    guard case .load(let contents) = action else { return false }
    return contents.zoho == ZohoCloudData()
  }

  /// A section that is for a cloud there is not.
  private func missing(of contents: CloudContents) -> String? {
    if contents.salesforce != nil, salesforce == nil { return "salesforce" }
    if contents.sugar != nil, sugar == nil { return "sugarcrm" }
    if contents.vtiger != nil, vtiger == nil { return "vtiger" }
    return nil
  }
}

/// A cloud that shares the machine with others, told from them by its hosts.
protocol NeighbouringCloud: HostedCloud, CloudAdministration {
  /// - Parameter host: in lower case, without a port.
  func serves(_ host: String) -> Bool
}

extension Optional where Wrapped: NeighbouringCloud {
  /// The answer of the cloud there is, for a request to one of its hosts; nil for every other request.
  fileprivate mutating func respond(
    as host: String, to request: HTTPRequest, _ body: [UInt8], _ now: Instant
  ) -> CloudResponse? {
    guard self?.serves(host) ?? false else { return nil }
    return self?.respond(to: request, body: body, at: now)
  }
}
