import CRMCloud
import CRMConnectors
import HTTPTypes
import Primitives
import SimulationRuntime
import Testing

/// A fault script before a cloud in this process: what the appliance's client sees of it.
@Suite struct FaultyCloudTests {
  private static let now = Instant(seconds: 1_800_000_000)

  private static func begin(
    _ action: CloudFaultAction?, latency: Instant.Span = .zero, match: CloudFaultRule.Match = .init()
  ) throws -> PendingAnswer {
    let client = ZohoCloudData.Client(
      id: "1000.A", secret: Secret("secret"),
      refreshTokens: [.init(token: Secret("1000.refresh"), scopes: ["ZohoCRM.modules.ALL"])])
    let cloud = try ZohoCloud(data: ZohoCloudData(clients: [client]), seed: 1)
    var faulty = FaultyCloud(
      cloud, rules: [CloudFaultRule(name: "it", match: match, latency: latency, action: action)], seed: 1)
    let request = HTTPRequest(method: .post, scheme: "https", authority: "accounts.zoho.com", path: "/oauth/v2/token")
    let form = "client_id=1000.A&client_secret=secret&grant_type=refresh_token&refresh_token=1000.refresh"
    return faulty.begin(
      CRMRequest(id: .init(rawValue: 1), purpose: .token, request: request, body: Array(form.utf8)), at: now)
  }

  private static func status(_ answer: CRMAnswer) -> Int? {
    if case .response(let response, _) = answer { return response.status.code }
    return nil
  }

  @Test func whatNoRuleMeetsIsAnsweredAfterTheRunsLatency() throws {
    var match = CloudFaultRule.Match()
    match.host = "www.zohoapis.com"
    let pending = try Self.begin(.status(503, body: "", retryAfterSeconds: nil), match: match)
    #expect(pending.delay == .milliseconds(120))
    #expect(Self.status(pending.answer()) == 200)
  }

  @Test func aDelayComesOnTopOfTheRunsLatency() throws {
    let pending = try Self.begin(nil, latency: .seconds(2))
    #expect(pending.delay == .milliseconds(2120))
    #expect(Self.status(pending.answer()) == 200)
  }

  @Test(arguments: [.loseRequest, .loseAnswer, .truncate(bytes: 5), .truncate(bytes: 1 << 30)] as [CloudFaultAction])
  func aConnectionThatEndsTooSoonIsNoAnswer(action: CloudFaultAction) throws {
    let pending = try Self.begin(action)
    #expect(pending.answer() == .unreachable(.brokenOff))
    #expect(pending.delay == .milliseconds(120))
  }

  @Test func theScriptsOwnAnswersAreTheClients() throws {
    #expect(Self.status(try Self.begin(.status(429, body: "{}", retryAfterSeconds: 5)).answer()) == 429)
    #expect(Self.status(try Self.begin(.page(status: 200)).answer()) == 200)
    #expect(Self.status(try Self.begin(.redirect(location: "https://x.example/")).answer()) == 302)
  }

  @Test(arguments: [.seconds(30), .seconds(600), Instant.Span(nanoseconds: .max)])
  func anAnswerThatIsTooLateIsNone(latency: Instant.Span) throws {
    let pending = try Self.begin(nil, latency: latency)
    #expect(pending.answer() == .unreachable(.timedOut))
    #expect(pending.delay == .seconds(30))
  }

  @Test func dropsTakeTheTimeOfTheirBytes() throws {
    let slow = try Self.begin(.drip(bytesPerSecond: 100))
    let delay = try #require(slow.delay)
    guard case .response(_, let body) = slow.answer() else {
      Issue.record("no answer")
      return
    }
    #expect(delay == .milliseconds(120 + Int64(body.count) * 10))
    #expect(try Self.begin(.drip(bytesPerSecond: 1)).answer() == .unreachable(.timedOut))
    #expect(try Self.begin(.drip(bytesPerSecond: .min)).answer() == .unreachable(.timedOut))
  }

  @Test func anAnswerWithoutEndIsCutOneByteAfterTheLimit() throws {
    guard case .response(_, let body) = try Self.begin(.endless).answer() else {
      Issue.record("no answer")
      return
    }
    #expect(body.count == (1 << 20) + 1)
    #expect(body.first == UInt8(ascii: "{") && body.last == UInt8(ascii: " "))
  }
}
