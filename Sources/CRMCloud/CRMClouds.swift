public import HTTPTypes
public import JSON
public import Primitives

/// The clouds of every CRM on one machine, told apart by the host of a request.
public struct CRMClouds: HostedCloud, CloudAdministration, Codable {
  /// Zoho's, which answers for every host that no other does.
  public private(set) var zoho: ZohoCloud
  /// The vTiger server, where there is one.
  public private(set) var vtiger: VtigerCloud?

  /// - Parameter seed: decides ids and tokens; the same seed and requests give the same bytes.
  public init(_ contents: CloudContents, seed: UInt64) throws(CloudContentsError) {
    do throws(ZohoCloudDataError) {
      zoho = try ZohoCloud(data: contents.zoho, settings: contents.zohoSettings, seed: seed)
    } catch { throw CloudContentsError(error.description) }
    do throws(VtigerCloudDataError) {
      if let data = contents.vtiger { vtiger = try VtigerCloud(data: data, seed: seed) }
    } catch { throw CloudContentsError(error.description) }
  }

  /// The answer of the cloud whose host is meant; 421 where none is.
  public mutating func respond(to request: HTTPRequest, body: [UInt8], at now: Instant) -> CloudResponse {
    let host = (request.authority ?? "").prefix { $0 != ":" }.lowercased()
    if let answer = vtiger?.respond(to: request, body: body, at: now, asHost: host) { return answer }
    return zoho.respond(to: request, body: body, at: now)
  }

  /// Every cloud's.
  public var hosts: [VirtualHost] { zoho.hosts + (vtiger?.hosts ?? []) }

  /// Done by every cloud that can; what one refuses, none does.
  public mutating func carryOut(_ action: CloudAction, at now: Instant) -> CloudActionOutcome {
    if case .load(let contents) = action, contents.vtiger != nil, vtiger == nil {
      return .refused("vtiger: there is no such server here; write its section in --data")
    }
    var changed = self
    var outcomes = [changed.zoho.carryOut(action, at: now)]
    if let outcome = changed.vtiger?.carryOut(action, at: now) { outcomes.append(outcome) }
    let outcome = CloudActionOutcome.joined(outcomes)
    if case .done = outcome { self = changed }
    return outcome
  }

  /// Everything of one kind.
  public func dump(_ kind: String) -> [JSONValue]? { zoho.dump(kind) ?? vtiger?.dump(kind) }

  /// The kinds of every cloud.
  public var dumpKinds: [String] { zoho.dumpKinds + (vtiger?.dumpKinds ?? []) }
}
