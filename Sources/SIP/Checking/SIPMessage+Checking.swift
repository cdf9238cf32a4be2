extension SIPMessage {
  /// Problems told of one message; past it nothing more is looked for.
  public static let problemsMax = 64

  /// What RFC 3261 and its companions do not allow in this message, in the order of its bytes but for what is missing
  /// or concerns the whole, which comes last. Empty for a message no receiver has reason to refuse.
  ///
  /// Parsing is lenient on purpose; this is the strict reading. Each header is read on its own, so that one mistake
  /// does not hide the next.
  ///
  /// - Parameter isInStream: the message came over TCP, TLS or the like, where Content-Length must stand.
  public func problems(isInStream: Bool = false) -> [MessageProblem] {
    var checker = MessageChecker(message: self)
    checker.checkStartLine()
    var cursor = HeaderCursor(text: text, offset: headersStart)
    while let line = cursor.next(), checker.wantsMore { checker.check(line) }
    checker.checkWhole(isInStream: isInStream)
    return checker.problems
  }
}
