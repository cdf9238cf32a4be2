import CRMCloud
import CRMConnectors
import HTTPTypes
import Primitives
import TestSupport

/// The simulator's own Zoho behind a bench.
struct CloudOffice: BenchCRM {
  var cloud: ZohoCloud
  var journal: [String] = []

  init(_ row: CRMTruthTableTests.Row) throws {
    var settings = ZohoCloudSettings()
    // The trace is of later years than version 1.
    settings.era = .y2018
    let scopes = row.token == .scopeTooNarrow ? ["ZohoCRM.settings.ALL"] : ["ZohoCRM.modules.ALL"]
    if row.token == .expired {
      (settings.accessTokenLife, settings.expiresInForm) = (.seconds(3), .absent)
    }
    var contacts = [ZohoCloudData.Contact(lastName: "Somebody Else", phone: "+49 30 99999")]
    // Version 1 compares the text, version 2 the digits.
    let isV1 = row.system == .zohoV1
    if row.caller != .unknown { contacts.append(.init(lastName: "Anna", phone: isV1 ? "+493055501" : "+49 30 555-01")) }
    if row.caller == .ambiguous { contacts.append(.init(lastName: "Office", mobile: "+493055501")) }
    let users = row.token == .revoked && row.system == .zohoV1 ? [] : [Secret("token-u0")]
    let data = ZohoCloudData(
      organisations: [
        .init(users: [.init(fullName: "Ann Owner", authTokens: users)], contacts: contacts)
      ],
      clients: [
        .init(
          id: "1000.CLIENT", secret: Secret("secret"),
          refreshTokens: [.init(token: Secret("1000.u0.refresh"), scopes: scopes)])
      ])
    cloud = try ZohoCloud(data: data, settings: settings, seed: 1)
    if row.token == .revoked { _ = cloud.revokeRefreshToken(Secret("1000.u0.refresh")) }
  }

  mutating func answer(_ request: CRMRequest, at now: Instant) -> (answer: CRMAnswer, delaySeconds: Double?) {
    let path = (request.request.path ?? "").prefix { $0 != "?" }
    journal.append("\(request.purpose.rawValue) \(request.request.method.rawValue) \(path)")
    let answer = cloud.respond(to: request.request, body: request.body, at: now)
    return (.response(answer.response, body: answer.body), nil)
  }
}
