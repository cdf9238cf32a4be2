public import HTTPTypes
import JSON
public import Primitives

/// One organisation of Salesforce with its login hosts, as a value.
public struct SalesforceCloud: NeighbouringCloud, Codable {
  /// Longer requests are refused: the API takes records and queries, no files.
  static let maximumRequestBytes = 1 << 20

  let settings: SalesforceCloudSettings
  /// The organisation's own.
  let host: String
  let organisationID: String
  let name: String
  let isSandbox: Bool
  let createdAt: Instant?
  var users: [SalesforceUser] = []
  var clients: [SalesforceClient] = []
  var store = SalesforceStore()
  var sessions = SalesforceSessions()
  var usage = APIUsage()
  /// Queries whose next page may still be asked for (recalled: ten cursors).
  var openQueries = BoundedTable<SalesforceOpenQuery>(limit: 10)
  var generator: SeededGenerator

  /// - Parameter seed: decides ids of sessions and tokens; the same seed and requests give the same bytes.
  public init(_ data: SalesforceCloudData, seed: UInt64) throws(CloudContentsError) {
    settings = data.settings
    host = data.host.lowercased()
    name = data.name
    isSandbox = data.isSandbox
    createdAt = data.createdAt
    organisationID = SalesforceID.make(prefix: "00D", number: 1)
    generator = SeededGenerator(seed: seed ^ 0x7366_6f72_6365)
    _ = try add(data, at: data.createdAt ?? .epoch)
  }

  /// Where users of this organisation log in besides its own host (documented).
  var loginHost: String { isSandbox ? "test.salesforce.com" : "login.salesforce.com" }

  static let loginHosts = ["login.salesforce.com", "test.salesforce.com"]

  /// Whether requests to this host are for this cloud.
  func serves(_ host: String) -> Bool { host == self.host || Self.loginHosts.contains(host) }

  /// The answer of the login hosts or of the organisation; 421 where neither is meant.
  public mutating func respond(to request: HTTPRequest, body: [UInt8], at now: Instant) -> CloudResponse {
    guard body.count <= Self.maximumRequestBytes, (request.path ?? "").utf8.count <= Self.maximumRequestBytes
    else { return .empty(413) }
    let request = CloudRequest(request, body: body)
    guard serves(request.host) else { return .empty(421) }
    if let sheet = request.styleSheet { return sheet }
    switch (request.parts.first, request.parts.dropFirst().first) {
    case ("services", "Soap"): return respondAsSOAP(request, now)
    case ("services", "oauth2"): return respondAsOAuth(request, now)
    case ("services", "data") where request.host == host: return respondAsAPI(request, now)
    // Login hosts know no records: who does not go where the login said finds nothing (assumed).
    case ("services", _): return .text(404, "Not found")
    case (_?, nil): return respondAsPage(request, now)
    case (_, _): return .text(404, "Not found")
    }
  }

  /// A new session, whose name begins with the organisation's (documented).
  mutating func openSession(for user: Int, from origin: Secret? = nil, at now: Instant) -> String {
    let token = "\(organisationID.prefix(15))!AQ" + generator.hexadecimal(64)
    sessions.open(token, for: user, from: origin, at: now)
    return token
  }
}

extension SalesforceCloud: CustomStringConvertible, CustomReflectable {
  /// `SalesforceCloud(example.my.salesforce.com)`: neither tokens nor people.
  public var description: String { "SalesforceCloud(\(host))" }
  /// Empty: a cloud holds tokens and people's data.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
