/// Finds start lines in the lines of a stream, also where the end of a lost message's body sticks to one.
enum StartLineSearch {
  /// Whether a line can begin a message, of whatever SIP version.
  static func isStartLine(_ line: SIPText) -> Bool {
    guard let space = line.index(of: 32), let version = line.lastIndex(of: 32) else { return false }
    if line.hasPrefixIgnoringCase("SIP/") { return space > 4 }
    return version > space && line.slice(version + 1, version + 5).equalsIgnoringCase("SIP/")
      && line.slice(0, space).isToken
  }

  /// Where in a line a message begins: 0 for nearly all that do.
  ///
  /// A body need not end with a line end, so behind a gap, or a Content-Length that is too small, its last bytes may
  /// stand in front of a start line. A start line behind a blank is a quotation.
  /// - Parameter isSeeking: whether a method nobody knows may be the end of a body and a method.
  static func start(in line: SIPText, isSeeking: Bool) -> Int? {
    if isStartLine(line) {
      guard isSeeking, !line.hasPrefixIgnoringCase("SIP/") else { return 0 }
      return methodStart(in: line) ?? 0
    }
    return statusStart(in: line) ?? methodStart(in: line)
  }

  /// Where in a head that has no end within its bounds something worth keeping begins: its last start line, or the
  /// line that has no end. Behind a line's end always, so something is given up with each head.
  static func lastStart(in head: SIPText, from headersStart: Int) -> Int {
    var found: Int?
    var start = headersStart
    while let lineFeed = head.index(of: 10, from: start) {
      if isStartLine(head.slice(start, lineFeed).trimmedAtEnd) { found = start }
      start = lineFeed + 1
    }
    return found ?? start
  }

  /// `SIP/2.0 200 …` behind other bytes.
  private static func statusStart(in line: SIPText) -> Int? {
    var from = 1
    while let index = line.index(of: UInt8(ascii: "S"), from: from) {
      from = index + 1
      let code = line.slice(index + 8, index + 11)
      if line.slice(index, index + 8) == "SIP/2.0 ", code.count == 3, code.decimal != nil, line[index - 1] != 32 {
        return index
      }
    }
    return nil
  }

  /// `INVITE sip:… SIP/2.0` behind other bytes.
  private static func methodStart(in line: SIPText) -> Int? {
    guard let version = line.lastIndex(of: 32), line.slice(version + 1, version + 5) == "SIP/",
      let space = lastScheme(in: line.slice(0, version))
    else { return nil }
    // Longest first, so that nothing is cut off of a method that ends like another.
    let methods: [StaticString] = [
      "SUBSCRIBE", "REGISTER", "OPTIONS", "PUBLISH", "MESSAGE", "INVITE", "CANCEL", "NOTIFY", "UPDATE", "PRACK",
      "REFER", "INFO", "ACK", "BYE",
    ]
    for method in methods {
      let start = space - method.utf8CodeUnitCount
      guard start > 0, line.slice(start, space) == method else { continue }
      return line[start - 1] == 32 ? nil : start
    }
    return nil
  }

  /// The last blank that a URI of a scheme SIP is asked for with stands behind.
  private static func lastScheme(in text: SIPText) -> Int? {
    var end = text.count
    while let space = text.slice(0, end).lastIndex(of: 32) {
      if text.slice(space + 1, space + 6).hasSIPScheme { return space }
      end = space
    }
    return nil
  }
}
