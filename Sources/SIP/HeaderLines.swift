/// The header lines of a message in their order, folded lines taken as one (RFC 3261 section 7.3.1).
///
/// Knows where lines are and nothing of what is in them: `HeaderCursor` reads them, at several times the cost.
struct HeaderLines {
  let base: UnsafeRawPointer
  /// Bytes there are from `base` on.
  let count: Int
  private var ends: LineEnds
  /// Where the line begins that `next` found.
  private(set) var start: Int
  /// Where the line feed is that ends it, or the end of the bytes.
  private(set) var end: Int
  private var following: Int
  /// Behind the blank line; nil until all lines are through, and where the bytes end before it.
  private(set) var bodyStart: Int?

  /// The lines from `headersStart` on; nil where that does not lie within the bytes, or there are none.
  @inline(__always)
  init?(_ bytes: UnsafeRawBufferPointer, from headersStart: Int) {
    guard let base = bytes.baseAddress, headersStart >= 0, headersStart <= bytes.count else { return nil }
    self.base = base
    count = bytes.count
    ends = LineEnds(base, count, from: headersStart)
    (start, end, following) = (headersStart, headersStart, headersStart)
    bodyStart = behindBlankLine(headersStart)
    if bodyStart != nil { ends.stop() }
  }

  /// Goes on to the next line; false behind the last.
  @inline(__always)
  mutating func next() -> Bool {
    start = following
    while let lineFeed = ends.next() {
      let behind = lineFeed &+ 1
      guard behind < count else { break }
      let first = byte(behind)
      if first <= 32 {
        // A blank at the start of a line continues the one before (RFC 3261 section 7.3.1).
        if first == 32 || first == 9 { continue }
        bodyStart = behindBlankLine(behind)
        if bodyStart != nil { ends.stop() }
      }
      end = lineFeed
      following = behind
      return true
    }
    guard bodyStart == nil, start < count else { return false }
    end = byte(count &- 1) == 10 ? count &- 1 : count
    following = count
    return true
  }

  /// Where the body starts, if the line at `start` is blank. A CR that the bytes end with makes none: its LF may be cut
  /// off or still to come.
  @inline(__always)
  private func behindBlankLine(_ start: Int) -> Int? {
    guard start < count else { return nil }
    if byte(start) == 10 { return start &+ 1 }
    guard byte(start) == 13, start &+ 1 < count, byte(start &+ 1) == 10 else { return nil }
    return start &+ 2
  }

  /// The byte at an offset below `count`.
  @inline(__always)
  func byte(_ offset: Int) -> UInt8 { base.load(fromByteOffset: offset, as: UInt8.self) }

  /// Eight bytes as a number, the first lowest; all of them have to lie below `count`.
  @inline(__always)
  func word(_ offset: Int) -> UInt64 {
    UInt64(littleEndian: base.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }
}
