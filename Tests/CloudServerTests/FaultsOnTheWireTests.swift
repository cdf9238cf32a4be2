import CRMCloud
import CRMConnectors
import CloudServer
import Primitives
import Testing

/// What a fault script does to a client's connection.
@Suite struct FaultsOnTheWireTests {
  private static func rule(_ action: CloudFaultAction?, latency: Instant.Span = .zero) -> CloudFaultRule {
    var match = CloudFaultRule.Match()
    match.path = "/crm/*"
    return CloudFaultRule(name: "it", match: match, latency: latency, action: action)
  }

  private static func running(_ action: CloudFaultAction?, latency: Instant.Span = .zero) async throws -> RunningCloud {
    try await RunningCloud(try RunningCloud.served(faults: [rule(action, latency: latency)]))
  }

  @Test(arguments: [(CloudFaultAction.loseRequest, 0), (.loseAnswer, 1)])
  func aLostAnswerLeavesWhatTheCloudHasDone(action: CloudFaultAction, leads: Int) async throws {
    let running = try await Self.running(action)
    let token = try await running.ask(Asked.token()).accessToken
    #expect(try await running.ask(Asked.create(token)) == .unreachable(.brokenOff))
    #expect(try await running.administer("GET", "/api/records/leads").text.matches(of: /"id"/).count == leads)
    await running.stop()
  }

  @Test func anAnswerThatBreaksOffIsNone() async throws {
    let running = try await Self.running(.truncate(bytes: 10))
    let token = try await running.ask(Asked.token()).accessToken
    #expect(try await running.ask(Asked.search(token)) == .unreachable(.brokenOff))
    await running.stop()
  }

  @Test func anAnswerWithoutEndIsCutOff() async throws {
    let running = try await Self.running(.endless)
    let token = try await running.ask(Asked.token()).accessToken
    guard case .response(_, let body) = try await running.ask(Asked.search(token)) else {
      Issue.record("no answer")
      return
    }
    #expect(body.count == 1 << 20 + 1)
    await running.stop()
  }

  @Test func aDelayIsLongerThanTheClientWaits() async throws {
    let running = try await Self.running(nil, latency: .seconds(60))
    let token = try await running.ask(Asked.token()).accessToken
    #expect(try await running.ask(Asked.search(token), milliseconds: 200) == .unreachable(.timedOut))
    await running.stop()
  }

  @Test func anAnswerInDropsComesWhole() async throws {
    let running = try await Self.running(.drip(bytesPerSecond: 100_000))
    let token = try await running.ask(Asked.token()).accessToken
    #expect(try await running.ask(Asked.search(token)).text.contains("Tester"))
    await running.stop()
  }

  @Test(arguments: [
    (CloudFaultAction.status(503, body: "", retryAfterSeconds: nil), 503),
    (.status(200, body: #"{"code":"INTERNAL_ERROR"}"#, retryAfterSeconds: nil), 200), (.page(status: 200), 200),
    (.redirect(location: "https://elsewhere.example/"), 302), (.expireToken, 401), (.revokeToken, 401),
  ])
  func aStatusOfTheScriptIsTheAnswer(action: CloudFaultAction, status: Int) async throws {
    let running = try await Self.running(action)
    let token = try await running.ask(Asked.token()).accessToken
    #expect(try await running.ask(Asked.search(token)).status == status)
    await running.stop()
  }
}
