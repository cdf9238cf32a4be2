public import HTTPTypes
import CloudPages
public import Primitives

/// Zoho as a whole: every data centre's accounts server, CRM, PhoneBridge, Desk and developer pages, and the console.
///
/// Hosts decide who answers (`ZohoHosts`); what one data centre knows, no other does. Facts and their certainty stand
/// at the tables and switches that use them.
public struct ZohoCloud: Cloud, Codable {
  /// Longer requests are answered with 413.
  public static let maximumRequestBytes = 1 << 20
  /// Clients in the data, and clients that can be registered.
  public static let maximumClients = 1000
  /// Refresh tokens of one client in the data: room for 50 users with the 20 that Zoho allows each (documented).
  public static let maximumRefreshTokensPerClient = 1000
  /// Users of one organisation in the data.
  public static let maximumUsers = 10_000
  /// Records of one module in the data.
  public static let maximumLoadedRecords = 1_000_000
  /// Organisations in the data.
  public static let maximumOrganisations = 100

  var settings: ZohoCloudSettings
  var clients = ZohoClientRegistry()
  /// One for each of `ZohoHosts.all`, in that order.
  var centres: [ZohoCentre]
  var outside = OutsideServices()
  var inner = InnerRequests()

  /// - Parameter seed: decides ids and tokens; the same seed and requests give the same bytes.
  public init(
    data: ZohoCloudData, settings: ZohoCloudSettings = ZohoCloudSettings(), seed: UInt64
  ) throws(ZohoCloudDataError) {
    self.settings = settings
    centres = ZohoHosts.all.enumerated().map { index, hosts in
      // Each draws from numbers of its own; the first ones are those of a cloud of one data centre.
      ZohoCentre(
        location: hosts.location,
        accounts: ZohoAccounts(settings: settings, seed: seed &+ UInt64(index) &* 0x9e37_79b9), organisations: [])
    }
    try load(data, seed: seed)
    seedDeveloperServices(seed)
  }

  /// The answer of the service at the request's authority; 421 where no host of Zoho's is meant.
  public mutating func respond(to request: HTTPRequest, body: [UInt8], at now: Instant) -> CloudResponse {
    guard body.count <= Self.maximumRequestBytes, (request.path ?? "").utf8.count <= Self.maximumRequestBytes
    else { return .empty(413) }
    inner.begin()
    let request = CloudRequest(request, body: body)
    guard let (service, hosts) = ZohoHosts.service(at: request.host),
      let centre = centres.indices.first(where: { centres[$0].location == hosts.location })
    else { return OutsideServices.serves(request.host) ? respondAsOutside(request, now) : .empty(421) }
    if let sheet = request.styleSheet { return sheet }
    return switch service {
    case .accounts: respondAsAccounts(request, at: centre, now)
    case .api: respondAsAPI(request, at: centre, now)
    case .sandboxAPI: respondAsAPI(request, at: centre, now, .sandbox)
    case .developerAPI: respondAsAPI(request, at: centre, now, .developer)
    case .crm: respondAsCRM(request, at: centre, now)
    case .console: respondAsConsole(request, at: centre, now)
    case .desk: respondAsDesk(request, at: centre, now)
    case .deluge: respondAsDeluge(request, at: centre, now)
    case .sigma: respondAsSigma(request, at: centre, now)
    }
  }

  /// The records of `module` in the order they came into being, of all organisations.
  public func records(in module: ZohoModuleName) -> [ZohoCloudRecord] {
    centres.flatMap(\.organisations).flatMap { $0.records.all(in: module) }.map { ZohoCloudRecord($0) }
  }

  /// The calls logged, oldest first.
  public var callsLogged: [ZohoCloudRecord] { records(in: .calls) }

  /// Does what the user does under Connected Apps: ends a refresh token and its access tokens. False if unknown.
  public mutating func revokeRefreshToken(_ token: Secret) -> Bool {
    for index in centres.indices where centres[index].accounts.tokens.revoke(token.value) { return true }
    return false
  }
}

extension ZohoCloud: CustomStringConvertible, CustomReflectable {
  /// `ZohoCloud(us, eu)`, the data centres with organisations: neither tokens nor people.
  public var description: String {
    "ZohoCloud(\(centres.filter { !$0.organisations.isEmpty }.map(\.location).joined(separator: ", ")))"
  }
  /// Empty: a cloud holds tokens and people's data.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
