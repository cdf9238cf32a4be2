/// Servers of others that connections lead to: OAuth providers with a little of their API.
struct OutsideServices: Codable {
  /// Whether `host` (lower case, no port) is one of theirs.
  static func serves(_ host: String) -> Bool { false }
}
