import Primitives

/// One data centre's developer platform: connectors and extensions.
struct ZohoSigma: Codable {
  static let maximumConnectors = 500
  static let maximumExtensions = 500

  private(set) var connectors: [ZohoConnector] = []
  private(set) var extensions: [ZohoExtension] = []

  func connector(_ id: String) -> ZohoConnector? { connectors.first { $0.id == id } }
  func `extension`(_ id: String) -> ZohoExtension? { extensions.first { $0.id == id } }

  /// False where there is room for no more.
  mutating func add(_ connector: ZohoConnector) -> Bool {
    guard connectors.count < Self.maximumConnectors else { return false }
    connectors.append(connector)
    return true
  }

  /// Changes a connector that is known; nothing for another.
  mutating func update(connector id: String, _ change: (inout ZohoConnector) -> Void) {
    guard let place = connectors.firstIndex(where: { $0.id == id }) else { return }
    change(&connectors[place])
  }

  mutating func remove(connector id: String) {
    connectors.removeAll { $0.id == id }
    for place in extensions.indices { extensions[place].connectorIDs.removeAll { $0 == id } }
  }

  /// False where there is room for no more.
  mutating func add(_ addition: ZohoExtension) -> Bool {
    guard extensions.count < Self.maximumExtensions else { return false }
    extensions.append(addition)
    return true
  }

  /// Changes an extension that is known; nothing for another.
  mutating func update(extension id: String, _ change: (inout ZohoExtension) -> Void) {
    guard let place = extensions.firstIndex(where: { $0.id == id }) else { return }
    change(&extensions[place])
  }

  /// Whether functions may invoke a connector: it was published, and with it an extension it belongs to (documented).
  func isInvokable(_ connector: ZohoConnector) -> Bool {
    connector.isPublished && extensions.contains { $0.isPublished && $0.connectorIDs.contains(connector.id) }
  }
}

/// A connector: an OAuth 2 service, what it gave, and the addresses to be asked with it.
struct ZohoConnector: Codable, Hashable {
  static let maximumAPIs = 50

  let id: String
  let name: String
  /// First part of its APIs' unique identifiers.
  let link: String
  let ownerZUID: String
  var oauth: OAuthService
  var tokens: OAuthTokens?
  /// Why the last attempt to authorize failed.
  var problem: String?
  var isPublished = false
  var apis: [API] = []

  /// One address to be asked. `${name}` in its parts is filled in when it is (documented: dynamic values).
  struct API: Codable, Hashable {
    let name: String
    /// Last part of its unique identifier.
    let link: String
    let method: String
    let url: String
    let parameters: [Entry]
    let headers: [Entry]
    var lastResult: Result?
  }

  struct Entry: Codable, Hashable {
    let name: String
    let value: String
  }

  struct Result: Codable, Hashable {
    let at: Instant
    /// nil where no answer came.
    let status: Int?
    let text: String
  }
}

/// What carries connectors to the organisations that use them.
struct ZohoExtension: Codable, Hashable {
  let id: String
  let name: String
  let ownerZUID: String
  var connectorIDs: [String] = []
  var isPublished = false
}

/// Why a connector was not asked.
enum ConnectorFailure: Error, Hashable {
  case unknown(String)
  case notPublished
  case notAuthorized
  case missing(String)
  case malformedHeader
  case oauth(OAuthFailure)

  var text: String {
    switch self {
    case .unknown(let name): "There is no connector API \(name.prefix(120))."
    case .notPublished: "The connector is not published with an extension."
    case .notAuthorized: "The connector is not authorized."
    case .missing(let name): "No value is given for ${\(name.prefix(60))}."
    case .malformedHeader: "A header is malformed."
    case .oauth(let failure): failure.text
    }
  }
}
