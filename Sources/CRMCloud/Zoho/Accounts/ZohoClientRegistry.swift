import Primitives

/// A client of the OAuth server, as registered in the console.
struct ZohoClient: Codable, Hashable {
  /// Documented: the console's client types.
  enum Kind: String, Codable, Hashable, CaseIterable {
    case serverBased, clientBased, mobile, nonBrowser, selfClient
  }

  let id: String
  var kind: Kind
  var name: String
  var homepage: String
  /// Compared character by character (documented).
  var redirectURIs: [String]
  /// Who registered it, in whose console it stands; nil for nobody in its home.
  let ownerZUID: String?
  /// Location of the data centre whose console it was registered in.
  let home: String
  /// Its secret in every data centre where it is enabled, by location; the home's among them (documented: Multi-DC).
  var secrets: [String: Secret]
  /// Whose pages a script may run on; of client-based applications.
  var javaScriptDomain = ""
}

/// Every client of every data centre: the console is one, and a client can be enabled in several.
struct ZohoClientRegistry: Codable {
  /// Clients of one account (assumed).
  static let maximumPerOwner = 100

  private(set) var clients: [ZohoClient] = []
  private var places: [String: Int] = [:]

  subscript(id: String) -> ZohoClient? { places[id].map { clients[$0] } }

  /// False if the id is taken.
  mutating func add(_ client: ZohoClient) -> Bool {
    guard places[client.id] == nil else { return false }
    places[client.id] = clients.count
    clients.append(client)
    return true
  }

  /// What stands in a person's console, in the order registered.
  func clients(of owner: String, home: String) -> [ZohoClient] {
    clients.filter { $0.ownerZUID == owner && $0.home == home }
  }

  /// Changes a client that is known; nothing for another.
  mutating func update(_ id: String, _ change: (inout ZohoClient) -> Void) {
    guard let place = places[id] else { return }
    change(&clients[place])
  }

  mutating func remove(_ id: String) {
    guard let place = places.removeValue(forKey: id) else { return }
    clients.remove(at: place)
    for (id, other) in places where other > place { places[id] = other - 1 }
  }

  /// The client if it is enabled in the data centre.
  func client(_ id: String, in location: String) -> ZohoClient? {
    self[id].flatMap { $0.secrets[location] == nil ? nil : $0 }
  }

  func isSecret(_ secret: String, of id: String, in location: String) -> Bool {
    self[id]?.secrets[location] == Secret(secret)
  }
}
