import Primitives

/// One organisation's connections: the services it defined and those it is connected to; and its functions.
struct ZohoConnections: Codable {
  static let maximumServices = 100
  static let maximumConnections = 100
  static let maximumFunctions = 100

  /// Something connections lead to.
  struct Service: Codable, Hashable {
    /// Unique, lower case, as addresses have it.
    let id: String
    let name: String
    var oauth: OAuthService
    /// Which built-in service it is; nil for one the organisation defined.
    let builtIn: BuiltInService?
  }

  struct Connection: Codable, Hashable {
    let name: String
    /// What scripts call it.
    let link: String
    let serviceID: String
    let scopes: [String]
    /// nil for one that is not authorized.
    var tokens: OAuthTokens?
    /// Why the last attempt to authorize failed.
    var problem: String?
  }

  private(set) var services: [Service] = []
  private(set) var connections: [Connection] = []
  private(set) var functions: [ZohoFunction] = []

  /// One defined here, or built in.
  func service(_ id: String) -> Service? {
    services.first { $0.id == id } ?? BuiltInService(rawValue: id).map(\.service)
  }

  func connection(_ link: String) -> Connection? { connections.first { $0.link == link } }

  /// False where there is room for no more, or the id is taken.
  mutating func add(_ service: Service) -> Bool {
    guard services.count < Self.maximumServices, self.service(service.id) == nil else { return false }
    services.append(service)
    return true
  }

  /// False where there is room for no more, or the link name is taken.
  mutating func add(_ connection: Connection) -> Bool {
    guard connections.count < Self.maximumConnections, self.connection(connection.link) == nil else { return false }
    connections.append(connection)
    return true
  }

  /// Changes the connection of this link name; nothing for another.
  mutating func update(_ link: String, _ change: (inout Connection) -> Void) {
    guard let place = connections.firstIndex(where: { $0.link == link }) else { return }
    change(&connections[place])
  }

  mutating func removeConnection(_ link: String) { connections.removeAll { $0.link == link } }

  func function(_ name: String) -> ZohoFunction? { functions.first { $0.name == name } }

  /// False where there is room for no more, or the name is taken.
  mutating func add(_ function: ZohoFunction) -> Bool {
    guard functions.count < Self.maximumFunctions, self.function(function.name) == nil else { return false }
    functions.append(function)
    return true
  }

  /// Changes the function of this name; nothing for another.
  mutating func updateFunction(_ name: String, _ change: (inout ZohoFunction) -> Void) {
    guard let place = functions.firstIndex(where: { $0.name == name }) else { return }
    change(&functions[place])
  }

  mutating func removeFunction(_ name: String) { functions.removeAll { $0.name == name } }

  /// `my_mailchimp` of `My MailChimp!` (that link names are made so is documented; the letters allowed are assumed);
  /// nil where nothing is left.
  static func link(from name: String) -> String? {
    let words = name.lowercased().split { character in
      !(("a"..."z").contains(character) || ("0"..."9").contains(character))
    }
    let link = words.joined(separator: "_").prefix(60)
    return link.isEmpty ? nil : String(link)
  }
}
