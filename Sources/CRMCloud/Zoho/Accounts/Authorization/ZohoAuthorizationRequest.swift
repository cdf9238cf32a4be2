import Primitives

/// What a client asks of `/oauth/v2/auth`, checked.
struct ZohoAuthorizationRequest {
  /// What cannot be told to the client, because where to tell it is what is in doubt (documented: a page says it).
  enum Failure: Error, Hashable {
    case client, redirectURI, responseType
    /// The first scope that is not known; empty where there is none or there are too many.
    case scope(String)
  }

  let client: ZohoClient
  let redirectURI: String
  let scopes: ZohoScopes
  /// `response_type=token`: the access token itself, for scripts in a browser.
  let answersWithToken: Bool
  /// `access_type=offline`; anything else is `online`, the default (documented).
  let isOffline: Bool
  /// `prompt=consent` (documented); other values ask for nothing (assumed).
  let promptsConsent: Bool
  let state: String?

  private static let names = [
    "client_id", "redirect_uri", "response_type", "scope", "access_type", "prompt", "state",
  ]
  /// As they came, for the forms of the pages in between.
  let parameters: [(name: String, value: String)]

  /// Where a parameter stands twice the first counts, for what is checked and for what is done (assumed).
  init(_ parameters: FormParameters, _ clients: ZohoClientRegistry, in location: String) throws(Failure) {
    guard let client = parameters["client_id"].flatMap({ clients.client($0, in: location) }) else { throw .client }
    guard let redirectURI = parameters["redirect_uri"], client.redirectURIs.contains(redirectURI) else {
      throw .redirectURI
    }
    // Only scripts, which can keep no secret, are answered with a token, and they with nothing else (documented).
    guard parameters["response_type"] == (client.kind == .clientBased ? "token" : "code") else {
      throw .responseType
    }
    let scopes = ZohoScopes([parameters["scope"] ?? ""])
    if let name = scopes.unknownName { throw .scope(name) }
    self.client = client
    self.redirectURI = redirectURI
    self.scopes = scopes
    answersWithToken = client.kind == .clientBased
    isOffline = parameters["access_type"] == "offline"
    promptsConsent = parameters["prompt"] == "consent"
    state = parameters["state"]
    self.parameters = Self.names.compactMap { name in parameters[name].map { (name, $0) } }
  }

  /// The redirect URI with an answer: in the query, or for a token in the fragment, which no server sees.
  func answer(_ pairs: [(name: String, value: String)]) -> CloudResponse {
    let pairs = pairs + (state.map { [("state", $0)] } ?? [])
    let mark = answersWithToken ? "#" : redirectURI.contains("?") ? "&" : "?"
    return .redirect(to: redirectURI + mark + PercentEncoding.form(pairs))
  }
}
