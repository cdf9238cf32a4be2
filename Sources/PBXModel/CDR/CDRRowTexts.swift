public import Primitives

/// The texts of one row, all columns in one run of bytes: what CSV, JSON and the database all write.
///
/// One of these serves a whole run: `fill(with:)` replaces the row before, in memory that is there already.
///
/// ```swift
/// var texts = CDRRowTexts(timeZone: site.timeZone)
/// texts.fill(with: row)
/// texts.withBytes { bytes in write(bytes[texts.range(at: place)]) }
/// ```
public struct CDRRowTexts: Sendable {
  /// The columns, in the order of `CDRField.allCases`; places are counted in it.
  public static let fields = CDRField.allCases

  @usableFromInline var bytes: [UInt8] = []
  /// Where the text of each column ends.
  @usableFromInline var ends: [Int]
  private var clock: WallClock

  /// The places of columns that hold a byte which some notation has to mark: anything but printable ASCII, or one of
  /// `"`, `,` and `\`. Bit 0 is the first column.
  public private(set) var marked: UInt64 = 0

  /// No row yet: every text is empty.
  public init(timeZone: SiteTimeZone) {
    clock = WallClock(timeZone: timeZone)
    ends = Array(repeating: 0, count: Self.fields.count)
    bytes.reserveCapacity(1024)
    bytes.append(contentsOf: repeatElement(UInt8(ascii: ","), count: Self.fields.count))
    for place in ends.indices { ends[place] = place }
  }

  /// All texts in the order of the columns, with a comma after each: bare CSV.
  @inlinable @inline(__always)
  public func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    bytes.withUnsafeBufferPointer(body)
  }

  /// Where in the bytes the text of the column at `place` is; empty for a place that is none.
  @inlinable
  public func range(at place: Int) -> Range<Int> {
    guard ends.indices.contains(place) else { return 0..<0 }
    return (place == 0 ? 0 : ends[place - 1] + 1)..<ends[place]
  }

  /// Calls `body` with each column's place and where its text is, in order.
  @inlinable @inline(__always)
  public func forEachRange(_ body: (Int, Range<Int>) -> Void) {
    var start = 0
    for place in ends.indices {
      body(place, start..<max(start, ends[place]))
      start = ends[place] + 1
    }
  }

  /// Takes the texts of `row`.
  public mutating func fill(with row: CDRRecord) {
    bytes.removeAll(keepingCapacity: true)
    // The closure below may not reach into what is being appended to.
    var clock = clock
    var ends: [Int] = []
    swap(&ends, &self.ends)
    var marked: UInt64 = 0
    bytes.append(atMost: CDRRowFiller.bytesMax(of: row)) { cursor in
      ends.withUnsafeMutableBufferPointer { ends in
        var filler = CDRRowFiller(cursor, ends: ends)
        filler.put(row, &clock)
        cursor = filler.cursor
        marked = filler.marked
      }
    }
    self.clock = clock
    swap(&ends, &self.ends)
    self.marked = marked
  }
}

/// Finds bytes as `CDRRowTexts.marked` counts them, eight at a time.
enum CDRMarks {
  static func areIn(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let bytes = UnsafeRawBufferPointer(bytes)
    var place = 0
    var found: UInt64 = 0
    while place + 8 <= bytes.count {
      found |= marks(in: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
      place += 8
    }
    var rest = repeated(UInt8(ascii: " "))
    while place < bytes.count {
      rest = rest << 8 | UInt64(bytes[place])
      place += 1
    }
    return found | marks(in: rest) != 0
  }

  /// The highest bit of each byte that is one. Borrows run from lower bytes to higher ones only past a byte that is
  /// found itself, so none is found where there is none at all.
  private static func marks(in word: UInt64) -> UInt64 {
    let ones = repeated(1)
    func zeros(_ word: UInt64) -> UInt64 { (word &- ones) & ~word }
    let controls = (word &- repeated(0x20)) & ~word
    let quotes = zeros(word ^ repeated(UInt8(ascii: "\"")))
    let commas = zeros(word ^ repeated(UInt8(ascii: ",")))
    let backslashes = zeros(word ^ repeated(UInt8(ascii: "\\")))
    let deletes = zeros(word ^ repeated(0x7f))
    return (word | controls | quotes | commas | backslashes | deletes) & repeated(0x80)
  }

  private static func repeated(_ byte: UInt8) -> UInt64 { UInt64(byte) &* 0x0101_0101_0101_0101 }
}
