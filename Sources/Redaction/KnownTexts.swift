/// Texts to be replaced wherever they stand, found in one pass however many they are.
struct KnownTexts: Sendable {
  private struct Text {
    let bytes: [UInt8]
    let replacement: [UInt8]
  }

  /// By their first four bytes; the longest first, so that a text is found before one it begins with.
  private var texts: [UInt32: [Text]] = [:]

  /// - Parameter text: at least four bytes; a shorter one is not kept.
  mutating func add(_ text: String, _ replacement: String) {
    let bytes = Array(text.utf8)
    guard let key = Self.key(bytes, 0) else { return }
    let place = texts[key]?.firstIndex { $0.bytes.count < bytes.count } ?? texts[key]?.count ?? 0
    texts[key, default: []].insert(Text(bytes: bytes, replacement: Array(replacement.utf8)), at: place)
  }

  mutating func remove(_ text: String) {
    let bytes = Array(text.utf8)
    guard let key = Self.key(bytes, 0) else { return }
    texts[key]?.removeAll { $0.bytes == bytes }
  }

  func replacing(in bytes: [UInt8]) -> [UInt8] {
    guard !texts.isEmpty else { return bytes }
    var result: [UInt8] = []
    var copied = 0
    var at = 0
    while let key = Self.key(bytes, at) {
      guard let found = texts[key]?.first(where: { bytes[at...].starts(with: $0.bytes) }) else {
        at += 1
        continue
      }
      result += bytes[copied..<at]
      result += found.replacement
      at += found.bytes.count
      copied = at
    }
    return copied == 0 ? bytes : result + bytes[copied...]
  }

  private static func key(_ bytes: [UInt8], _ at: Int) -> UInt32? {
    guard at + 4 <= bytes.count else { return nil }
    return UInt32(bytes[at]) << 24 | UInt32(bytes[at + 1]) << 16 | UInt32(bytes[at + 2]) << 8 | UInt32(bytes[at + 3])
  }
}
