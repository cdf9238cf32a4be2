/// Walks the header lines of a message, folded lines taken as one (RFC 3261 section 7.3.1).
struct HeaderCursor {
  struct Line {
    let name: SIPText
    let value: SIPText
    let valueStart: Int
    let valueEnd: Int
    var isReadable: Bool { !name.isEmpty }
  }

  private let text: SIPText
  private var offset: Int
  /// Behind the blank line, once that was met.
  private(set) var bodyStart: Int?
  private var sawBlankLine: Bool { bodyStart != nil }

  init(text: SIPText, offset: Int) {
    self.text = text
    self.offset = offset
  }

  /// The next header, or nil after the blank line or at the end of the bytes.
  mutating func next() -> Line? {
    guard let (start, end) = nextBounds() else { return nil }
    return line(start, end)
  }

  /// The next header of that name; of the others only the first letter is looked at.
  mutating func next(of name: HeaderName) -> Line? {
    while let (start, end) = nextBounds() {
      guard name.mayBegin(with: text.bytes[start]) else { continue }
      let line = line(start, end)
      if line.isReadable, name.matches(line.name) { return line }
    }
    return nil
  }

  /// Where the next header line starts and where its last line feed is; nil after the blank line or at the end.
  private mutating func nextBounds() -> (start: Int, end: Int)? {
    guard !sawBlankLine, offset < text.count else { return nil }
    let start = offset
    var lineFeed = text.index(of: 10, from: start) ?? text.count
    if isBlank(start, lineFeed) {
      bodyStart = min(lineFeed + 1, text.count)
      return nil
    }
    while let following = text[lineFeed + 1], following == 32 || following == 9 {
      lineFeed = text.index(of: 10, from: lineFeed + 1) ?? text.count
    }
    offset = lineFeed + 1
    return (start, lineFeed)
  }

  /// A CR that the bytes end with is no blank line: its LF may be cut off or still to come.
  private func isBlank(_ start: Int, _ lineFeed: Int) -> Bool {
    lineFeed == start || (lineFeed == start + 1 && text[start] == 13 && lineFeed < text.count)
  }

  func line(_ start: Int, _ end: Int) -> Line {
    // Searched within the line: a scan past its end would make many lines without a colon cost their square.
    guard let length = text.slice(start, end).index(of: UInt8(ascii: ":")) else {
      return Line(name: .empty, value: .empty, valueStart: start, valueEnd: start)
    }
    let colon = start + length
    let name = text.slice(start, colon).trimmedAtEnd
    var low = colon + 1
    var high = min(end, text.count)
    while low < high, let byte = text[low], SIPText.isSpace(byte) { low += 1 }
    while high > low, let byte = text[high - 1], SIPText.isSpace(byte) { high -= 1 }
    return Line(
      name: name.isToken ? name : .empty, value: text.slice(low, high), valueStart: low, valueEnd: max(high, 1))
  }
}

extension SIPMessage {
  /// Whether a header line has no colon, or a name that is no token.
  var hasUnreadableHeader: Bool {
    var cursor = HeaderCursor(text: text, offset: headersStart)
    while let line = cursor.next() {
      if !line.isReadable { return true }
    }
    return false
  }

  /// Every header line of that name in order, as written but for blanks at its ends.
  public func forEachLine(of name: HeaderName, _ body: (SIPText) -> Void) {
    var cursor = HeaderCursor(text: text, offset: headersStart)
    while let line = cursor.next(of: name) { body(line.value) }
  }

  /// The first header line of that name.
  public func firstLine(of name: HeaderName) -> SIPText? {
    var cursor = HeaderCursor(text: text, offset: headersStart)
    return cursor.next(of: name)?.value
  }

  /// Every value of a header that may hold several, whether on lines of their own or set off by commas.
  public func forEachValue(of name: HeaderName, _ body: (SIPText) -> Void) {
    forEachLine(of: name) { $0.forEachListValue(body) }
  }

  /// Every header in order, name and value as written.
  public func forEachHeader(_ body: (_ name: SIPText, _ value: SIPText) -> Void) {
    var cursor = HeaderCursor(text: text, offset: headersStart)
    while let line = cursor.next() {
      if line.isReadable { body(line.name, line.value) }
    }
  }
}

extension SIPMessage {
  /// Every header that begins so, and every one whose second byte is no letter: for looking for a few in one walk.
  public func forEachHeader(
    beginningWith names: HeaderBeginnings, _ body: (_ name: SIPText, _ value: SIPText) -> Void
  ) {
    guard var lines = HeaderLines(text.bytes, from: headersStart) else { return }
    while lines.next() {
      guard lines.start &+ 1 < lines.count,
        names.contain(lines.byte(lines.start) | 0x20, lines.byte(lines.start &+ 1) | 0x20)
      else { continue }
      let line = text.slice(lines.start, lines.end)
      guard let colon = line.index(of: UInt8(ascii: ":")) else { continue }
      let name = line.slice(0, colon).trimmedAtEnd
      if name.isToken { body(name, line.slice(colon &+ 1, line.count).trimmed) }
    }
  }
}

/// The first two letters of some header names.
public struct HeaderBeginnings: Sendable {
  private var pairs = InlineArray<8, UInt16>(repeating: 0)

  /// - Parameter letters: up to eight pairs of small letters, one behind the other.
  public init(_ letters: StaticString) {
    for place in 0..<min(pairs.count, letters.utf8CodeUnitCount / 2) {
      pairs[place] = UInt16(letters.utf8Start[2 &* place]) << 8 | UInt16(letters.utf8Start[2 &* place &+ 1])
    }
  }

  @inline(__always)
  func contain(_ first: UInt8, _ second: UInt8) -> Bool {
    guard second &- UInt8(ascii: "a") < 26 else { return true }
    let pair = UInt16(first) << 8 | UInt16(second)
    for place in pairs.indices where pairs[place] == pair { return true }
    return false
  }
}

extension SIPText {
  /// Every element of a comma-separated list without the blanks around it; empty ones are left out.
  public func forEachListValue(_ body: (SIPText) -> Void) {
    var rest = self
    while !rest.isEmpty {
      let end = rest.endOfFirstListValue
      let value = rest.slice(0, end).trimmed
      if !value.isEmpty { body(value) }
      rest = rest.slice(end + 1, rest.count)
    }
  }

  /// Where the first element of a comma-separated list ends; commas in quotes and angle brackets do not count.
  var endOfFirstListValue: Int {
    guard index(of: UInt8(ascii: ",")) != nil else { return count }
    var index = 0
    var inAngle = false
    while let byte = self[index] {
      switch byte {
      case UInt8(ascii: "\""):
        guard let end = endOfQuoted(from: index) else { return count }
        index = end
      case UInt8(ascii: "<"): inAngle = true
      case UInt8(ascii: ">"): inAngle = false
      case UInt8(ascii: ",") where !inAngle: return index
      default: break
      }
      index += 1
    }
    return count
  }

  /// Index of the quote that closes the one at `from`; nil when none does.
  func endOfQuoted(from: Int) -> Int? {
    var index = max(from, -1) &+ 1
    while index < bytes.count {
      let byte = bytes[index]
      if byte == UInt8(ascii: "\\") {
        index &+= 2
      } else if byte == UInt8(ascii: "\"") {
        return index
      } else {
        index &+= 1
      }
    }
    return nil
  }
}
