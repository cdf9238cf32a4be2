import Primitives

/// Devices without a browser that wait for their users (documented: non-browser applications).
struct ZohoDeviceCodes: Codable {
  /// The oldest makes room.
  static let maximumCount = 1000

  /// How far a request has come.
  enum State: Codable, Hashable {
    case waiting
    case rejected
    case accepted(ZohoTokenStore.Session, withRefreshToken: Bool)
    /// Accepted by someone of another data centre, who has the tokens ready there.
    case elsewhere(location: String)
  }

  struct Entry: Codable, Hashable {
    let deviceCode: String
    /// What the user types.
    let userCode: String
    let clientID: String
    let scopes: ZohoScopes
    let isOffline: Bool
    let promptsConsent: Bool
    let expiry: Instant
    var polledAt: Instant?
    var state = State.waiting
  }

  private var entries: [Entry] = []

  mutating func add(_ entry: Entry) {
    entries.append(entry)
    if entries.count > Self.maximumCount { entries.removeFirst() }
  }

  subscript(deviceCode: String) -> Entry? { entries.first { $0.deviceCode == deviceCode } }

  /// The request a user may still answer; upper and lower case, spaces and hyphens alike.
  func waiting(userCode: String, at now: Instant) -> Entry? {
    let wanted = userCode.uppercased().filter { $0 != " " && $0 != "-" }
    return entries.first { $0.userCode == wanted && $0.state == .waiting && now < $0.expiry }
  }

  /// Changes an entry that is known; nothing for another.
  mutating func update(_ deviceCode: String, _ change: (inout Entry) -> Void) {
    guard let place = entries.firstIndex(where: { $0.deviceCode == deviceCode }) else { return }
    change(&entries[place])
  }

  mutating func remove(_ deviceCode: String) { entries.removeAll { $0.deviceCode == deviceCode } }

  mutating func removeAll(of clientID: String) { entries.removeAll { $0.clientID == clientID } }
}
