import FoundationEssentials

/// Fields as hostile or sloppy servers send them: another type counts as absent.
extension KeyedDecodingContainer {
  func text(_ key: Key) -> String? { try? decodeIfPresent(String.self, forKey: key) }

  /// A whole number, also as text or with a fraction of zero.
  func integer(_ key: Key) -> Int64? {
    if let value = try? decodeIfPresent(Int64.self, forKey: key) { return value }
    return text(key).flatMap { Int64($0) }
  }
}

enum ZohoJSON {
  /// `{"data":[record]}` with sorted keys, so that equal questions give equal bytes.
  static func insertion(of record: some Encodable) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // Encoding text and integers cannot fail; an empty body would be refused by the server, not sent in silence.
    return (try? encoder.encode(["data": [record]])).map(Array.init) ?? []
  }

  /// A record id: decimal text. Longer than 2^53, so one that came as a number may have been rounded on the way.
  static func isRecordID(_ text: String) -> Bool {
    (1...32).contains(text.utf8.count) && text.utf8.allSatisfy { (48...57).contains($0) }
  }
}
