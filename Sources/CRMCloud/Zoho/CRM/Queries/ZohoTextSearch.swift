/// Looks for a text within others, upper and lower case alike, without making a string for each.
struct ZohoTextSearch {
  private let needle: [UInt8]
  private let isASCII: Bool

  init(_ text: String) {
    needle = Array(text.lowercased().utf8)
    isASCII = needle.allSatisfy { $0 < 128 }
  }

  func isIn(_ text: String) -> Bool {
    guard !needle.isEmpty else { return true }
    guard isASCII else { return Self.isIn(Array(text.lowercased().utf8)[...], needle) }
    return text.utf8.withContiguousStorageIfAvailable { Self.isIn($0, needle) } ?? Self.isIn(Array(text.utf8), needle)
  }

  private static func isIn<Bytes: RandomAccessCollection<UInt8>>(_ bytes: Bytes, _ needle: [UInt8]) -> Bool
  where Bytes.Index == Int {
    guard bytes.count >= needle.count else { return false }
    let last = bytes.endIndex - needle.count
    var start = bytes.startIndex
    while start <= last {
      var index = 0
      while index < needle.count, lower(bytes[start + index]) == needle[index] { index += 1 }
      if index == needle.count { return true }
      start += 1
    }
    return false
  }

  private static func lower(_ byte: UInt8) -> UInt8 { (65...90).contains(byte) ? byte | 0x20 : byte }
}

/// `%` stands for any text, also for none; everything else for itself, upper and lower case alike.
struct ZohoLikePattern {
  private let parts: [[Character]]

  init(_ text: String) {
    parts = text.lowercased().split(separator: "%", omittingEmptySubsequences: false).map(Array.init)
  }

  /// Goes through the text once for each part.
  func matches(_ text: String) -> Bool {
    let text = Array(text.lowercased())
    guard let first = parts.first, let last = parts.last else { return text.isEmpty }
    guard parts.count > 1 else { return text == first }
    guard text.count >= first.count + last.count, text.starts(with: first), text.suffix(last.count) == last[...] else {
      return false
    }
    var rest = text[first.count..<(text.count - last.count)]
    for part in parts.dropFirst().dropLast() where !part.isEmpty {
      var start = rest.startIndex
      while start + part.count <= rest.endIndex, rest[start..<start + part.count] != part[...] { start += 1 }
      guard start + part.count <= rest.endIndex else { return false }
      rest = rest[(start + part.count)...]
    }
    return true
  }
}
