import SIP

/// A text for each of a table's places, kept in one piece of memory that grows with the table alone.
///
/// For texts that are only compared: a look at one costs no reference count.
struct KeptTexts: Sendable {
  /// Longer ones are kept apart.
  private static let roomBytes = 64

  private var bytes: [UInt8] = []
  private var lengths: [Int] = []
  private var long: [Int: [UInt8]] = [:]

  /// Places are small numbers, for room is kept for each below the largest.
  mutating func set(_ text: SIPText, at place: Int) {
    while lengths.count <= place {
      lengths.append(0)
      bytes.append(contentsOf: repeatElement(0, count: Self.roomBytes))
    }
    if lengths[place] > Self.roomBytes { long[place] = nil }
    lengths[place] = text.count
    guard text.count <= Self.roomBytes else {
      long[place] = Array(text.bytes)
      return
    }
    bytes.withUnsafeMutableBytes {
      UnsafeMutableRawBufferPointer(rebasing: $0[(place * Self.roomBytes)...]).copyMemory(from: text.bytes)
    }
  }

  /// Whether the text set there is this one, byte for byte; false for a place without one.
  func has(_ text: SIPText, at place: Int) -> Bool {
    guard lengths.indices.contains(place), lengths[place] == text.count else { return false }
    guard text.count <= Self.roomBytes else {
      return long[place]?.withUnsafeBytes { SIPText($0) == text } ?? false
    }
    let start = place &* Self.roomBytes
    return bytes.withUnsafeBytes { SIPText(UnsafeRawBufferPointer(rebasing: $0[start..<start &+ text.count])) == text }
  }
}
