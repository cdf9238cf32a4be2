/// The line feeds of a text in their order, found thirty-two bytes at a time.
struct LineEnds {
  /// Bytes that one word of hits stands for; two of them are looked at in one step.
  private static let halfByteCount = 16

  private let base: UnsafeRawPointer
  private let count: Int
  /// Where the bytes begin that `hits` stands for.
  private var place: Int
  /// Line feeds among them that have not been handed out: bit 4 × n stands for byte n.
  private var hits: UInt64 = 0
  /// The same for the half behind that one, which ends where `unread` begins.
  private var laterHits: UInt64 = 0
  /// Where the bytes begin that have not been looked at.
  private var unread: Int

  /// The line feeds at `start` or later among the bytes from `base` on, `count` in all.
  @inline(__always)
  init(_ base: UnsafeRawPointer, _ count: Int, from start: Int) {
    self.base = base
    self.count = count
    unread = max(start, 0)
    place = unread
  }

  /// Where the first line feed is among the bytes from `base` on, `count` in all; nil when there is none.
  @inline(__always)
  static func first(_ base: UnsafeRawPointer, _ count: Int) -> Int? {
    var ends = LineEnds(base, count, from: 0)
    return ends.next()
  }

  /// Where the next line feed is; nil when there is none.
  @inline(__always)
  mutating func next() -> Int? {
    while hits == 0 {
      if laterHits != 0 {
        (hits, laterHits) = (laterHits, 0)
        place = unread &- Self.halfByteCount
      } else if unread <= count &- 2 &* Self.halfByteCount {
        lookAtBothHalves()
      } else {
        guard lookAtEnd() else { return nil }
      }
    }
    defer { hits &= hits &- 1 }
    return place &+ hits.trailingZeroBitCount &>> 2
  }

  /// The next thirty-two bytes, all of which are there.
  @inline(__always)
  private mutating func lookAtBothHalves() {
    let first = Self.matches(base + unread) & SIMD8<UInt16>(repeating: 0x1111)
    let second = Self.matches(base + (unread &+ Self.halfByteCount)) & SIMD8<UInt16>(repeating: 0x2222)
    let both = Self.nibbles(first | second)
    hits = both & 0x1111_1111_1111_1111
    laterHits = both &>> 1 & 0x1111_1111_1111_1111
    place = unread
    unread &+= 2 &* Self.halfByteCount
  }

  /// The bytes behind the last whole step; false where there are none.
  @inline(__always)
  private mutating func lookAtEnd() -> Bool {
    guard unread < count else { return false }
    // The last half overlaps what came before rather than leaving the text.
    place = min(unread, count &- Self.halfByteCount)
    if place >= 0 {
      let found = Self.nibbles(Self.matches(base + place) & SIMD8<UInt16>(repeating: 0x1111))
      hits = found & (UInt64.max &<< UInt64(truncatingIfNeeded: (unread &- place) &* 4))
      unread = place &+ Self.halfByteCount
    } else {
      place = unread
      for index in unread..<count where base.load(fromByteOffset: index, as: UInt8.self) == 10 {
        hits |= 1 &<< UInt64(truncatingIfNeeded: (index &- unread) &* 4)
      }
      unread = count
    }
    return true
  }

  /// No more line feeds, whatever follows.
  @inline(__always)
  mutating func stop() {
    (hits, laterHits) = (0, 0)
    unread = count
  }

  /// Sixteen bytes: all bits of those that are line feeds, none of the others.
  @inline(__always)
  private static func matches(_ start: UnsafeRawPointer) -> SIMD8<UInt16> {
    let hits = start.loadUnaligned(as: SIMD16<UInt8>.self) .== SIMD16<UInt8>(repeating: 10)
    return unsafeBitCast(hits, to: SIMD8<UInt16>.self)
  }

  /// A nibble for each byte, with the bits that both halves of the byte have: shifting pairs of bytes by four leaves a
  /// nibble of each in the low byte. Compiled to four instructions of any x86-64, and about as many of ARM.
  @inline(__always)
  private static func nibbles(_ matches: SIMD8<UInt16>) -> UInt64 {
    let pairs = matches &>> 4 & SIMD8<UInt16>(repeating: 0x00ff)
    return unsafeBitCast(SIMD8<UInt8>(truncatingIfNeeded: pairs), to: UInt64.self)
  }
}
