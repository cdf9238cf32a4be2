extension SIPMessage {
  /// When the headers that every dialog needs are looked for.
  public enum HeaderReading: Sendable {
    /// While the message is read, all in one walk over its lines.
    case ahead
    /// Each time one is asked for, with a walk of its own: cheaper only for who asks for none.
    case onDemand
  }

  /// The headers behind a start line nobody has looked at: what framing a stream takes.
  static func head(of text: SIPText, headersStart: Int) -> SIPMessage {
    var head = SIPMessage(startLine: .response(status: 0, reason: .empty), text: text, headersStart: headersStart)
    head.noteHotHeaders()
    return head
  }

  /// Walks the header lines once, as `HeaderCursor` does, but looks at no more of a line than tells a hot one.
  ///
  /// Names are compared as numbers of up to eight bytes, the first lowest, with bit 5 of the letters set, which makes
  /// them small; `-` and `:` are compared as they are. Nothing matched can reach beyond the line: a line end is in none
  /// of the names. Names written otherwise (compact, with blanks in front of the colon, at the very end of the bytes)
  /// go the long way.
  mutating func noteHotHeaders() {
    guard var lines = HeaderLines(text.bytes, from: headersStart) else { return endHeaders(at: nil) }
    let lastName = lines.count &- HotHeader.wordsByteCount
    while lines.next() {
      let (start, end) = (lines.start, lines.end)
      guard start <= lastName else {
        noteLine(start, end)
        hasHeadersOfOtherCalls = true
        continue
      }
      let word = lines.word(start)
      let small = word | 0x2020_2020_2020_2020
      switch UInt32(truncatingIfNeeded: small) {
      case 0x6d6f_7266: note(.from, start, 4, isSure: word &>> 32 & 0xff == 0x3a, end)
      case 0x7165_7363: note(.cseq, start, 4, isSure: word &>> 32 & 0xff == 0x3a, end)
      // With what comes behind `via`, which may be a colon or a blank.
      case 0x3a61_6976, 0x2061_6976, 0x2961_6976: note(.via, start, 3, isSure: word &>> 24 & 0xff == 0x3a, end)
      case 0x6c6c_6163:
        note(.callID, start, 7, isSure: word | 0x0020_2000_2020_2020 == 0x3a64_692d_6c6c_6163, end)
      case 0x746e_6f63:
        let name = word | 0x0020_2020_2020_2020
        if name == 0x2d74_6e65_746e_6f63 {
          noteContent(lines.word(start &+ 7), start, end)
        } else {
          note(.contact, start, 7, isSure: name == 0x3a74_6361_746e_6f63, end)
        }
      // The beginnings of P-Asserted-Identity and Remote-Party-ID.
      case 0x7361_2d70, 0x6f6d_6572: noteLine(start, end)
      // The beginnings of Diversion and Replaces, and of Session-ID, which Session-Expires shares.
      case 0x6576_6964, 0x6c70_6572: hasHeadersOfOtherCalls = true
      case 0x7373_6573: if lines.byte(start &+ 8) | 0x20 != UInt8(ascii: "e") { hasHeadersOfOtherCalls = true }
      default:
        if small & 0xffff == 0x6f74 {
          note(.to, start, 2, isSure: word &>> 16 & 0xff == 0x3a, end)
        } else if HotHeader.mayBeCompact(word) {
          noteLine(start, end)
        } else if small & 0xffff == 0x2d78 {
          hasHeadersOfOtherCalls = true
        }
      }
    }
    endHeaders(at: lines.bodyStart)
  }

  /// The same for Content-Length alone, without which a message's end is not known.
  mutating func noteContentLength() {
    guard var lines = HeaderLines(text.bytes, from: headersStart) else { return endHeaders(at: nil) }
    let lastName = lines.count &- HotHeader.wordsByteCount
    while lines.next() {
      let letter = lines.byte(lines.start) | 0x20
      guard letter == UInt8(ascii: "c") || letter == UInt8(ascii: "l") else { continue }
      let (start, end) = (lines.start, lines.end)
      if start > lastName {
        noteLine(start, end)
      } else if lines.word(start) | 0x0020_2020_2020_2020 == 0x2d74_6e65_746e_6f63 {
        noteContent(lines.word(start &+ 7), start, end)
      } else if letter == UInt8(ascii: "l") {
        noteLine(start, end)
      }
    }
    endHeaders(at: lines.bodyStart)
  }

  @inline(__always)
  private mutating func endHeaders(at bodyStart: Int?) {
    self.bodyStart = bodyStart ?? text.count
    if bodyStart == nil { notedOddities.insert(.headersCut) }
  }

  /// A line that begins with `Content-`; `rest` is what follows, from the hyphen on.
  @inline(__always)
  private mutating func noteContent(_ rest: UInt64, _ start: Int, _ end: Int) {
    // Nearly always the `t` of Content-Type.
    guard rest & 0xdf00 == 0x4c00 else { return }
    note(.contentLength, start, 14, isSure: rest | 0x0020_2020_2020_2000 == 0x3a68_7467_6e65_6c2d, end)
  }

  /// A line whose name is so many bytes long and has its colon behind it, if that is sure.
  @inline(__always)
  private mutating func note(_ header: HotHeader, _ start: Int, _ length: Int, isSure: Bool, _ end: Int) {
    if isSure { note(header, behind: start &+ length, end) } else { noteLine(start, end) }
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
      compareContentLength(colon &+ 1, end)
    }
  }

  @inline(never)
  private mutating func compareContentLength(_ start: Int, _ end: Int) {
    let first = hot[HotHeader.contentLength.rawValue]
    let value = text.slice(Int(first.start), Int(first.end)).trimmed.decimal
    if value != text.slice(start, end).trimmed.decimal { notedOddities.insert(.badContentLength) }
  }
}
