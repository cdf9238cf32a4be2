extension SIPMessage {
  /// The headers behind a start line nobody has looked at: what framing a stream takes.
  static func head(of text: SIPText, headersStart: Int) -> SIPMessage {
    var head = SIPMessage(startLine: .response(status: 0, reason: .empty), text: text, headersStart: headersStart)
    head.noteHotHeaders()
    return head
  }

  /// Walks the header lines once, as `HeaderCursor` does, but looks at no more of a line than tells a hot one.
  mutating func noteHotHeaders() {
    let count = text.count
    guard let base = text.bytes.baseAddress, headersStart >= 0, headersStart <= count else {
      bodyStart = count
      notedOddities.insert(.headersCut)
      return
    }
    if let end = walkHeaders(base, count) {
      bodyStart = end
    } else {
      bodyStart = count
      notedOddities.insert(.headersCut)
    }
  }

  /// Notes the headers and returns where the body starts; nil where the bytes end before the blank line.
  @inline(__always)
  private mutating func walkHeaders(_ base: UnsafeRawPointer, _ count: Int) -> Int? {
    var start = headersStart
    if let body = Self.behindBlankLine(base, start, count) { return body }
    let lastName = count &- HotHeader.wordsByteCount
    var ends = LineEnds(base, count, from: start)
    var bodyStart: Int?
    while let end = ends.next() {
      let following = end &+ 1
      guard following < count else { break }
      let first = base.load(fromByteOffset: following, as: UInt8.self)
      if first <= 32 {
        // A blank at the start of a line continues the one before (RFC 3261 section 7.3.1).
        if first == 32 || first == 9 { continue }
        bodyStart = Self.behindBlankLine(base, following, count)
        if bodyStart != nil { ends.stop() }
      }
      // Names are compared as words, which must lie within the message.
      switch start <= lastName ? HotHeader.name(at: base + start) : .unsure {
      case .known(let header, let length): note(header, behind: start &+ length, end)
      case .unsure: noteLine(start, end)
      case .other: break
      }
      start = following
    }
    if bodyStart == nil, start < count {
      let isEnded = base.load(fromByteOffset: count &- 1, as: UInt8.self) == 10
      noteLine(start, isEnded ? count &- 1 : count)
    }
    return bodyStart
  }

  /// Where the body starts, if the line at `start` is blank. A CR that the bytes end with makes none.
  @inline(__always)
  private static func behindBlankLine(_ base: UnsafeRawPointer, _ start: Int, _ count: Int) -> Int? {
    guard start < count else { return nil }
    let first = base.load(fromByteOffset: start, as: UInt8.self)
    if first == 10 { return start &+ 1 }
    guard first == 13, start &+ 1 < count, base.load(fromByteOffset: start &+ 1, as: UInt8.self) == 10 else {
      return nil
    }
    return start &+ 2
  }

  /// A line whose name is not written as it mostly is, or stands at the very end.
  @inline(never)
  private mutating func noteLine(_ start: Int, _ end: Int) {
    let bytes = text.bytes
    guard let (header, nameEnd) = HotHeader.at(start, end, bytes) else { return }
    var colon = nameEnd
    while colon < end, bytes[colon] == 32 || bytes[colon] == 9 { colon += 1 }
    guard colon < end, bytes[colon] == UInt8(ascii: ":") else { return }
    note(header, behind: colon, end)
  }

  @inline(__always)
  private mutating func note(_ header: HotHeader, behind colon: Int, _ end: Int) {
    if hot[header.rawValue].end == 0 {
      hot[header.rawValue] = HeaderLocation(
        start: UInt32(truncatingIfNeeded: colon &+ 1), end: UInt32(truncatingIfNeeded: end))
    } else if header == .contentLength {
      compareContentLength(text.slice(colon + 1, end))
    }
  }

  @inline(never)
  private mutating func compareContentLength(_ again: SIPText) {
    if hotValue(.contentLength)?.decimal != again.trimmed.decimal { notedOddities.insert(.badContentLength) }
  }
}
