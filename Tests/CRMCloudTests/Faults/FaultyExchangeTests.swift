import CRMCloud
import HTTPTypes
import Primitives
import Testing

/// What a client sees, and what the cloud has seen, when something goes wrong.
@Suite struct FaultyExchangeTests {
  private static let refreshToken = "1000.refresh"

  private static func cloud() throws -> ZohoCloud {
    let client = ZohoCloudData.Client(
      id: "1000.CLIENT", secret: Secret("secret"),
      refreshTokens: [.init(token: Secret(refreshToken), scopes: ["ZohoCRM.modules.ALL"])])
    return try ZohoCloud(data: ZohoCloudData(clients: [client]), seed: 1)
  }

  private struct NoToken: Error {}

  private static let now = Instant(seconds: 1_800_000_000)

  private static func accessToken(_ cloud: inout ZohoCloud) throws -> String {
    let request = HTTPRequest(method: .post, scheme: "https", authority: "accounts.zoho.com", path: "/oauth/v2/token")
    let form = "client_id=1000.CLIENT&client_secret=secret&grant_type=refresh_token&refresh_token=\(refreshToken)"
    let answer = cloud.respond(to: request, body: Array(form.utf8), at: now)
    let text = String(decoding: answer.body, as: UTF8.self)
    guard let found = text.firstMatch(of: /"access_token":"([^"]+)"/) else { throw NoToken() }
    return found.1.description
  }

  private static func creation(_ token: String) -> HTTPRequest {
    var request = HTTPRequest(method: .post, scheme: "https", authority: "www.zohoapis.com", path: "/crm/v2/Leads")
    request.headerFields[.authorization] = "Zoho-oauthtoken \(token)"
    return request
  }

  private static let lead = Array(#"{"data":[{"Last_Name":"Tester","Company":"Example"}]}"#.utf8)

  private static func outcome(
    _ action: CloudFaultAction?
  ) throws -> (exchange: FaultyExchange, leads: Int, cloud: ZohoCloud, token: String) {
    var cloud = try cloud()
    let token = try accessToken(&cloud)
    var faults = CloudFaults(rules: [CloudFaultRule(name: "it", latency: .seconds(1), action: action)], seed: 1)
    let exchange = faults.exchange(creation(token), body: lead, at: now, with: &cloud)
    return (exchange, cloud.records(in: .leads).count, cloud, token)
  }

  @Test func aLostRequestHasDoneNothingAndALostAnswerHas() throws {
    let request = try Self.outcome(.loseRequest)
    #expect(request.exchange.delivery == .lost && request.leads == 0 && !request.exchange.wasSeen)
    let answer = try Self.outcome(.loseAnswer)
    #expect(answer.exchange.delivery == .lost && answer.leads == 1 && answer.exchange.wasSeen)
  }

  @Test func anAnswerOfTheScriptIsNotTheClouds() throws {
    let status = try Self.outcome(.status(429, body: #"{"code":"TOO_MANY_REQUESTS"}"#, retryAfterSeconds: 30))
    #expect(status.exchange.answer?.response.status.code == 429 && status.leads == 0)
    #expect(status.exchange.answer?.response.headerFields[.retryAfter] == "30")
    #expect(status.exchange.answer?.response.headerFields[.contentType]?.hasPrefix("application/json") == true)
    let page = try Self.outcome(.page(status: 200))
    #expect(page.exchange.answer?.response.headerFields[.contentType]?.hasPrefix("text/html") == true)
    let redirect = try Self.outcome(.redirect(location: "https://elsewhere.example/"))
    #expect(redirect.exchange.answer?.response.headerFields[.location] == "https://elsewhere.example/")
    #expect(redirect.leads == 0)
  }

  @Test func aTokenThatRunsOutIsRefusedByTheCloudItself() throws {
    var expired = try Self.outcome(.expireToken)
    #expect(expired.exchange.answer?.response.status.code == 401 && expired.leads == 0)
    // Another access token can be had: only this one has run out.
    _ = try Self.accessToken(&expired.cloud)
  }

  @Test func aTokenThatIsRevokedTakesItsGrantAlong() throws {
    var revoked = try Self.outcome(.revokeToken)
    #expect(revoked.exchange.answer?.response.status.code == 401 && revoked.leads == 0)
    #expect(throws: NoToken.self) { try Self.accessToken(&revoked.cloud) }
  }

  @Test(arguments: [
    (CloudFaultAction.truncate(bytes: 5), FaultyExchange.Delivery.truncated(bytes: 5)), (.endless, .endless),
    (.drip(bytesPerSecond: 3), .drip(bytesPerSecond: 3)),
  ])
  func badDeliveriesCarryTheCloudsAnswer(action: CloudFaultAction, delivery: FaultyExchange.Delivery) throws {
    let outcome = try Self.outcome(action)
    #expect(outcome.exchange.delivery == delivery && outcome.leads == 1)
    #expect(outcome.exchange.answer?.response.status.code == 201)
  }

  @Test func aDelayAloneChangesNothing() throws {
    let outcome = try Self.outcome(nil)
    #expect(outcome.exchange.latency == .seconds(1) && outcome.exchange.delivery == .whole && outcome.leads == 1)
  }
}
