public import HTTPTypes
import JSON
public import Primitives

/// A vTiger server: its web service, its own PBX channel and its records' pages, as values.
///
/// Facts and their certainty stand at the tables and switches that use them; the measured ones are those of vTiger CRM
/// 8.0.0 and, in the sloppy manner, of coreBOS (reference section 1).
public struct VtigerCloud: NeighbouringCloud, Codable {
  /// Longer requests are answered with 413.
  public static let maximumRequestBytes = 1 << 20
  /// Users in the data.
  public static let maximumUsers = 10_000
  /// Records of one module in the data.
  public static let maximumLoadedRecords = 100_000

  var settings: VtigerCloudSettings
  /// In lower case, without a port.
  let host: String
  /// Parts of the path in front of `webservice.php`.
  let place: [String]
  var users: [VtigerUser] = []
  var records = VtigerRecordStore()
  var sessions: VtigerSessions
  let callbackSecret: Secret?
  /// Whether an administrator has had requests refused.
  var isExhausted = false

  /// - Parameter seed: decides tokens and session names; the same seed and requests give the same bytes.
  public init(data: VtigerCloudData, seed: UInt64) throws(VtigerCloudDataError) {
    guard let address = Self.address(data.address) else { throw .malformedAddress }
    (host, place) = address
    settings = data.settings
    sessions = VtigerSessions(seed: seed)
    callbackSecret = data.callbackSecret
    guard !data.users.isEmpty else { throw .noUsers }
    try load(data, at: .epoch)
  }

  /// The answer of the script at the request's path; 421 for another host, 404 for another path.
  public mutating func respond(to request: HTTPRequest, body: [UInt8], at now: Instant) -> CloudResponse {
    guard body.count <= Self.maximumRequestBytes, (request.path ?? "").utf8.count <= Self.maximumRequestBytes
    else { return .empty(413) }
    // vTiger counts nothing; this is what a proxy in front of it says (ours).
    if isExhausted { return .empty(429) }
    let request = CloudRequest(request, body: body)
    guard serves(request.host) else { return .empty(421) }
    if request.parts == place + ["webservice.php"] { return serve(VtigerCall(request), at: now) }
    if let sheet = request.styleSheet { return sheet }
    if request.parts == place + ["index.php"] { return respondAsPage(request) }
    if request.parts == place + ["modules", "PBXManager", "callbacks", "PBXManager.php"] {
      return receiveCallback(request.parameters, at: now)
    }
    return .typed(404, "text/html;charset=UTF-8", Array("<html><body><h1>Not Found</h1></body></html>".utf8))
  }

  func serves(_ host: String) -> Bool { host == self.host }

  /// Host and path of an address; nil for a text that is none.
  static func address(_ text: String) -> (host: String, place: [String])? {
    let lowered = text.lowercased()
    guard text.utf8.count <= 1024, let scheme = ["https://", "http://"].first(where: lowered.hasPrefix) else {
      return nil
    }
    let parts = text.dropFirst(scheme.count).split(separator: "/", omittingEmptySubsequences: true).map(String.init)
    let host = (parts.first ?? "").prefix { $0 != ":" }.lowercased()
    let isHost = !host.isEmpty && host.utf8.allSatisfy { PercentEncoding.isUnreserved($0) }
    return isHost && !text.contains(where: { "?#@".contains($0) }) ? (host, Array(parts.dropFirst())) : nil
  }
}

extension VtigerCloud {
  /// The one host it is installed on.
  public var hosts: [VirtualHost] { [VirtualHost(name: host, purpose: "vTiger")] }
}

extension VtigerCloud: CustomStringConvertible, CustomReflectable {
  /// `VtigerCloud(crm.example.com)`: neither keys nor people.
  public var description: String { "VtigerCloud(\(host))" }
  /// Empty: a cloud holds keys and people's data.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
