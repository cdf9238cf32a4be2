import CRMCloud
import Primitives

/// People of two data centres, and a client of Ann's.
enum People {
  static let ann = "ann@example.com"
  static let annPassword = "ann's password"
  static let bob = "bob@example.com"
  static let bobPassword = "bob's password"
  static let bobApplicationPassword = "abcdefghijkl"
  static let eve = "eve@example.eu"
  static let evePassword = "eve's password"
  static let clientID = "1000.WEBWEBWEBWEBWEBWEBWEBWEBWEBWEB"
  static let secret = "1111111111111111111111111111111111111111aa"
  static let deviceID = "1004.TVTVTVTVTVTVTVTVTVTVTVTVTVTVTV"
  static let deviceSecret = "2222222222222222222222222222222222222222bb"
  static let scriptID = "1000.JSJSJSJSJSJSJSJSJSJSJSJSJSJSJS"
  static let redirect = "https://192.168.0.46:8089/"
  static let authToken = "0123456789abcdef0123456789abcdef"

  static var data: ZohoCloudData {
    ZohoCloudData(
      organisations: [
        .init(
          name: "Ann Ltd", edition: .enterprise,
          users: [
            .init(id: "1001", fullName: "Ann Owner", email: ann, password: Secret(annPassword)),
            .init(
              id: "1002", fullName: "Bob Two", email: bob, password: Secret(bobPassword), usesTwoFactor: true,
              applicationPasswords: [Secret(bobApplicationPassword)], authTokens: [Secret(authToken)]),
            .init(fullName: "Nora New", email: "nora@example.com"),
            .init(
              fullName: "Cleo Closed", email: "cleo@example.com", password: Secret("cleo"), isActive: false),
          ], contacts: [.init(lastName: "Contact", phone: "5550100")], leads: [.init(lastName: "Lead", company: "L")]),
        .init(
          name: "Ann's Second", edition: .standard,
          users: [.init(id: "1003", fullName: "Ann Owner", email: ann, password: Secret(annPassword))]),
        .init(
          name: "Eve SE", dataCentre: "eu",
          users: [.init(id: "1004", fullName: "Eve Europe", email: eve, password: Secret(evePassword))]),
      ],
      clients: [
        .init(
          id: clientID, secret: Secret(secret), name: "Phone system", kind: .serverBased,
          redirectURIs: [redirect, "https://example.com/back?x=1"]),
        .init(
          id: deviceID, secret: Secret(deviceSecret), name: "Television", kind: .nonBrowser,
          otherDataCentres: ["eu": Secret(deviceSecret)]),
        .init(
          id: scriptID, secret: Secret(secret), name: "Widget", kind: .clientBased,
          redirectURIs: ["https://example.com/script"]),
      ])
  }

  static func world(
    _ settings: ZohoCloudSettings = ZohoCloudSettings(), at seconds: Int64 = 1_800_000_000
  ) throws -> ZohoWorld { try ZohoWorld(data, settings, at: seconds) }

  /// Ann in front of her browser.
  static func signedIn(_ world: ZohoWorld) -> Browser {
    let browser = Browser(world)
    browser.signIn(ann, annPassword)
    return browser
  }

  static func authorizationAddress(
    _ change: [String: String?] = [:], scope: String = "ZohoCRM.modules.ALL", host: String = "accounts.zoho.com"
  ) -> String {
    var parameters: [String: String] = [
      "client_id": clientID, "redirect_uri": redirect, "response_type": "code", "scope": scope,
      "access_type": "offline",
    ]
    for (name, value) in change { parameters[name] = value }
    let pairs = parameters.sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) }
    return "https://\(host)/oauth/v2/auth?" + PercentEncoding.form(pairs)
  }

  /// Walks the pages until the redirect; returns the code.
  static func code(_ browser: Browser, _ address: String) -> String? {
    browser.open(address)
    if browser.page.form("tenant") != nil { browser.submit("tenant") }
    if browser.page.form("consent") != nil { browser.submit("consent", button: "Accept") }
    return browser.page.address.parameter("code")
  }

  static func exchange(_ code: String?, redirect: String? = redirect, id: String = clientID, secret: String = secret)
    -> [(name: String, value: String)]
  {
    [
      ("grant_type", "authorization_code"), ("client_id", id), ("client_secret", secret), ("code", code ?? ""),
    ] + (redirect.map { [("redirect_uri", $0)] } ?? [])
  }

  static func refresh(_ token: String?, id: String = clientID, secret: String = secret)
    -> [(name: String, value: String)]
  {
    [
      ("grant_type", "refresh_token"), ("client_id", id), ("client_secret", secret), ("refresh_token", token ?? ""),
    ]
  }
}
