import ApplianceAPI
import ApplianceWeb
import CDRStorage
import Foundation
import HTTPService
import HTTPTypes
import HardwareProfiles
import PBXModel
import Primitives
import SimulationRuntime
import TestSupport
import Testing

@testable import ApplianceServer

/// An export of many megabytes whose client takes the beginning and then nothing more.
@Suite(.serialized, .timeLimit(.minutes(3))) struct StalledExportTests {
  private static let client = IPAddress(v4: 0x7F00_0001)
  private static let calls = 4000
  /// Far more than the kernel keeps for two sockets.
  private static let bytesMin = 30_000_000

  /// An appliance with rows that are long, behind a listener of its own.
  private final class Running {
    let served: ServedAppliance
    let folder: TemporaryDirectory
    let port: UInt16
    private let task: Task<Void, any Error>

    init(_ change: (inout ServerLimits) -> Void) async throws {
      folder = try TemporaryDirectory()
      let path = folder.path("cdr.sqlite")
      let store = try CDRStore(path: path, existing: .replace, timeZone: .utc, indexes: .whenClosed)
      for number in 1...StalledExportTests.calls {
        var row = CDRRecord.outboundCall(number, row: 0)
        row.callerName = String(repeating: "x", count: 8000)
        try store.append(CDRSession(first: row, others: []))
      }
      try store.close()
      let live = try ReplayedOffice.unplayed(database: path)
      let cost = try #require(PasswordHash.Cost(rounds: 4))
      let hash = try #require(PasswordHash(of: Secret("admin123"), salt: Array(0..<16), cost: cost))
      let web = WebInterface(settings: WebSettings(password: hash, portalPassword: hash, decoy: hash), key: [1])
      served = ServedAppliance(
        live, doors: ApplianceDoors(users: [], key: [2]), web: web, wall: { Instant(seconds: 1_000_000) })
      var options = ApplianceService.Options(identity: nil)
      (options.apiPort, options.cdrPort, options.pages) = (0, nil, served)
      change(&options.limits)
      let service = ApplianceService(served, options) { _ in }
      let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
      task = Task {
        try await service.run(stopsAtSignals: false, isReady: { continuation.yield($0.first?.port ?? 0) })
      }
      var found = 0
      for await port in ports {
        found = port
        break
      }
      port = UInt16(found)
    }

    func stop() async throws {
      task.cancel()
      _ = await task.result
      try served.live.closeDatabase()
    }

    func cookie() async throws -> String {
      let form = Self.cookie(try await send(.get, "/signin"), "ucm_form")
      let proof = form.drop { $0 != "=" }.dropFirst()
      return Self.cookie(
        try await send(.post, "/signin", "user=admin&password=admin123&csrf=\(proof)", cookie: form), "ucm_session")
    }

    private func send(
      _ method: HTTPRequest.Method, _ path: String, _ form: String = "", cookie: String? = nil
    ) async throws -> HTTPResponse {
      var request = HTTPRequest(method: method, scheme: "https", authority: "127.0.0.1:8089", path: path)
      request.headerFields[.contentType] = "application/x-www-form-urlencoded"
      request.headerFields[.cookie] = cookie
      let answer = await served.answer(request, body: Array(form.utf8), from: StalledExportTests.client)
      return try #require(answer).response
    }

    private static func cookie(_ response: HTTPResponse, _ name: String) -> String {
      let fields = response.headerFields[values: .setCookie]
      return String((fields.first { $0.hasPrefix(name + "=") } ?? "").prefix { $0 != ";" })
    }

    /// Bytes of answers' bodies so far.
    func bytesGiven() async throws -> Int {
      let text = await served.metrics()
      return try #require(text.firstMatch(of: /ucmsim_api_answer_bytes_total (\d+)/).flatMap { Int($0.1) })
    }
  }

  private static func export(_ cookie: String) -> String {
    "GET /cdr.csv HTTP/1.1\r\nHost: h\r\nCookie: \(cookie)\r\n\r\n"
  }

  @Test func itsConnectionEndsItsMemoryIsBoundedAndOthersAreServed() async throws {
    let running = try await Running { limits in
      // The second place is for everybody else.
      (limits.answerTime, limits.connections) = (.seconds(2), 2)
    }
    let before = try await running.bytesGiven()
    let cookie = try await running.cookie()
    let port = running.port
    let stalled = try PlainClient(port: port, receiving: 4096)
    try stalled.send(Self.export(cookie))
    #expect(try await waiting { stalled.received(15) } == "HTTP/1.1 200 OK")
    // Others are answered, one after the other, on the other place.
    for _ in 0..<5 {
      let other = try PlainClient(port: port)
      try other.send("GET /signin HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
      #expect(try await waiting { other.receivedToTheEnd() }.hasPrefix("HTTP/1.1 200"))
    }
    // Two at once are answered only when the stalled one has lost its place.
    let (one, two) = (try PlainClient(port: port), try PlainClient(port: port))
    for client in [one, two] {
      try client.send("GET /signin HTTP/1.1\r\nHost: h\r\n\r\n")
      #expect(try await waiting { client.received(12) } == "HTTP/1.1 200")
    }
    let given = try await running.bytesGiven() - before
    #expect(given > 0 && given < Self.bytesMin / 2)
    try await running.stop()
    _ = stalled
  }

  @Test func itDoesNotKeepTheProgramFromItsEnd() async throws {
    let running = try await Running { $0.answerTime = .seconds(3600) }
    let cookie = try await running.cookie()
    let clients = try (0..<20).map { _ in try PlainClient(port: running.port, receiving: 4096) }
    for client in clients {
      try client.send(Self.export(cookie))
      #expect(try await waiting { client.received(15) } == "HTTP/1.1 200 OK")
    }
    let took = try await ContinuousClock().measure { try await running.stop() }
    // Two seconds, and what a busy machine takes.
    #expect(took < .seconds(20))
    _ = clients
  }

  @Test func whoTakesAllGetsAllOfIt() async throws {
    let running = try await Running { _ in }
    let cookie = try await running.cookie()
    let client = try PlainClient(port: running.port)
    try client.send(Self.export(cookie).replacing("Host: h", with: "Host: h\r\nConnection: close"))
    let text = try await waiting { client.receivedToTheEnd() }
    #expect(text.utf8.count > Self.bytesMin)
    #expect(text.hasSuffix("\r\n0\r\n\r\n"))
    #expect(text.split(separator: "+4930000").count > Self.calls)
    try await running.stop()
  }
}
