import AsyncHTTPClient
import CRMCloud
import CRMConnectors
import CRMTransport
import CertificateAuthority
import CloudServer
import CloudStorage
import Foundation
import HTTPService
import HTTPTypes
import NIOCore
import NIOHTTP1
import Primitives
import SimulationRuntime
import TestSupport

/// A cloud served on ports of its own for one test.
final class RunningCloud {
  static let refreshToken = "1000.refresh"
  static let start = Instant(seconds: 1_559_466_000)

  let cloud: ServedCloud<ZohoCloud>
  let places: [CloudService<ZohoCloud>.Place]
  let folder: TemporaryDirectory
  private let task: Task<Void, any Error>

  static func data() -> ZohoCloudData {
    let client = ZohoCloudData.Client(
      id: "1000.CLIENT", secret: Secret("hush-hush"),
      refreshTokens: [.init(token: Secret(refreshToken), scopes: ["ZohoCRM.modules.ALL"])])
    return ZohoCloudData(
      organisations: [.init(contacts: [.init(lastName: "Tester", phone: "+4930123456")])], clients: [client])
  }

  static func served(
    faults: [CloudFaultRule] = [], archive: CloudArchive<ZohoCloud>? = nil, journal: CloudJournal? = nil,
    clock: CloudClock? = CloudClock(startingAt: start, wall: .epoch)
  ) throws -> ServedCloud<ZohoCloud> {
    try ServedCloud(
      try ZohoCloud(data: data(), seed: 1), clock: clock, faults: faults, seed: 1, archive: archive, journal: journal,
      wall: { .epoch })
  }

  /// - Parameter virtual: a host that gets a port of its own besides.
  init(
    _ cloud: ServedCloud<ZohoCloud>, limits: ServerLimits = ServerLimits(), virtual: VirtualHost? = nil,
    isSecure: Bool = true
  ) async throws {
    self.cloud = cloud
    folder = try TemporaryDirectory()
    let now = Instant(seconds: Int64(Date().timeIntervalSince1970))
    let authority = try CertificateAuthority(named: "Test", at: now)
    try folder.write(Array(authority.identity.certificatePEM.utf8), to: "ca.pem")
    let names = ["127.0.0.1", "localhost"] + (await cloud.hosts.map(\.name))
    var addresses = [ListenAddress(host: "127.0.0.1", port: 0, isSecure: isSecure)]
    if let virtual {
      addresses.append(ListenAddress(host: "127.0.0.1", port: 0, isSecure: isSecure, virtualHost: virtual))
    }
    var options = CloudService<ZohoCloud>.Options(
      addresses: addresses, identity: try authority.issue(for: names, at: now), reading: Self.reading)
    options.limits = limits
    options.adminPort = 0
    let service = CloudService(cloud, options) { _ in }
    let (stream, continuation) = AsyncStream.makeStream(of: [CloudService<ZohoCloud>.Place].self)
    task = Task {
      try await service.run(
        stopsAtSignals: false,
        isReady: {
          continuation.yield($0)
          continuation.finish()
        })
    }
    var ready: [CloudService<ZohoCloud>.Place] = []
    for await places in stream { ready = places }
    places = ready
  }

  /// Stops taking connections; what is under way ends.
  func stop() async {
    task.cancel()
    _ = try? await task.value
  }

  deinit { task.cancel() }

  private static let reading = AdminReading(
    data: { (text) throws(AdminReading.Failure) in
      guard text.hasPrefix("contact ") else { throw AdminReading.Failure("data:1:1: no contact") }
      var contents = CloudContents()
      contents.zoho.organisations = [.init(contacts: [.init(lastName: String(text.dropFirst(8)))])]
      return contents
    },
    faults: { (text) throws(AdminReading.Failure) in
      guard text == "lose" else { throw AdminReading.Failure("faults:1:1: no fault") }
      return [CloudFaultRule(name: "lose", action: .loseAnswer)]
    })

  var port: Int { places.first?.address.port ?? 0 }
  var admin: String { "http://127.0.0.1:\(places.last?.address.port ?? 0)" }

  /// The appliance's way to the cloud.
  private func options(milliseconds: Int) throws -> HTTPSOptions {
    var options = HTTPSOptions()
    options.detour = try HTTPSOptions.Detour(url: "https://127.0.0.1:\(port)")
    options.trustedCertificates = folder.path("ca.pem")
    options.answerTimeMilliseconds = milliseconds
    options.tellsTime = true
    return options
  }

  func ask(_ request: CRMRequest, milliseconds: Int = 5000) async throws -> CRMAnswer {
    let options = try options(milliseconds: milliseconds)
    return try await waiting {
      let backend = try HTTPSBackend(options)
      defer { _ = backend.finish() }
      return backend.begin(request, at: Self.start).answer()
    }
  }

  /// What the administrator gets.
  func administer(
    _ method: String, _ path: String, _ body: String = "", headers: [(String, String)] = []
  ) async throws -> (status: Int, text: String) {
    var request = HTTPClientRequest(url: admin + path)
    request.method = .init(rawValue: method)
    for (name, value) in headers { request.headers.add(name: name, value: value) }
    if !body.isEmpty { request.body = .bytes(ByteBuffer(string: body)) }
    let response = try await HTTPClient.shared.execute(request, timeout: .seconds(10))
    let text = String(buffer: try await response.body.collect(upTo: 1 << 22))
    return (Int(response.status.code), text)
  }
}

/// Requests as the appliance makes them.
enum Asked {
  static func token(host: String = "accounts.zoho.com") -> CRMRequest {
    var head = HTTPRequest(method: .post, scheme: "https", authority: host, path: "/oauth/v2/token")
    head.headerFields[.contentType] = "application/x-www-form-urlencoded"
    let secrets = "client_secret=hush-hush&refresh_token=\(RunningCloud.refreshToken)"
    let form = "client_id=1000.CLIENT&grant_type=refresh_token&" + secrets
    return CRMRequest(id: .init(rawValue: 1), purpose: .token, request: head, body: Array(form.utf8))
  }

  static func search(_ token: String) -> CRMRequest {
    var head = HTTPRequest(
      method: .get, scheme: "https", authority: "www.zohoapis.com", path: "/crm/v2/Contacts/search?phone=%2B4930123456")
    head.headerFields[.authorization] = "Zoho-oauthtoken \(token)"
    return CRMRequest(id: .init(rawValue: 2), purpose: .search, request: head)
  }

  static func create(_ token: String, name: String = "New") -> CRMRequest {
    var head = HTTPRequest(method: .post, scheme: "https", authority: "www.zohoapis.com", path: "/crm/v2/Leads")
    head.headerFields[.authorization] = "Zoho-oauthtoken \(token)"
    head.headerFields[.contentType] = "application/json"
    let body = #"{"data":[{"Last_Name":"\#(name)","Company":"Example"}]}"#
    return CRMRequest(id: .init(rawValue: 3), purpose: .create, request: head, body: Array(body.utf8))
  }
}

extension CRMAnswer {
  var status: Int? {
    switch self {
    case .response(let response, _): response.status.code
    case .unreachable: nil
    }
  }

  var text: String {
    switch self {
    case .response(_, let body): String(decoding: body, as: UTF8.self)
    case .unreachable(let reason): reason.rawValue
    }
  }

  /// The access token of a token reply.
  var accessToken: String { text.firstMatch(of: /"access_token":"([^"]+)"/)?.1.description ?? "" }
}
