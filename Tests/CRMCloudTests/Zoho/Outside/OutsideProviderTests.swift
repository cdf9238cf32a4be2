import CRMCloud
import HTTPTypes
import Primitives
import Testing

struct OutsideProviderTests {
  private static let callback = "https://client.example/back"
  private let world: ZohoWorld
  private let browser: Browser

  init() throws {
    world = try Developers.world()
    browser = Browser(world)
  }

  private func register(_ host: String) -> (id: String, secret: String) {
    Developers.registerApp(browser, at: host, redirect: Self.callback)
  }

  private func code(_ address: String, _ app: (id: String, secret: String), _ more: String = "") -> String? {
    browser.open(
      address + "?response_type=code&client_id=\(app.id)&redirect_uri=" + PercentEncoding.encode(Self.callback) + more)
    browser.submit("consent", ["account": "ann@example.com"], button: "Allow")
    return browser.visited.last?.parameter("code")
  }

  private func exchange(
    _ address: String, _ app: (id: String, secret: String), _ code: String?, _ change: [String: String] = [:]
  ) -> Reply {
    var form = [
      "grant_type": "authorization_code", "client_id": app.id, "client_secret": app.secret, "code": code ?? "",
      "redirect_uri": Self.callback,
    ]
    form.merge(change) { $1 }
    return world.reply(
      .post, address, body: PercentEncoding.form(form.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }))
  }

  private static let mailChimp = "https://login.mailchimp.com/oauth2/"
  private static let google = "https://accounts.google.com/o/oauth2/v2/auth"
  private static let googleToken = "https://oauth2.googleapis.com/token"

  @Test func mailChimpsReplyHasThreeMembersAndNoRefreshToken() throws {
    let app = register("login.mailchimp.com")
    let reply = exchange(Self.mailChimp + "token", app, code(Self.mailChimp + "authorize", app, "&scope=ignored"))
    let token = try #require(reply.member("access_token"))
    #expect(reply.text == #"{"access_token":"\#(token)","expires_in":0,"scope":null}"#)
    #expect(token.count == 32 && token.allSatisfy(\.isHexDigit))
    for scheme in ["OAuth", "Bearer"] {
      let metadata = world.reply(.get, Self.mailChimp + "metadata", [.authorization: "\(scheme) \(token)"])
      #expect(metadata.member("api_endpoint") == "https://us6.api.mailchimp.com")
      let lists = world.reply(
        .get, "https://us6.api.mailchimp.com/3.0/lists", [.authorization: "\(scheme) \(token)"])
      #expect(lists.status == 200)
    }
    #expect(world.reply(.get, Self.mailChimp + "metadata", [.authorization: "Basic \(token)"]).status == 401)
    #expect(exchange(Self.mailChimp + "token", app, "", ["grant_type": "refresh_token"]).status == 400)
  }

  @Test(arguments: [
    ("", true, false), ("&access_type=offline", true, true), ("&access_type=online", true, false),
    ("&access_type=offline", false, false), ("&access_type=offline&prompt=consent", false, true),
  ])
  func googleGivesARefreshTokenForOfflineAccessAtTheFirstConsent(more: String, isFirst: Bool, isGiven: Bool) throws {
    let app = register("accounts.google.com")
    if !isFirst { _ = code(Self.google, app, "&access_type=offline") }
    let reply = exchange(Self.googleToken, app, code(Self.google, app, more + "&scope=email"))
    #expect(reply.text.contains(#""expires_in":3599"#) && reply.member("scope") == "email")
    let refreshToken = reply.member("refresh_token")
    #expect((refreshToken != nil) == isGiven)
    guard let refreshToken else { return }
    world.wait(3599)
    let old = [HTTPField.Name.authorization: "Bearer " + (reply.member("access_token") ?? "")]
    #expect(world.reply(.get, "https://www.googleapis.com/oauth2/v2/userinfo", old).status == 401)
    let renewed = exchange(
      Self.googleToken, app, nil, ["grant_type": "refresh_token", "refresh_token": refreshToken])
    #expect(renewed.member("refresh_token") == nil)
    let new = [HTTPField.Name.authorization: "Bearer " + (renewed.member("access_token") ?? "")]
    #expect(
      world.reply(.get, "https://www.googleapis.com/oauth2/v2/userinfo", new).member("email") == "ann@example.com")
  }

  @Test func microsoftGivesARefreshTokenForItsScope() throws {
    let app = register("login.microsoftonline.com")
    let address = "https://login.microsoftonline.com/common/oauth2/v2.0/"
    let without = exchange(address + "token", app, code(address + "authorize", app, "&scope=User.Read"))
    #expect(without.status == 200 && without.member("refresh_token") == nil)
    let with = exchange(address + "token", app, code(address + "authorize", app, "&scope=User.Read+offline_access"))
    #expect(with.member("refresh_token") != nil)
    let bearer = [HTTPField.Name.authorization: "Bearer " + (with.member("access_token") ?? "")]
    #expect(world.reply(.get, "https://graph.microsoft.com/v1.0/me", bearer).member("mail") == "ann@example.com")
    #expect(world.reply(.get, "https://graph.microsoft.com/v1.0/me/contacts", bearer).status == 403)
  }

  @Test(arguments: [
    ("redirect_uri", "https://evil.example/"), ("redirect_uri", "https://client.example/back/"), ("redirect_uri", ""),
    ("client_id", "nobody"), ("client_id", ""),
  ])
  func nobodyIsSentToAnAddressThatIsNotRegistered(name: String, value: String) {
    let app = register("accounts.google.com")
    var query = ["response_type": "code", "client_id": app.id, "redirect_uri": Self.callback]
    query[name] = value
    let pairs = query.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    let page = browser.open(Self.google + "?" + PercentEncoding.form(pairs))
    #expect(page.status == 400 && page.address.hasPrefix(Self.google))
  }

  @Test(arguments: [
    ("client_secret", "wrong", 401, "invalid_client"), ("client_id", "x", 401, "invalid_client"),
    ("redirect_uri", "https://other.example/", 400, "invalid_grant"), ("code", "x", 400, "invalid_grant"),
    ("grant_type", "password", 400, "unsupported_grant_type"), ("grant_type", "refresh_token", 400, "invalid_grant"),
  ])
  func tokenErrorsAreThoseOfTheStandard(name: String, value: String, status: Int, error: String) {
    let app = register("accounts.google.com")
    let reply = exchange(Self.googleToken, app, code(Self.google, app), [name: value])
    #expect(reply.status == status && reply.text == #"{"error":"\#(error)"}"#)
  }

  @Test func aCodeIsGoodOnceAndForTenMinutes() {
    let app = register("accounts.google.com")
    let first = code(Self.google, app)
    #expect(exchange(Self.googleToken, app, first).status == 200)
    #expect(exchange(Self.googleToken, app, first).status == 400)
    let second = code(Self.google, app)
    world.wait(600)
    #expect(exchange(Self.googleToken, app, second).status == 400)
  }

  @Test func credentialsCountInABasicHeader() {
    let app = register("login.mailchimp.com")
    let form = PercentEncoding.form([
      ("grant_type", "authorization_code"), ("code", code(Self.mailChimp + "authorize", app) ?? ""),
      ("redirect_uri", Self.callback),
    ])
    let reply = world.reply(
      .post, Self.mailChimp + "token", [.authorization: "Basic " + base64("\(app.id):\(app.secret)")], body: form)
    #expect(reply.status == 200)
  }

  @Test(arguments: [
    ("name", "", "Enter a name for the app."), ("redirect_uris", "", "Enter a redirect URI"),
    ("redirect_uris", "javascript:alert(1)", "Enter a redirect URI"),
  ])
  func anAppIsRegisteredWithNameAndRedirectURI(field: String, value: String, notice: String) {
    browser.open("https://www.dropbox.com/registered-apps")
    var values = ["name": "x", "redirect_uris": Self.callback]
    values[field] = value
    let page = browser.submit("register", values)
    #expect(page.status == 400 && page.notice?.hasPrefix(notice) ?? false && page.rows("apps").isEmpty)
  }

  @Test(arguments: ["registered-apps", "o/oauth2/v2/auth"])
  func formsWithoutTheirProofChangeNothing(path: String) {
    let page = browser.post(
      "https://accounts.google.com/" + path, [("name", "x"), ("redirect_uris", Self.callback), ("csrf", "x")])
    #expect(page.status == 403)
  }

  @Test(arguments: [
    ("https://us6.api.mailchimp.com/3.0/nothing", 401), ("https://people.googleapis.com/v1/people/me/connections", 401),
    ("https://people.googleapis.com/v1/other", 404), ("https://graph.microsoft.com/beta", 404),
    ("https://api.dropboxapi.com/2/users/get_current_account", 405), ("https://www.googleapis.com/", 404),
    ("https://login.mailchimp.com/", 404), ("https://x.y.api.mailchimp.com/3.0", 401),
  ])
  func whatIsNotThereOrNotOpenIsRefused(address: String, status: Int) {
    #expect(world.reply(.get, address).status == status)
  }

  private func base64(_ text: String) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    var result = ""
    let bytes = Array(text.utf8)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let chunk = bytes[start..<min(start + 3, bytes.count)]
      let bits = (Array(chunk) + [0, 0]).prefix(3).reduce(0) { $0 << 8 | Int($1) }
      for place in 0..<4 { result.append(place <= chunk.count ? alphabet[bits >> (18 - 6 * place) & 63] : "=") }
    }
    return result
  }
}
