import CloudPages
import HTTPTypes
import JSON
import Primitives

extension ZohoCloud {
  /// One connector with all that can be done to it.
  func connectorPage(
    _ connector: ZohoConnector, _ visit: SigmaVisit, at centre: Int, _ now: Instant
  ) -> CloudResponse {
    let notices: [PageNotice] =
      if let problem = connector.problem {
        [PageNotice(.error, problem)]
      } else {
        [Self.notice(connector, at: now)].compactMap { $0 }
      }
    let isInvokable = centres[centre].sigma.isInvokable(connector)
    var blocks: [PageBlock] = [
      .facts([
        PageFact(id: "authorization", "Authorization", Self.authorization(of: connector, at: now)),
        PageFact(
          id: "published", "Published",
          isInvokable ? "Yes, with an extension" : connector.isPublished ? "Yes, but with no extension yet" : "No"),
        PageFact(id: "client-id", "Client ID", connector.oauth.clientID, target: connector.path + "/credentials"),
        PageFact(id: "request-url", "Request Token URL", connector.oauth.requestURL),
        PageFact(id: "access-url", "Access Token URL", connector.oauth.accessTokenURL),
        PageFact(id: "refresh-url", "Refresh Token URL", connector.oauth.refreshTokenURL),
      ]),
      .links([PageLink("Client Credentials", connector.path + "/credentials")]),
      visit.form("authorize", connector.path + "/authorize", "Authorize Connector"),
    ]
    for api in connector.apis { blocks.append(Self.section(api, connector, visit)) }
    blocks += [
      .links([PageLink("Add a connector API", connector.path + "/apis")]),
      visit.form("publish", connector.path + "/publish", "Publish connector"),
      visit.form("delete", connector.path + "/delete", "Delete connector"),
    ]
    return visit.page(connector.name, notices: notices, blocks)
  }

  private static func authorization(of connector: ZohoConnector, at now: Instant) -> String {
    guard let tokens = connector.tokens else { return "Not authorized" }
    if tokens.refreshToken != nil { return "Authorized" }
    guard let expiry = tokens.expiry else { return "Authorized" }
    return tokens.isExpired(at: now)
      ? "Expired: authorize again"
      : "Authorized until \(OffsetTimestamp(expiry, utcOffsetSeconds: 0)), without a refresh token"
  }

  private static func notice(_ connector: ZohoConnector, at now: Instant) -> PageNotice? {
    guard let tokens = connector.tokens else { return nil }
    if tokens.refreshToken != nil || tokens.expiry == nil {
      return PageNotice(.success, "The connector is authorized.")
    }
    return tokens.isExpired(at: now)
      ? PageNotice(.error, OAuthFailure.expired.text)
      : PageNotice(.information, "Authorized for one access token's life: no refresh token came with it.")
  }

  private static func section(_ api: ZohoConnector.API, _ connector: ZohoConnector, _ visit: SigmaVisit) -> PageBlock {
    let path = connector.path(of: api)
    var blocks: [PageBlock] = [
      .facts([
        PageFact(id: "identifier-" + api.link, "API Unique Identifier", connector.link + "." + api.link),
        PageFact(id: "request-" + api.link, "Request", api.method + " " + api.url),
      ]),
      visit.form(
        "execute-" + api.link, path + "/execute",
        fields: api.dynamicNames.map { PageField("value-" + $0, $0, isRequired: true) }, "Execute"),
    ]
    if let result = api.lastResult {
      blocks += [
        .facts([PageFact(id: "status-" + api.link, "Status", result.status.map { String($0) } ?? "No answer")]),
        .code(id: "result-" + api.link, label: "Response", text: result.text),
      ]
    }
    blocks.append(visit.form("delete-" + api.link, path + "/delete", "Delete API"))
    return .section(id: "api-" + api.link, title: api.name, blocks)
  }

  /// The form of an API, and what Save does.
  mutating func newAPI(
    _ request: CloudRequest, _ connector: ZohoConnector, _ visit: SigmaVisit, at centre: Int
  ) -> CloudResponse {
    let form = request.form
    var errors: [String: String] = [:]
    if request.method == .post {
      let link = ZohoConnections.link(from: form["name"] ?? "")
      if link == nil { errors["name"] = "Enter a name with a letter or digit." }
      if connector.apis.contains(where: { $0.link == link }) { errors["name"] = "There is an API of this name." }
      let method = form["method"] ?? ""
      if !Self.methods.contains(method) { errors["method"] = "Choose a method." }
      let url = form["url"] ?? ""
      if let address = WebAddress(url) {
        if !address.isServed { errors["url"] = InnerRequestFailure.notSimulated(host: address.host).text }
      } else {
        errors["url"] = InnerRequestFailure.malformedAddress.text
      }
      if connector.apis.count >= ZohoConnector.maximumAPIs { errors["name"] = "There is room for no more APIs." }
      if errors.isEmpty, let link {
        let api = ZohoConnector.API(
          name: String((form["name"] ?? "").prefix(100)), link: link, method: method, url: url,
          parameters: Self.entries(form["parameters"]), headers: Self.entries(form["headers"]))
        centres[centre].sigma.update(connector: connector.id) { $0.apis.append(api) }
        return .redirect(to: connector.path, status: 303)
      }
    }
    func field(_ name: String, _ label: String, _ kind: PageField.Kind = .text, hint: String = "") -> PageField {
      PageField(name, label, kind, value: form[name] ?? "", hint: hint, error: errors[name] ?? "")
    }
    let options = Self.methods.map { PageOption($0, $0, isChosen: $0 == form["method"]) }
    let fields = [
      field("name", "API Name"), field("method", "Method", .choice(options)),
      field("url", "URL", .url, hint: "${name} stands for a value given when the API is asked."),
      field("parameters", "Parameters", .multiline, hint: "One a line: name=value"),
      field("headers", "Headers", .multiline, hint: "One a line: orgId=650000001"),
    ]
    return visit.page(
      "Add a connector API", status: errors.isEmpty ? 200 : 400,
      [visit.form("new-api", connector.path + "/apis", fields: fields, "Save")])
  }

  private static let methods = ["GET", "POST", "PUT", "PATCH", "DELETE"]

  /// `name=value` a line.
  private static func entries(_ text: String?) -> [ZohoConnector.Entry] {
    (text ?? "").split(whereSeparator: \.isNewline).prefix(30).compactMap { line in
      let halves = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard halves.count == 2, !halves[0].isEmpty else { return nil }
      return ZohoConnector.Entry(name: String(halves[0].prefix(200)), value: String(halves[1].prefix(4000)))
    }
  }

  /// Execute and Delete of one API.
  mutating func act(
    _ request: CloudRequest, onAPIOf connector: ZohoConnector, _ visit: SigmaVisit, at centre: Int, _ now: Instant
  ) -> CloudResponse {
    guard let api = connector.apis.first(where: { $0.link == visit.parts[2] }) else {
      return visit.refusal(404, "The connector has no such API.")
    }
    switch visit.parts[3] {
    case "delete":
      centres[centre].sigma.update(connector: connector.id) { held in held.apis.removeAll { $0.link == api.link } }
    case "execute":
      let form = request.form
      let values = api.dynamicNames.compactMap { name in
        form["value-" + name].map { JSONValue.Member(name, .string($0)) }
      }
      let result: ZohoConnector.Result
      do throws(ConnectorFailure) {
        let answer = try call(api, of: connector, .object(values), at: centre, now)
        result = ZohoConnector.Result(
          at: now, status: answer.response.status.code,
          text: String(String(decoding: answer.body, as: UTF8.self).prefix(100_000)))
      } catch {
        result = ZohoConnector.Result(at: now, status: nil, text: error.text)
      }
      centres[centre].sigma.update(connector: connector.id) { held in
        guard let place = held.apis.firstIndex(where: { $0.link == api.link }) else { return }
        held.apis[place].lastResult = result
      }
    case _: return visit.notFound
    }
    return .redirect(to: connector.path + "#api-" + api.link, status: 303)
  }
}

extension ZohoConnector.API {
  /// Names that stand as `${name}` in its parts, each once.
  var dynamicNames: [String] {
    var names: [String] = []
    for text in [url] + parameters.map(\.value) + headers.map(\.value) {
      for piece in text.split(separator: "${", omittingEmptySubsequences: false).dropFirst().prefix(20) {
        guard piece.contains("}") else { continue }
        let name = String(piece.prefix { $0 != "}" })
        if !names.contains(name) { names.append(name) }
      }
    }
    return names
  }
}
