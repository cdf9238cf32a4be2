import CRMCloud
import HTTPTypes
import Primitives

/// An organisation with one client, and requests to it in one line each.
struct Organisation {
  static let clientID = "1000.EXAMPLEEXAMPLEEXAMPLEEXAMPLE0"
  static let secret = "0a1b2c3d4e5f60718293a4b5c6d7e8f901234567ab"
  static let refreshToken = "1000.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
  /// What both of the appliance's guides ask for (documented).
  static let guideScopes = [
    "ZohoCRM.modules.leads.ALL", "ZohoCRM.modules.deals.ALL", "ZohoCRM.settings.ALL",
  ]

  static func data(scopes: [String] = ["ZohoCRM.modules.ALL"], dataCentre: String = "us") -> ZohoCloudData {
    ZohoCloudData(
      organisations: [
        .init(
          dataCentre: dataCentre,
          contacts: [
            .init(
              id: "4000000000000123456", firstName: "Bo", lastName: "Tester", phone: "+1 (555) 010-0100",
              mobile: "555-0101", fax: "555-0109", accountName: "Acme"),
            .init(lastName: "Solo", otherPhone: "5550102"),
          ],
          leads: [.init(firstName: "Lea", lastName: "Lead", company: "Lead Ltd", phone: "+49 30 00000012")],
          accounts: [.init(id: "4000000000000200001", name: "Acme", phone: "+15550103")])
      ],
      clients: [
        .init(
          id: clientID, secret: Secret(secret), refreshTokens: [.init(token: Secret(refreshToken), scopes: scopes)])
      ])
  }

  var cloud: ZohoCloud
  var now = Instant(seconds: 1_800_000_000)
  var token = ""

  init(_ data: ZohoCloudData = Organisation.data(), _ settings: ZohoCloudSettings = ZohoCloudSettings()) throws {
    cloud = try ZohoCloud(data: data, settings: settings, seed: 1)
  }

  /// One whose client holds an access token.
  static func open(
    scopes: [String] = ["ZohoCRM.modules.ALL"], _ settings: ZohoCloudSettings = ZohoCloudSettings()
  ) throws -> Organisation {
    var organisation = try Organisation(data(scopes: scopes), settings)
    organisation.token = organisation.refresh().member("access_token") ?? ""
    return organisation
  }

  mutating func send(
    _ method: HTTPRequest.Method, _ authority: String, _ path: String, authorization: String? = nil, body: String = ""
  ) -> Reply {
    var request = HTTPRequest(method: method, scheme: "https", authority: authority, path: path)
    request.headerFields[.authorization] = authorization
    return Reply(cloud.respond(to: request, body: Array(body.utf8), at: now))
  }

  static func form(
    client: String = clientID, secret: String = secret, token: String = refreshToken,
    grantType: String? = "refresh_token"
  ) -> String {
    "client_id=\(client)&client_secret=\(secret)&refresh_token=\(token)" + (grantType.map { "&grant_type=\($0)" } ?? "")
  }

  mutating func refresh(_ form: String = form(), at host: String = "accounts.zoho.com") -> Reply {
    send(.post, host, "/oauth/v2/token", body: form)
  }

  mutating func get(_ path: String) -> Reply {
    send(.get, "www.zohoapis.com", path, authorization: "Zoho-oauthtoken " + token)
  }

  mutating func post(_ module: String, _ body: String) -> Reply {
    send(.post, "www.zohoapis.com", "/crm/v2/" + module, authorization: "Zoho-oauthtoken " + token, body: body)
  }
}

/// A response as tests look at it.
struct Reply: CustomStringConvertible {
  let status: Int
  let text: String

  init(_ response: CloudResponse) {
    status = response.response.status.code
    text = String(decoding: response.body, as: UTF8.self)
  }

  var description: String { "\(status) \(text)" }

  /// The first member called `name` whose value is text.
  func member(_ name: String) -> String? {
    text.text(after: "\"\(name)\":\"").map { String($0.prefix { $0 != "\"" }) }
  }

  /// The first `code`, or the token endpoint's `error`.
  var code: String? { member("code") ?? member("error") }
}

extension String {
  fileprivate func text(after needle: String) -> Substring? {
    var rest = self[...]
    while !rest.isEmpty {
      if rest.hasPrefix(needle) { return rest.dropFirst(needle.count) }
      rest = rest.dropFirst()
    }
    return nil
  }
}
