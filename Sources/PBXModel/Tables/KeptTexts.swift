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
    guard place >= 0, place < lengths.count, lengths[place] == text.count else { return false }
    guard text.count <= Self.roomBytes else {
      return long[place]?.withUnsafeBytes { SIPText($0) == text } ?? false
    }
    return bytes.withUnsafeBytes { kept in
      let start = place &* Self.roomBytes
      guard start &+ Self.roomBytes <= kept.count else { return false }
      return Self.areEqual(UnsafeRawBufferPointer(rebasing: kept[start..<start &+ text.count]), text.bytes)
    }
  }

  /// Eight bytes at a time, for texts that are no longer than `roomBytes`: about a third of what `memcmp` costs with
  /// the way to it.
  @inline(__always)
  private static func areEqual(_ one: UnsafeRawBufferPointer, _ other: UnsafeRawBufferPointer) -> Bool {
    let count = one.count
    guard count >= 8 else {
      for index in 0..<count where one[index] != other[index] { return false }
      return true
    }
    var offset = 0
    while true {
      let word = one.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      guard word == other.loadUnaligned(fromByteOffset: offset, as: UInt64.self) else { return false }
      guard offset < count &- 8 else { return true }
      // The last word may overlap the one before.
      offset = min(offset &+ 8, count &- 8)
    }
  }
}
