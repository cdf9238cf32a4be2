import CloudPages
import Primitives

/// What someone enters about a client, and what the console says is wrong with it (documented messages, KZ4's four).
struct ZohoClientForm {
  /// Redirect URIs of one client (assumed).
  static let maximumRedirectURIs = 20
  private static let maximumLength = 2000

  let kind: ZohoClient.Kind
  var name = ""
  var homepage = ""
  var redirectURIs: [String] = []
  var javaScriptDomain = ""
  /// In the older form a domain will do for the homepage.
  var takesDomain = false

  init(_ client: ZohoClient) {
    kind = client.kind
    name = client.name
    homepage = client.homepage
    redirectURIs = client.redirectURIs
    javaScriptDomain = client.javaScriptDomain
  }

  init(_ kind: ZohoClient.Kind, _ form: FormParameters) {
    self.kind = kind
    name = form["name"] ?? ""
    homepage = form["homepage"] ?? ""
    redirectURIs = (form["redirect_uris"] ?? "").split(whereSeparator: \.isWhitespace).map(String.init)
    javaScriptDomain = form["javascript_domain"] ?? ""
  }

  /// What is wrong, by the field's name; empty for nothing.
  var errors: [String: String] {
    var errors: [String: String] = [:]
    let isName =
      (1...100).contains(name.unicodeScalars.count) && name.contains { !$0.isWhitespace }
      && name.allSatisfy { $0.isLetter || $0.isNumber || $0 == " " || $0 == "_" || $0 == "&" }
    if !isName { errors["name"] = "Invalid client name: no special characters other than _ and &." }
    if !(Self.isAddress(homepage) || (takesDomain && Self.isHost(homepage))) {
      errors["homepage"] = "Invalid homepage URL: it begins with http:// or https://."
    }
    if kind.hasRedirectURIs {
      let isGood =
        (1...Self.maximumRedirectURIs).contains(redirectURIs.count)
        && redirectURIs.allSatisfy { Self.isAddress($0, takesAnyScheme: kind == .mobile) }
      if !isGood { errors["redirect_uris"] = "Invalid redirect URI: each begins with http:// or https://." }
    }
    if kind == .clientBased, !Self.isAddress(javaScriptDomain) {
      errors["javascript_domain"] = "Invalid JavaScript domain: it begins with http:// or https://."
    }
    return errors
  }

  var fields: [PageField] {
    let errors = errors
    return fields { errors[$0] ?? "" }
  }

  /// The fields of a form nobody has sent yet.
  var untouchedFields: [PageField] { fields { _ in "" } }

  private func fields(error: (String) -> String) -> [PageField] {
    var fields = [
      PageField("name", "Client Name", value: name, isRequired: true, error: error("name")),
      PageField(
        "homepage", takesDomain ? "Client Domain" : "Homepage URL", value: homepage, isRequired: true,
        error: error("homepage")),
    ]
    if kind.hasRedirectURIs {
      fields.append(
        PageField(
          "redirect_uris", takesDomain ? "Authorized redirect URIs" : "Authorized Redirect URIs", .multiline,
          value: redirectURIs.joined(separator: "\n"), isRequired: true, error: error("redirect_uris")))
    }
    if kind == .clientBased {
      fields.append(
        PageField(
          "javascript_domain", "JavaScript Domain", value: javaScriptDomain, isRequired: true,
          error: error("javascript_domain")))
    }
    return fields
  }

  /// Private addresses and ports are fine (documented), a fragment is not (RFC 6749 section 3.1.2).
  private static func isAddress(_ text: String, takesAnyScheme: Bool = false) -> Bool {
    guard text.utf8.count <= maximumLength, text.utf8.allSatisfy({ (0x21...0x7e).contains($0) }),
      !text.contains(where: { "\"<>\\#".contains($0) }), let mark = text.firstRange(of: "://")
    else { return false }
    let scheme = text[..<mark.lowerBound].lowercased()
    guard scheme == "http" || scheme == "https" else {
      // What a browser would run or show instead of leading there is no target.
      return takesAnyScheme && !["javascript", "data", "vbscript", "file"].contains(scheme) && isHost(scheme)
    }
    let authority = text[mark.upperBound...].prefix { !"/?".contains($0) }
    let parts = authority.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard let host = parts.first, isHost(host) else { return false }
    return parts.count == 1 || UInt16(parts[1]) != nil
  }

  private static func isHost(_ text: some StringProtocol) -> Bool {
    !text.isEmpty && text.utf8.count <= 253
      && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "." || $0 == "-") }
      && text.contains { $0.isLetter || $0.isNumber }
  }
}

extension ZohoClient.Kind {
  /// As the console calls the type.
  var title: String {
    switch self {
    case .serverBased: "Server-based Applications"
    case .clientBased: "Client-based Applications"
    case .mobile: "Mobile-based Applications"
    case .nonBrowser: "Non-browser Mobile Applications"
    case .selfClient: "Self Client"
    }
  }

  var hasRedirectURIs: Bool {
    switch self {
    case .serverBased, .clientBased, .mobile: true
    case .nonBrowser, .selfClient: false
    }
  }
}
