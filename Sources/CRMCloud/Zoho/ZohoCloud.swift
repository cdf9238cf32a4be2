public import HTTPTypes
public import Primitives

/// One Zoho organisation in one data centre: the accounts server and the CRM's v2 API.
///
/// Serves what a phone system asks for: `POST /oauth/v2/token` with the refresh grant; search by phone, record by id,
/// list and insertion of Contacts, Leads, Accounts and Calls. Not modelled yet, and answered as an unknown path,
/// parameter or method: authorization pages, revocation over HTTP, updates, COQL, users, credits.
///
/// Facts and their certainty stand at the tables and switches that use them.
public struct ZohoCloud: Cloud {
  /// Longer requests are answered with 413.
  public static let maximumRequestBytes = 1 << 20
  /// Clients in the data.
  public static let maximumClients = 1000
  /// Refresh tokens of one client in the data: room for 50 users with the 20 that Zoho allows each (documented).
  public static let maximumRefreshTokensPerClient = 1000
  /// Users in the data.
  public static let maximumUsers = 10_000
  /// Records of one module in the data.
  public static let maximumLoadedRecords = 1_000_000

  let settings: ZohoCloudSettings
  let location: String
  let timeZone: SiteTimeZone
  var tokens: ZohoTokenStore
  var records: ZohoRecordStore

  /// - Parameter seed: decides ids and access tokens; the same seed and requests give the same bytes.
  public init(
    data: ZohoCloudData, settings: ZohoCloudSettings = ZohoCloudSettings(), seed: UInt64
  ) throws(ZohoCloudDataError) {
    guard ZohoHosts.all.contains(where: { $0.location == data.dataCentre }) else { throw .unknownDataCentre }
    self.settings = settings
    location = data.dataCentre
    timeZone = data.timeZone
    records = try ZohoRecordStore(data: data, settings: settings, seed: seed)
    tokens = try ZohoTokenStore(clients: data.clients, users: data.users, settings: settings, seed: seed)
  }

  /// The answer of the accounts server or the API, by the request's authority; 421 for any other host.
  public mutating func respond(to request: HTTPRequest, body: [UInt8], at now: Instant) -> CloudResponse {
    guard body.count <= Self.maximumRequestBytes, (request.path ?? "").utf8.count <= Self.maximumRequestBytes
    else { return .empty(413) }
    let target = RequestTarget(request.path ?? "")
    guard let host = ZohoHosts.service(at: request.authority ?? "") else { return .empty(421) }
    let isHere = host.location == location
    switch host.service {
    case .accounts: return respondAsAccounts(request, target, body, isHere: isHere, at: now)
    case .api: return respondAsAPI(request, target, body, isHere: isHere, at: now)
    }
  }

  /// The records of `module` in the order they came into being.
  public func records(in module: ZohoModuleName) -> [ZohoCloudRecord] {
    records.all(in: module).map { ZohoCloudRecord($0) }
  }

  /// The calls logged, oldest first.
  public var callsLogged: [ZohoCloudRecord] { records(in: .calls) }

  /// Does what the user does under Connected Apps: ends a refresh token and its access tokens. False if unknown.
  public mutating func revokeRefreshToken(_ token: Secret) -> Bool { tokens.revoke(token.value) }
}

extension ZohoCloud: CustomStringConvertible, CustomReflectable {
  /// `ZohoCloud(us)`: neither tokens nor people.
  public var description: String { "ZohoCloud(\(location))" }
  /// Empty: a cloud holds tokens and people's data.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
