/// The line feeds of a text in their order, found sixteen bytes at a time.
struct LineEnds {
  private static let stepByteCount = 16

  private let base: UnsafeRawPointer
  private let count: Int
  /// The sixteen bytes looked at last.
  private var place: Int
  /// Line feeds among them that have not been handed out: bit 4 × n stands for byte n.
  private var hits: UInt64 = 0

  /// The line feeds at `start` or later among the bytes from `base` on, `count` in all.
  @inline(__always)
  init(_ base: UnsafeRawPointer, _ count: Int, from start: Int) {
    self.base = base
    self.count = count
    place = max(start, 0) &- Self.stepByteCount
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
      place &+= Self.stepByteCount
      if place <= count &- Self.stepByteCount {
        hits = Self.hits(base + place)
      } else {
        guard lookAtEnd() else { return nil }
      }
    }
    defer { hits &= hits &- 1 }
    return place &+ hits.trailingZeroBitCount &>> 2
  }

  /// The bytes behind the last whole step; false where there are none.
  @inline(__always)
  private mutating func lookAtEnd() -> Bool {
    guard place < count else { return false }
    let last = count &- Self.stepByteCount
    if last >= 0 {
      // The last step overlaps the one before rather than leaving the text.
      hits = Self.hits(base + last) & (UInt64.max &<< UInt64(truncatingIfNeeded: (place &- last) &* 4))
      place = last
    } else {
      for index in place..<count where base.load(fromByteOffset: index, as: UInt8.self) == 10 {
        hits |= 1 &<< UInt64(truncatingIfNeeded: (index &- place) &* 4)
      }
    }
    return true
  }

  /// No more line feeds, whatever follows.
  @inline(__always)
  mutating func stop() {
    hits = 0
    place = count
  }

  /// Compiled to six instructions of any x86-64, and about as many of ARM.
  @inline(__always)
  private static func hits(_ start: UnsafeRawPointer) -> UInt64 {
    let hits = start.loadUnaligned(as: SIMD16<UInt8>.self) .== SIMD16<UInt8>(repeating: 10)
    // A nibble a byte: shifting pairs of bytes by four leaves a bit of each in the low byte.
    let pairs = unsafeBitCast(hits, to: SIMD8<UInt16>.self) &>> 4 & SIMD8<UInt16>(repeating: 0x0011)
    return unsafeBitCast(SIMD8<UInt8>(truncatingIfNeeded: pairs), to: UInt64.self)
  }
}
