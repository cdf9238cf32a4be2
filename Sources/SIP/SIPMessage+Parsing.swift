/// Why bytes are not a SIP message, and where that shows.
public struct SIPParseError: Error, Hashable, Sendable {
  /// The kinds of bytes that are no message. The raw value is the name diagnostics give it.
  public enum Reason: String, Hashable, Sendable, CaseIterable {
    /// Nothing but line ends (RFC 5626 section 4.4.1), NUL bytes, which some devices send instead, or nothing at all.
    case keepAlive
    /// The first line is neither a request line nor a status line.
    case notSIP
    /// The bytes end within what looks like a start line.
    case startLineCut
    /// A status line whose code is not 100 to 699.
    case badStatus
    /// A SIP version other than 2.0.
    case badVersion
    /// A request line of SIP whose first word is no token, and so no method.
    case badMethod
  }

  /// What the bytes turned out to be instead.
  public let reason: Reason
  /// Offset into the bytes parsed.
  public let offset: Int
}

extension SIPMessage {
  /// Reads one message; trailing bytes past Content-Length are left out (RFC 3261 section 18.3).
  ///
  /// - Parameter isCut: as for `read`.
  public static func parse(
    _ bytes: UnsafeRawBufferPointer, isCut: Bool = false
  ) throws(SIPParseError) -> SIPMessage {
    var message = SIPMessage()
    try message.read(bytes, isCut: isCut)
    return message
  }

  /// `parse` in place, which saves copying the result; after an error this message means nothing.
  ///
  /// - Parameter isCut: whether more bytes followed, which the capture left out. A header line without its end is then
  ///   none: half a Call-ID or number would pass for a whole one.
  public mutating func read(
    _ bytes: UnsafeRawBufferPointer, headers: HeaderReading = .ahead, isCut: Bool = false
  ) throws(SIPParseError) {
    let all = SIPText(bytes)
    // Media is turned away here: no start line begins beyond ASCII (RFC 3261 section 25.1, `token`).
    guard all[0] ?? 0 < 128 else { throw SIPParseError(reason: .notSIP, offset: 0) }
    var start = 0
    while let byte = all[start], byte == 13 || byte == 10 { start += 1 }
    guard start < all.count, !all.isZeroes(from: start) else {
      throw SIPParseError(reason: .keepAlive, offset: start)
    }
    text = all.slice(start, all.count)
    guard let base = text.bytes.baseAddress, let lineFeed = LineEnds.first(base, text.count) else {
      if isCut, let line = Self.plainStartLine(text) ?? Self.plainStartLine(text.trimmedAtEnd) {
        return readStartLineAlone(line)
      }
      throw SIPParseError(reason: Self.beginsStartLine(text) ? .startLineCut : .notSIP, offset: start)
    }
    let line = text.slice(0, lineFeed).trimmedAtEnd
    headersStart = lineFeed + 1
    if let plain = Self.plainStartLine(line) {
      startLine = plain
    } else {
      try readStartLine(line, offset: start)
    }
    noteHeaders(headers)
    if isCut, notedOddities.contains(.headersCut) {
      leaveOutUnendedLine()
      noteHeaders(headers)
    }
    measureBody()
  }

  @inline(__always)
  private mutating func noteHeaders(_ headers: HeaderReading) {
    notedOddities = []
    hot = InlineArray(repeating: HeaderLocation())
    switch headers {
    case .ahead:
      isReadOnDemand = false
      hasHeadersOfOtherCalls = false
      noteHotHeaders()
    case .onDemand:
      isReadOnDemand = true
      hasHeadersOfOtherCalls = true
      noteContentLength()
    }
  }

  /// A start line that the capture cut behind the status code, or right behind the version.
  @inline(never)
  private mutating func readStartLineAlone(_ line: StartLine) {
    startLine = line
    headersStart = text.count
    noteHeaders(.ahead)
    bodyEnd = text.count
  }

  /// Takes the last header away if the bytes end within it, be it in a line that continues it.
  @inline(never)
  private mutating func leaveOutUnendedLine() {
    var start = lineStart(before: text.count)
    guard start < text.count else { return }
    while start > headersStart, let first = text[start], first == 32 || first == 9 {
      start = lineStart(before: start - 1)
    }
    text = text.slice(0, max(start, headersStart))
  }

  private func lineStart(before end: Int) -> Int { text.slice(0, end).lastIndex(of: 10).map { $0 + 1 } ?? 0 }

  /// A start line with anything unusual about it.
  @inline(never)
  private mutating func readStartLine(_ line: SIPText, offset: Int) throws(SIPParseError) {
    do throws(SIPParseError) {
      startLine = try Self.parseStartLine(line, offset: offset)
    } catch {
      // A line that a CR alone ends is none by the RFC; the message behind it is one all the same.
      guard error.reason == .notSIP, let end = line.index(of: 13),
        let first = try? Self.parseStartLine(line.slice(0, end).trimmedAtEnd, offset: offset)
      else { throw error }
      startLine = first
      headersStart = end + 1
    }
  }

  /// No method that is registered is longer.
  private static var methodBytesMax: Int { 12 }

  private static func parseStartLine(_ line: SIPText, offset: Int) throws(SIPParseError) -> StartLine {
    if line.hasSIPPrefix(at: 0) { return try parseStatusLine(line, offset: offset) }
    guard let version = line.lastIndex(of: 32), line.hasSIPPrefix(at: version + 1),
      let space = line.index(of: 32), space > 0
    else { throw SIPParseError(reason: .notSIP, offset: offset) }
    guard line.slice(0, space).isToken else {
      // Behind a word too long for a method, another protocol carries the message, as HEP does.
      let isOfSIP = space <= methodBytesMax && line.slice(space + 1, version).hasSIPScheme
      throw SIPParseError(reason: isOfSIP ? .badMethod : .notSIP, offset: offset)
    }
    guard line.slice(version + 5, line.count) == "2.0" else {
      throw SIPParseError(reason: .badVersion, offset: offset + version + 1)
    }
    let method = line.slice(0, space)
    let uri = line.slice(space + 1, version).trimmed
    guard !uri.isEmpty else { throw SIPParseError(reason: .notSIP, offset: offset + space) }
    return .request(method: SIPMethod(method), methodText: method, uri: uri)
  }

  /// The start lines almost all messages have; nil sends a line the long way, where its fault is found.
  @inline(__always)
  private static func plainStartLine(_ line: SIPText) -> StartLine? {
    guard line.count >= 12 else { return nil }
    if line.bytes.loadUnaligned(as: UInt64.self) == UInt64(bigEndian: 0x5349_502f_322e_3020) {
      let (hundreds, tens, ones) = (line.bytes[8] &- 48, line.bytes[9] &- 48, line.bytes[10] &- 48)
      guard hundreds >= 1, hundreds <= 6, tens < 10, ones < 10, line.bytes[11] == 32 else { return nil }
      let status = Int(hundreds) * 100 + Int(tens) * 10 + Int(ones)
      return .response(status: status, reason: line.slice(12, line.count))
    }
    let version = line.count - 8
    guard
      line.bytes.loadUnaligned(fromByteOffset: version, as: UInt64.self) == UInt64(bigEndian: 0x2053_4950_2f32_2e30),
      let space = line.index(of: 32), space + 1 < version, line.bytes[space + 1] > 32, line.bytes[version - 1] > 32
    else { return nil }
    let text = line.slice(0, space)
    let method = SIPMethod(text)
    guard method != .other else { return nil }
    return .request(method: method, methodText: text, uri: line.slice(space + 1, version))
  }

  /// More than one space before the code is borne, as it is in a request line (RFC 4475 section 3.1.2.4).
  private static func parseStatusLine(_ line: SIPText, offset: Int) throws(SIPParseError) -> StartLine {
    guard line.slice(4, 7) == "2.0", line[7] == nil || line[7] == 32 else {
      throw SIPParseError(reason: .badVersion, offset: offset)
    }
    var start = 7
    while line[start] == 32 { start += 1 }
    let end = start + 3
    guard let code = line.slice(start, end).decimal, (100...699).contains(code), line[end] == nil || line[end] == 32
    else { throw SIPParseError(reason: .badStatus, offset: offset + start) }
    return .response(status: Int(code), reason: line.slice(end + 1, line.count))
  }

  /// Whether bytes without a line end are the front of a start line: a word or two of any other text is not.
  private static func beginsStartLine(_ text: SIPText) -> Bool {
    if text.hasPrefixIgnoringCase("SIP/2.0 ") { return true }
    guard let space = text.index(of: 32), space <= 32, text.slice(0, space).isToken else { return false }
    return text.slice(space + 1, text.count).hasSIPScheme
  }

  @inline(__always)
  private mutating func measureBody() {
    bodyEnd = text.count
    let claim = hot[HotHeader.contentLength.rawValue]
    guard claim.end != 0 else { return }
    guard let length = plainNumber(claim) ?? text.slice(Int(claim.start), Int(claim.end)).trimmed.decimal else {
      notedOddities.insert(.badContentLength)
      return
    }
    if Int(length) > text.count - bodyStart {
      notedOddities.insert(.bodyCut)
    } else {
      bodyEnd = bodyStart + Int(length)
      text = text.slice(0, bodyEnd)
    }
  }

  /// A value of a few digits between blanks and a CR, as it mostly is; nil sends it the long way.
  @inline(__always)
  private func plainNumber(_ place: HeaderLocation) -> UInt32? {
    let bytes = text.bytes
    var start = Int(place.start)
    var end = Int(place.end)
    guard end <= bytes.count, end > start else { return nil }
    if bytes[end &- 1] == 13 { end &-= 1 }
    while start < end, bytes[start] == 32 { start &+= 1 }
    guard start < end, end &- start <= 8 else { return nil }
    var value: UInt32 = 0
    while start < end {
      let digit = bytes[start] &- 48
      guard digit < 10 else { return nil }
      value = value &* 10 &+ UInt32(digit)
      start &+= 1
    }
    return value
  }
}

extension SIPText {
  /// Whether `SIP/` stands at `offset`, in whatever case.
  func hasSIPPrefix(at offset: Int) -> Bool {
    guard offset >= 0, count - offset >= 4 else { return false }
    let word = UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
    // The slash keeps its bit, so that no other byte passes for it.
    return word | 0x2020_2000 == 0x7369_702f
  }

  /// Whether it begins as a URI of a scheme that SIP is asked for with.
  var hasSIPScheme: Bool {
    hasPrefixIgnoringCase("sip:") || hasPrefixIgnoringCase("sips:") || hasPrefixIgnoringCase("tel:")
  }

  fileprivate func isZeroes(from start: Int) -> Bool {
    var index = start
    while self[index] == 0 { index += 1 }
    return index == count
  }

  /// Without CR and blanks at the end.
  var trimmedAtEnd: SIPText {
    var high = count
    while high > 0, Self.isSpace(bytes[high - 1]) { high -= 1 }
    return slice(0, high)
  }

  /// RFC 3261 section 25.1 `token`.
  var isToken: Bool {
    guard !isEmpty else { return false }
    for byte in bytes where !Self.isTokenByte(byte) { return false }
    return true
  }

  private static func isTokenByte(_ byte: UInt8) -> Bool {
    let half = byte < 64 ? tokenBytes.lower : byte < 128 ? tokenBytes.upper : 0
    return half >> UInt64(byte & 63) & 1 == 1
  }

  /// One bit for each of the bytes 0 ... 63 and 64 ... 127: letters, digits and `-.!%*_+\`'~`.
  private static var tokenBytes: (lower: UInt64, upper: UInt64) { (0x03ff_6ca2_0000_0000, 0x47ff_ffff_87ff_fffe) }
}
