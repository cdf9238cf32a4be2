public import HTTPTypes
public import Primitives

/// One installation of SugarCRM or SuiteCRM: `service/v4_1/rest.php`, `rest/v10` and `rest/v11`, and SuiteCRM's V8,
/// over the same records, and the pages of contacts, leads and accounts.
///
/// No product has all three (SuiteCRM 7 the first and the last, Sugar 7 and later the second); a client asks for one.
public struct SugarCloud: NeighbouringCloud, Codable {
  /// Longer requests are answered with 413.
  public static let maximumRequestBytes = 1 << 20
  /// Users in the data.
  public static let maximumUsers = 10_000
  /// Clients of V8 in the data.
  public static let maximumClients = 1000
  /// Records of one module in the data.
  public static let maximumLoadedRecords = 100_000

  var settings: SugarCloudSettings
  let address: SugarAddress
  var accounts: [SugarAccount] = []
  /// Of V8.
  var clients: [SugarClient]
  var records: SugarRecordStore
  var sessions: SugarSessions
  /// Whether the server says that it has had too much.
  var isExhausted = false

  /// - Parameter seed: decides ids and tokens; the same seed and requests give the same bytes.
  public init(
    data: SugarCloudData, settings: SugarCloudSettings = SugarCloudSettings(), seed: UInt64
  ) throws(CloudContentsError) {
    self.settings = settings
    address = try SugarAddress(data.address)
    records = SugarRecordStore(limit: settings.maximumRecordsPerModule, seed: seed)
    sessions = SugarSessions(limit: settings.maximumSessions, seed: seed)
    clients = data.clients
    guard Set(clients.map(\.id)).count == clients.count, clients.count <= Self.maximumClients else {
      throw CloudContentsError("sugarcrm.clients: at most \(Self.maximumClients), each with an id of its own")
    }
    try load(data)
  }

  /// Its host's name.
  public var hosts: [VirtualHost] { [VirtualHost(name: address.host, purpose: "SugarCRM")] }

  /// Whether a request is for this installation's host.
  func serves(_ host: String) -> Bool { host == address.host }

  /// The answer of the API that the path names; a page with status 404 for every other path, and 421 for another host.
  public mutating func respond(to request: HTTPRequest, body: [UInt8], at now: Instant) -> CloudResponse {
    guard body.count <= Self.maximumRequestBytes, (request.path ?? "").utf8.count <= Self.maximumRequestBytes
    else { return .empty(413) }
    let request = CloudRequest(request, body: body)
    guard serves(request.host) else { return .empty(421) }
    if let answer = request.styleSheet ?? SugarEntryScript.answer(request) { return answer }
    guard let rest = address.rest(of: request.parts) else { return Self.notFound }
    if rest == ["service", "v4_1", "rest.php"] { return respondAsV4(request, at: now) }
    if rest.first == "rest", rest.count > 2, rest[1] == "v10" || rest[1].hasPrefix("v11") {
      return respondAsREST(request, Array(rest.dropFirst(2)), at: now)
    }
    if rest.isEmpty, request.method == .get { return entryPage }
    if rest == ["index.php"] { return respondAsPage(request) }
    if rest.first == "Api" { return respondAsV8(request, Array(rest.dropFirst()), at: now) }
    return Self.notFound
  }

  private static var notFound: CloudResponse {
    .typed(
      404, "text/html;charset=UTF-8",
      Array("<!DOCTYPE html><html><head><title>404 Not Found</title></head><body>Not Found</body></html>".utf8))
  }

  /// The records of a module (`Contacts`, `Calls` …), oldest first; none for a module that is not there.
  public func records(in module: String) -> [SugarCloudRecord] {
    SugarModule(rawValue: module).map { records.all(in: $0).map { SugarCloudRecord($0) } } ?? []
  }

  /// Records tied to a contact, lead or account: `calls`.
  public func records(tiedTo id: String, link: String) -> [SugarCloudRecord] {
    guard let record = records.record(id), let module = SugarModule.allCases.first(where: { $0.linkName == link })
    else { return [] }
    return records.tied(to: record, module).map { SugarCloudRecord($0) }
  }
}

extension SugarCloud: CustomStringConvertible, CustomReflectable {
  /// `SugarCloud(crm.example.com)`: neither tokens nor people.
  public var description: String { "SugarCloud(\(address.host))" }
  /// Empty: a cloud holds passwords and people's data.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
