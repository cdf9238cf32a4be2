public import HTTPTypes
public import JSON
public import Primitives

/// The clouds of every CRM on one machine, told apart by the host of a request.
public struct CRMClouds: HostedCloud, CloudAdministration, Codable {
  /// Zoho's, which answers for every host that no other does.
  public private(set) var zoho: ZohoCloud

  /// - Parameter seed: decides ids and tokens; the same seed and requests give the same bytes.
  public init(_ contents: CloudContents, seed: UInt64) throws(CloudContentsError) {
    do throws(ZohoCloudDataError) {
      zoho = try ZohoCloud(data: contents.zoho, settings: contents.zohoSettings, seed: seed)
    } catch { throw CloudContentsError(error.description) }
  }

  /// The answer of the cloud whose host is meant; 421 where none is.
  public mutating func respond(to request: HTTPRequest, body: [UInt8], at now: Instant) -> CloudResponse {
    zoho.respond(to: request, body: body, at: now)
  }

  /// Every cloud's.
  public var hosts: [VirtualHost] { zoho.hosts }

  /// Done by the first cloud that can.
  public mutating func carryOut(_ action: CloudAction, at now: Instant) -> CloudActionOutcome {
    zoho.carryOut(action, at: now)
  }

  /// Everything of one kind.
  public func dump(_ kind: String) -> [JSONValue]? { zoho.dump(kind) }

  /// The kinds of every cloud.
  public var dumpKinds: [String] { zoho.dumpKinds }
}
