import CRMConnectors

/// `authentication:` of a description.
struct DescribedAuthenticationReader {
  let words: DescribedWords

  private enum Kind: String, CaseIterable {
    case none, header, basic, login
    case oauthRefresh = "oauth-refresh"
  }

  /// Whether sessions have a token, before anything else is read.
  static func hasLogin(_ entry: Entry) -> Bool {
    guard case .mapping(let pairs) = entry.value.content,
      case .scalar(let kind, _)? = pairs.first(where: { $0.key == "kind" })?.value.content
    else { return true }
    return kind == Kind.login.rawValue || kind == Kind.oauthRefresh.rawValue
  }

  func read(_ entry: Entry) -> DescribedAuthentication? {
    guard case .mapping(let pairs) = entry.value.content,
      let word = pairs.first(where: { $0.key == "kind" })
    else {
      entry.report(
        "the key `kind` is missing", remedy: "one of \(Kind.allCases.map(\.rawValue).joined(separator: ", "))")
      return nil
    }
    let kindEntry = Entry(value: word.value, keyPath: entry.keyPath + ".kind", errors: entry.errors)
    guard let kind = kindEntry.choice(of: Kind.self) else { return nil }
    switch kind {
    case .none: return parameters(entry, keys: ["kind", "check"])
    case .header: return parameters(entry, keys: ["kind", "check", "send"])
    case .basic: return basic(entry)
    case .login: return login(entry)
    case .oauthRefresh: return oauth(entry)
    }
  }

  private func parameters(_ entry: Entry, keys: [String]) -> DescribedAuthentication? {
    guard let mapping = entry.mapping(keys: keys) else { return nil }
    let check = mapping.required("check").flatMap(DescribedRequestReader(words: words, scope: .check).read)
    let send = keys.contains("send") ? mapping.required("send") : nil
    guard let check else { return nil }
    var authentication = DescribedAuthentication(way: .parameters(check: check))
    send.map { read($0, into: &authentication) }
    return authentication
  }

  private func basic(_ entry: Entry) -> DescribedAuthentication? {
    guard let mapping = entry.mapping(keys: ["kind", "check", "user", "password"]) else { return nil }
    let check = mapping.required("check").flatMap(DescribedRequestReader(words: words, scope: .check).read)
    let user = mapping.required("user").flatMap { words.template($0, in: .check) }
    let password = mapping.required("password").flatMap { words.template($0, in: .check) }
    guard let check, let user, let password else { return nil }
    return DescribedAuthentication(way: .basic(user: user, password: password, check: check))
  }

  private func login(_ entry: Entry) -> DescribedAuthentication? {
    let keys = ["kind", "request", "token", "expiresIn", "lifetimeSeconds", "user", "send"]
    guard let mapping = entry.mapping(keys: keys) else { return nil }
    let request = mapping.required("request").flatMap(DescribedRequestReader(words: words, scope: .login).read)
    let token = mapping.required("token")?.path(plural: false)
    let send = mapping.required("send")
    guard let request, let token else { return nil }
    let login = DescribedLogin(
      request: request, token: token, expiresIn: mapping["expiresIn"]?.path(plural: false),
      lifetimeSeconds: mapping["lifetimeSeconds"]?.integer(in: 10...31_536_000),
      user: mapping["user"]?.path(plural: false))
    var authentication = DescribedAuthentication(way: .login(login))
    send.map { read($0, into: &authentication) }
    if let send, !words.used.contains(.builtIn(.token)) {
      send.report("the login's token is sent nowhere", remedy: "write {{Token}}, as \"Bearer {{Token}}\"")
    }
    return authentication
  }

  /// RFC 6749 section 6, in a form; the token then goes into `Authorization: Bearer`.
  private func oauth(_ entry: Entry) -> DescribedAuthentication? {
    let keys = ["kind", "address", "path", "clientID", "clientSecret", "refreshToken", "send"]
    guard let mapping = entry.mapping(keys: keys) else { return nil }
    func field(_ key: String, _ name: String) -> DescribedValue.Member? {
      mapping.required(key).flatMap { words.template($0, in: .login) }.map { .init(name, .template($0)) }
    }
    let path = mapping.required("path").flatMap { words.template($0, in: .login) }
    let fields = [
      field("clientID", "client_id"), field("clientSecret", "client_secret"), field("refreshToken", "refresh_token"),
    ].compactMap { $0 }
    let token = AnswerPath("access_token")
    guard let path, let token else { return nil }
    var request = DescribedRequest(method: .post, path: path)
    request.address = mapping["address"].flatMap { words.template($0, in: .login) }
    request.body = .form([.init("grant_type", .template(DescribedTemplate(literal: "refresh_token")))] + fields)
    let login = DescribedLogin(
      request: request, token: token, expiresIn: AnswerPath("expires_in"), lifetimeSeconds: nil, user: nil)
    var authentication = DescribedAuthentication(way: .login(login))
    if let send = mapping["send"] {
      read(send, into: &authentication)
    } else if let bearer = words.template("Bearer {{Token}}", at: entry, in: .send) {
      authentication.headers = [.init("Authorization", .template(bearer))]
    }
    return authentication
  }

  private func read(_ entry: Entry, into authentication: inout DescribedAuthentication) {
    guard let mapping = entry.mapping(keys: ["headers", "query", "form"]) else { return }
    let values = DescribedValueReader(words: words, scope: .send)
    let requests = DescribedRequestReader(words: words, scope: .send)
    authentication.headers = mapping["headers"].map { requests.headers($0, values) } ?? []
    authentication.query = mapping["query"].map(values.members) ?? []
    authentication.form = mapping["form"].map(values.members) ?? []
    if authentication.headers.isEmpty, authentication.query.isEmpty, authentication.form.isEmpty {
      entry.report("nothing is sent", remedy: "write `headers`, `query` or `form` with what lets the user in")
    }
  }
}
