/// A place to write bytes at, within memory that was set aside for them.
///
/// For texts written so often that the array's own checks at every piece would cost more than the pieces: room is made
/// once, by `Array.append(atMost:_:)`. What does not fit is dropped, so whoever states the bound has to get it right,
/// and nothing outside is ever touched.
public struct ByteCursor {
  @usableFromInline var next: UnsafeMutablePointer<UInt8>
  @usableFromInline let start: UnsafeMutablePointer<UInt8>
  @usableFromInline let end: UnsafeMutablePointer<UInt8>

  @inlinable init(start: UnsafeMutablePointer<UInt8>, end: UnsafeMutablePointer<UInt8>) {
    self.start = start
    next = start
    self.end = end
  }

  /// Bytes that still fit.
  @inlinable public var room: Int { end - next }

  /// Writes one byte.
  @inlinable public mutating func put(_ byte: UInt8) {
    guard next < end else { return }
    next.initialize(to: byte)
    next += 1
  }

  /// Writes these bytes.
  @inlinable public mutating func put(_ bytes: UnsafeBufferPointer<UInt8>) {
    let count = min(bytes.count, room)
    guard count > 0, let start = bytes.baseAddress else { return }
    if count < 4 {
      for place in 0..<count { (next + place).initialize(to: start[place]) }
    } else if count < 8 {
      copyEnds(of: start, count, as: UInt32.self)
    } else if count <= 16 {
      copyEnds(of: start, count, as: UInt64.self)
    } else if count <= 32 {
      copyEnds(of: start, count, as: SIMD16<UInt8>.self)
    } else {
      next.initialize(from: start, count: count)
    }
    next += count
  }

  /// Copies `count` bytes as two words, which may overlap: most pieces are so short that a call would cost more.
  @inlinable @inline(__always)
  func copyEnds<Word: BitwiseCopyable>(of start: UnsafePointer<UInt8>, _ count: Int, as word: Word.Type) {
    let (from, to) = (UnsafeRawPointer(start), UnsafeMutableRawPointer(next))
    let behind = count &- MemoryLayout<Word>.size
    let (front, back) = (from.loadUnaligned(as: word), from.loadUnaligned(fromByteOffset: behind, as: word))
    to.storeBytes(of: front, as: word)
    to.storeBytes(of: back, toByteOffset: behind, as: word)
  }

  /// Writes the literal as UTF-8.
  @inlinable public mutating func put(_ literal: StaticString) {
    guard literal.hasPointerRepresentation else { return }
    put(UnsafeBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount))
  }

  /// Writes the text as UTF-8.
  @inlinable public mutating func put(_ text: String) {
    // `withUTF8` would keep the text alive around the call, which costs three times as much as copying it.
    guard text.utf8.withContiguousStorageIfAvailable({ put($0) }) == nil else { return }
    for byte in text.utf8 { put(byte) }
  }

  /// Calls `body` with the last `count` bytes that were put, or all of them if they are fewer.
  @inlinable public func withLast<Result>(_ count: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    let count = max(0, min(count, next - start))
    return body(UnsafeBufferPointer(start: next - count, count: count))
  }

  /// Bytes that no decimal text of an integer is longer than.
  public static let decimalBytesMax = 20

  /// Writes the number in decimal.
  @inlinable public mutating func put(decimal number: Int64) {
    if number < 0 { put(UInt8(ascii: "-")) }
    put(decimal: number.magnitude, digitsMin: 1)
  }

  /// Writes the number in decimal, with zeros in front up to `digitsMin` digits (at most 20).
  @inlinable public mutating func put(decimal number: UInt64, digitsMin: Int) {
    let digits = max(Self.digits(of: number), min(digitsMin, Self.decimalBytesMax))
    guard digits <= room else { return }
    var rest = number
    var place = next + digits
    while rest >= 10, place - next >= 2 {
      let quotient = rest / 100
      let pair = rest &- quotient &* 100
      let tens = pair / 10
      place -= 2
      place.initialize(to: UInt8(ascii: "0") + UInt8(truncatingIfNeeded: tens))
      (place + 1).initialize(to: UInt8(ascii: "0") + UInt8(truncatingIfNeeded: pair &- tens &* 10))
      rest = quotient
    }
    while place > next {
      place -= 1
      place.initialize(to: UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
    }
    next += digits
  }

  @inlinable static func digits(of number: UInt64) -> Int {
    var digits = 1
    var rest = number
    while rest >= 10_000 {
      rest /= 10_000
      digits += 4
    }
    return digits + (rest >= 10 ? 1 : 0) + (rest >= 100 ? 1 : 0) + (rest >= 1000 ? 1 : 0)
  }

  /// Writes the last two decimal digits of the number.
  @inlinable public mutating func put(twoDigits number: UInt64) {
    guard room >= 2 else { return }
    let tens = number / 10
    next.initialize(to: UInt8(ascii: "0") + UInt8(truncatingIfNeeded: tens % 10))
    (next + 1).initialize(to: UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number &- tens &* 10))
    next += 2
  }

  /// Writes the number in lower-case hexadecimal, with zeros in front up to `digitsMin` digits (at most 16).
  @inlinable public mutating func put(hexadecimal number: UInt64, digitsMin: Int) {
    let digits = max(1, (67 - number.leadingZeroBitCount) / 4, min(digitsMin, 16))
    var place = digits
    while place > 0 {
      place -= 1
      let digit = UInt8(truncatingIfNeeded: number >> UInt64(4 * place) & 15)
      put(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
    }
  }
}

extension [UInt8] {
  /// Appends what `write` puts into the cursor, at most `count` bytes.
  @inlinable public mutating func append(atMost count: Int, _ write: (inout ByteCursor) -> Void) {
    append(addingCapacity: Swift.max(0, count)) { span in
      span.withUnsafeMutableBufferPointer { buffer, initializedCount in
        guard let start = buffer.baseAddress else { return }
        var cursor = ByteCursor(start: start + initializedCount, end: start + buffer.count)
        write(&cursor)
        initializedCount = cursor.next - start
      }
    }
  }
}

extension String {
  /// The text that `write` puts into the cursor, at most `count` bytes of UTF-8.
  @inlinable public init(atMost count: Int, _ write: (inout ByteCursor) -> Void) {
    // Written on the stack and copied once its length is known, a short text costs half.
    guard count > Self.stackBytesMax else {
      self = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.stackBytesMax) { buffer in
        guard let start = buffer.baseAddress else { return "" }
        var cursor = ByteCursor(start: start, end: start + Swift.max(0, count))
        write(&cursor)
        return String(decoding: UnsafeBufferPointer(start: start, count: cursor.next - start), as: UTF8.self)
      }
      return
    }
    self.init(unsafeUninitializedCapacity: count) { buffer in
      guard let start = buffer.baseAddress else { return 0 }
      var cursor = ByteCursor(start: start, end: start + buffer.count)
      write(&cursor)
      return cursor.next - start
    }
  }

  @inlinable static var stackBytesMax: Int { 256 }
}
