import FoundationEssentials
import HTTPTypes
import JSON
import Primitives

extension DescribedDialect {
  /// A request of an operation. One that the description lacks, for a table that a site should not have chosen, goes to
  /// the server's own address and finds nothing there.
  func request(
    _ described: DescribedRequest?, _ purpose: CRMRequest.Purpose, _ bindings: DescribedBindings
  ) -> DialectRequest {
    let nothing = DescribedRequest(method: .get, path: DescribedTemplate(literal: "/"))
    return request(described ?? nothing, purpose, bindings, shows: described != nil)
  }

  /// - Parameter shows: whether what lets the user in goes with it.
  func request(
    _ described: DescribedRequest, _ purpose: CRMRequest.Purpose, _ bindings: DescribedBindings, shows: Bool
  ) -> DialectRequest {
    let authentication = description.authentication
    let query = described.query + (shows ? authentication.query : [])
    var form: [DescribedValue.Member]?
    switch described.body {
    case .form(let members): form = members + (shows ? authentication.form : [])
    case .none, .json: break
    }
    let address = described.address.flatMap { try? ServerAddress($0.filled(bindings)) } ?? server
    var path = address.path + described.path.filled(bindings, escape: PercentEncoding.encode)
    let pairs = query.filled(bindings)
    if !pairs.isEmpty { path += "?" + Self.form(pairs) }
    var request = HTTPRequest(
      method: described.method.value, scheme: address.scheme, authority: address.authority, path: path)
    for field in (described.headers + (shows ? authentication.headers : [])).filled(bindings) {
      guard let name = HTTPField.Name(field.name) else { continue }
      request.headerFields[name] = String(String.UnicodeScalarView(field.value.unicodeScalars.filter(\.isPrintable)))
    }
    if shows { request.headerFields[.authorization] = basic(bindings) ?? request.headerFields[.authorization] }
    var body: [UInt8] = []
    if let form {
      body = Array(Self.form(form.filled(bindings)).utf8)
      request.headerFields[.contentType] = "application/x-www-form-urlencoded"
    } else if case .json(let value) = described.body {
      body = (value.filled(bindings) ?? .object([])).bytes()
      if request.headerFields[.contentType] == nil { request.headerFields[.contentType] = "application/json" }
    }
    return DialectRequest(
      purpose: purpose, request: request, body: body, secretFields: secretFields(query + (form ?? [])))
  }

  private func basic(_ bindings: DescribedBindings) -> String? {
    switch description.authentication.way {
    case .basic(let user, let password, _):
      "Basic " + Data((user.filled(bindings) + ":" + password.filled(bindings)).utf8).base64EncodedString()
    case .parameters, .login: nil
    }
  }

  /// Names are the author's and can hold brackets, so they are encoded too.
  private static func form(_ pairs: [(name: String, value: String)]) -> String {
    PercentEncoding.form(pairs.map { (PercentEncoding.encode($0.name), $0.value) })
  }

  /// The fields that show a token or a secret parameter, as they stand in the encoded text.
  private func secretFields(_ members: [DescribedValue.Member]) -> Set<String> {
    let secret = members.filter { $0.value.variables.contains(where: description.isSecret) }
    return Set(secret.map { PercentEncoding.encode($0.name) })
  }
}

extension ConnectorDescription {
  /// Whether nobody may see the variable's values: what a login gave, and what was entered as a secret.
  public func isSecret(_ variable: DescribedVariable) -> Bool {
    switch variable {
    case .builtIn(let word): word == .token
    case .parameter(let name): parameters.first { $0.name == name }?.kind == .secret
    }
  }
}

extension Unicode.Scalar {
  fileprivate var isPrintable: Bool { properties.generalCategory != .control }
}
