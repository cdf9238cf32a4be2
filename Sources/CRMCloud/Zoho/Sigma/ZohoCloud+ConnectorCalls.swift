import HTTPTypes
import JSON
import Primitives

extension ZohoCloud {
  /// Asks for a function what the API `connector.api` says (documented: only once the connector is published and
  /// associated with an extension), if one of `zuids` made it.
  mutating func invokeConnector(
    _ name: String, _ values: JSONValue, for zuids: Set<String>, at centre: Int, _ now: Instant
  ) throws(ConnectorFailure) -> CloudResponse {
    let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
    let connector = centres[centre].sigma.connectors.first { connector in
      connector.link == parts.first && zuids.contains(connector.ownerZUID)
    }
    guard parts.count == 2, let connector, let api = connector.apis.first(where: { $0.link == parts[1] }) else {
      throw .unknown(name)
    }
    guard centres[centre].sigma.isInvokable(connector) else { throw .notPublished }
    return try call(api, of: connector, values, at: centre, now)
  }

  /// Asks what an API says, with the connector's token.
  mutating func call(
    _ api: ZohoConnector.API, of connector: ZohoConnector, _ values: JSONValue, at centre: Int, _ now: Instant
  ) throws(ConnectorFailure) -> CloudResponse {
    guard var tokens = connector.tokens else { throw .notAuthorized }
    let former = tokens
    let request = try ConnectorRequest(api, values)
    defer {
      if tokens != former {
        let renewed = tokens
        centres[centre].sigma.update(connector: connector.id) { held in
          if held.tokens == former { held.tokens = renewed }
        }
      }
    }
    do throws(OAuthFailure) {
      return try ask(
        request.method, request.address, request.fields, body: request.body, as: connector.oauth, &tokens, at: now)
    } catch {
      throw .oauth(error)
    }
  }
}

/// An API of a connector with its dynamic values filled in.
private struct ConnectorRequest {
  let method: HTTPRequest.Method
  let address: String
  private(set) var fields: HTTPFields = [:]
  let body: [UInt8]

  init(_ api: ZohoConnector.API, _ values: JSONValue) throws(ConnectorFailure) {
    method = HTTPRequest.Method(rawValue: api.method) ?? .get
    for header in api.headers {
      let value = try Self.filled(header.value, values, isEncoded: false)
      guard let name = HTTPField.Name(header.name), HTTPField.isValidValue(value) else { throw .malformedHeader }
      fields[name] = value
    }
    let url = try Self.filled(api.url, values, isEncoded: true)
    var pairs: [(name: String, value: String)] = []
    for parameter in api.parameters {
      pairs.append((PercentEncoding.encode(parameter.name), try Self.filled(parameter.value, values, isEncoded: false)))
    }
    let form = PercentEncoding.form(pairs)
    if form.isEmpty || [.get, .delete].contains(method) {
      address = form.isEmpty ? url : url + (url.contains("?") ? "&" : "?") + form
      body = []
    } else {
      address = url
      body = Array(form.utf8)
      fields[.contentType] = "application/x-www-form-urlencoded"
    }
  }

  /// The text with every `${name}` replaced by the map's value.
  private static func filled(
    _ text: String, _ values: JSONValue, isEncoded: Bool
  ) throws(ConnectorFailure) -> String {
    var result = ""
    var rest = text[...]
    while let dollar = rest.firstIndex(of: "$") {
      result += rest[..<dollar]
      let after = rest[rest.index(after: dollar)...]
      guard after.hasPrefix("{"), let end = after.firstIndex(of: "}") else {
        result += "$"
        rest = after
        continue
      }
      let name = String(after.dropFirst().prefix { $0 != "}" })
      guard let value = values[name] else { throw .missing(name) }
      let shown = String(DelugeText.text(of: value).prefix(10_000))
      result += isEncoded ? PercentEncoding.encode(shown) : shown
      rest = after[after.index(after: end)...]
    }
    return result + rest
  }
}
