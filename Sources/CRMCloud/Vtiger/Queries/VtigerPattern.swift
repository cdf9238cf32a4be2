/// A pattern of `like`: `%` for anything, `_` for one character, case not looked at.
struct VtigerPattern {
  private let bytes: [UInt8]

  init(_ text: String) { bytes = Array(text.lowercased().utf8) }

  func matches(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { utf8 in
      guard utf8.allSatisfy({ $0 < 128 }) else {
        return matches(Array(String(decoding: utf8, as: UTF8.self).lowercased().utf8)[...])
      }
      return matches(utf8[...])
    }
  }

  /// Goes back to the last `%` where it gets no further; that is enough, as an earlier one could take no less.
  private func matches<Bytes: RandomAccessCollection<UInt8>>(_ text: Bytes) -> Bool where Bytes.Index == Int {
    var (place, cursor) = (0, text.startIndex)
    var lastWildcard: (place: Int, cursor: Int)?
    while cursor < text.endIndex {
      if place < bytes.count, bytes[place] == UInt8(ascii: "%") {
        lastWildcard = (place, cursor)
        place += 1
      } else if place < bytes.count, bytes[place] == UInt8(ascii: "_") {
        place += 1
        cursor = Self.afterCharacter(at: cursor, of: text)
      } else if place < bytes.count, bytes[place] == Self.lowered(text[cursor]) {
        place += 1
        cursor += 1
      } else if let wildcard = lastWildcard {
        lastWildcard = (wildcard.place, wildcard.cursor + 1)
        (place, cursor) = (wildcard.place + 1, wildcard.cursor + 1)
      } else {
        return false
      }
    }
    return bytes[place...].allSatisfy { $0 == UInt8(ascii: "%") }
  }

  private static func lowered(_ byte: UInt8) -> UInt8 { (65...90).contains(byte) ? byte + 32 : byte }

  private static func afterCharacter<Bytes: RandomAccessCollection<UInt8>>(at index: Int, of text: Bytes) -> Int
  where Bytes.Index == Int {
    var next = index + 1
    while next < text.endIndex, text[next] & 0xc0 == 0x80 { next += 1 }
    return next
  }
}
