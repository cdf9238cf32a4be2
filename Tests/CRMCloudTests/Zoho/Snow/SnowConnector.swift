import Primitives

/// Snow Integration Manager's connector for Zoho CRM as its guide describes it: a client that sees nothing of the
/// cloud but answers. Events in, what to do next out.
struct SnowConnector {
  /// What its form holds.
  var isActive = true
  var clientID: String
  var clientSecret: String
  var accounts = "accounts.zoho.com"
  /// The embedded window closes when it gets there.
  static let redirect = "https://snow.example/callback"
  /// The guide's own request has no `prompt=consent`: hence its missing refresh token.
  var prompt: String?

  enum Event {
    case getToken
    /// The embedded window came to the redirect.
    case returned(String)
    case aggregate
    case answer(status: Int, text: String)
  }

  enum Effect: Equatable {
    case openWindow(String)
    case post(String, form: String)
    case get(String, token: String)
    case done(String)
    case failed(String)
  }

  private enum Waiting { case nothing, tokens, renewal, page(Int) }

  private(set) var refreshToken: String?
  private(set) var users: [String] = []
  private(set) var log: [String] = []
  private var api = ""
  private var waiting = Waiting.nothing
  private var token = ""

  init(clientID: String, clientSecret: String) {
    self.clientID = clientID
    self.clientSecret = clientSecret
  }

  mutating func handle(_ event: Event) -> Effect {
    switch event {
    case .getToken:
      var pairs = [
        ("scope", "ZohoCRM.users.READ"), ("client_id", clientID), ("response_type", "code"),
        ("access_type", "offline"), ("redirect_uri", Self.redirect),
      ]
      if let prompt { pairs.append(("prompt", prompt)) }
      return .openWindow("https://\(accounts)/oauth/v2/auth?" + PercentEncoding.form(pairs))
    case .returned(let address):
      if let error = address.parameter("error") { return fail("Authorization was refused: \(error)") }
      guard let code = address.parameter("code") else { return fail("The window closed without a code") }
      waiting = .tokens
      return post([("grant_type", "authorization_code"), ("code", code), ("redirect_uri", Self.redirect)])
    case .aggregate:
      guard isActive else { return .failed("The connector is not active") }
      guard let refreshToken else { return fail("There is no token: use Get Token") }
      users = []
      waiting = .renewal
      return post([("grant_type", "refresh_token"), ("refresh_token", refreshToken)])
    case .answer(let status, let text): return answered(status, text)
    }
  }

  private mutating func answered(_ status: Int, _ text: String) -> Effect {
    let expected = waiting
    waiting = .nothing
    switch expected {
    case .nothing: return fail("Nothing was asked")
    case .tokens:
      if let error = text.member("error") { return fail("Token authorization failed: \(error)") }
      guard let refreshToken = text.member("refresh_token") else {
        return fail("No ZoHo refresh token was included with the authorization response")
      }
      self.refreshToken = refreshToken
      return .done("Token authorization succeeded")
    case .renewal:
      guard let token = text.member("access_token") else {
        return fail("Token authorization failed: \(text.member("error") ?? "no token")")
      }
      self.token = token
      api = text.member("api_domain") ?? ""
      return ask(page: 1)
    case .page(let number):
      if status == 204 { return .done("Aggregation succeeded: \(users.count) users") }
      guard status == 200 else { return fail("Aggregation failed: \(status) \(text.member("code") ?? "")") }
      users += text.split(separator: #""full_name":""#).dropFirst().map { String($0.prefix { $0 != "\"" }) }
      return text.contains(#""more_records":true"#)
        ? ask(page: number + 1) : .done("Aggregation succeeded: \(users.count) users")
    }
  }

  private mutating func ask(page: Int) -> Effect {
    waiting = .page(page)
    return .get("\(api)/crm/v2/users?type=ActiveUsers&page=\(page)", token: token)
  }

  private func post(_ pairs: [(name: String, value: String)]) -> Effect {
    .post(
      "https://\(accounts)/oauth/v2/token",
      form: PercentEncoding.form(pairs + [("client_id", clientID), ("client_secret", clientSecret)]))
  }

  private mutating func fail(_ text: String) -> Effect {
    log.append(text)
    return .failed(text)
  }
}

extension String {
  /// The first member of this name whose value is text.
  fileprivate func member(_ name: String) -> String? {
    guard let start = firstRange(of: "\"\(name)\":\"") else { return nil }
    return String(self[start.upperBound...].prefix { $0 != "\"" })
  }
}
