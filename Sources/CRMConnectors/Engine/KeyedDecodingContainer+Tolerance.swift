/// Fields as hostile or sloppy servers send them: another type counts as absent.
extension KeyedDecodingContainer {
  func text(_ key: Key) -> String? { try? decodeIfPresent(String.self, forKey: key) }

  /// A whole number, also as text or with a fraction of zero.
  func integer(_ key: Key) -> Int64? {
    if let value = try? decodeIfPresent(Int64.self, forKey: key) { return value }
    return text(key).flatMap { Int64($0) }
  }
}
