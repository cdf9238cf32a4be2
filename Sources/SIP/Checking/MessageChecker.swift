/// Collects the problems of one message.
struct MessageChecker {
  let message: SIPMessage
  private(set) var problems: [MessageProblem] = []
  /// Bit by `HeaderRule` index: stood already.
  var seen: UInt64 = 0
  var contacts = 0
  var wildcard: SIPText?
  var acceptsSDP: Bool?

  init(message: SIPMessage) { self.message = message }

  var wantsMore: Bool { problems.count < SIPMessage.problemsMax }

  mutating func note(_ kind: MessageProblem.Kind, _ header: String = "", offset: Int) {
    guard wantsMore else { return }
    problems.append(MessageProblem(kind: kind, header: header, offset: offset))
  }

  mutating func note(_ kind: MessageProblem.Kind, _ header: String = "", at place: SIPText) {
    note(kind, header, offset: place.offset(in: message.text) ?? message.headLength)
  }

  mutating func checkStartLine() {
    let end = message.text.index(of: 10) ?? message.text.count
    let line = message.text.slice(0, message.text[end - 1] == 13 ? end - 1 : end)
    switch message.startLine {
    case .request(_, let method, let uri):
      let uriStart = uri.offset(in: message.text) ?? 0
      if uriStart != method.count + 1 {
        note(.blanksInStartLine, offset: method.count + 1)
      } else if line.count != uriStart + uri.count + 8 || line[line.count - 1] == 32 {
        let isBehindURI = line[uriStart + uri.count + 1] == 32
        note(.blanksInStartLine, offset: isBehindURI ? uriStart + uri.count + 1 : line.trimmedAtEnd.count)
      }
      if uri[0] == UInt8(ascii: "<") {
        note(.uriInBrackets, at: uri)
      } else {
        checkURI(uri, "", isRequestURI: true)
      }
    case .response:
      if line[8] == 32 { note(.blanksInStartLine, offset: 8) }
    }
  }

  mutating func checkWhole(isInStream: Bool) {
    let end = message.headLength
    if message.oddities.contains(.headersCut) {
      note(.headersCut, offset: message.text.count)
      return
    }
    for rule in HeaderRule.mandatory where !hasSeen(rule) { note(.missingHeader, rule.title, offset: end) }
    if message.isRequest, !hasSeen(.maxForwards) { note(.missingExpectedHeader, "Max-Forwards", offset: end) }
    if contacts == 0, wildcard == nil, needsContact { note(.missingExpectedHeader, "Contact", offset: end) }
    if isInStream, !hasSeen(.contentLength) { note(.missingExpectedHeader, "Content-Length", offset: end) }
    checkSequence()
    checkTags()
    if let wildcard {
      let isRemoval = message.firstLine(of: .expires)?.decimal == 0
      if message.method != .register || contacts > 0 || !isRemoval { note(.badWildcard, "Contact", at: wildcard) }
    }
    checkBody()
  }

  /// An INVITE and what accepts it say where to send the rest of the dialog (RFC 3261 section 12.1).
  private var needsContact: Bool {
    if message.method == .invite { return true }
    guard let status = message.status, (200...299).contains(status) else { return false }
    return message.cseq?.method == .invite
  }

  private mutating func checkSequence() {
    guard let value = message.hotValue(.cseq) else { return }
    guard let cseq = message.cseq, cseq.number < 1 << 31 else {
      note(.badCSeq, "CSeq", at: value)
      return
    }
    switch message.startLine {
    case .request(_, let method, _):
      if !(method == cseq.methodText) { note(.methodMismatch, "CSeq", at: cseq.methodText) }
    case .response: break
    }
  }

  private mutating func checkTags() {
    if let value = message.hotValue(.from), let from = message.from, from.tag == nil {
      note(.missingTag, "From", at: value)
    }
    if let status = message.status, status > 100, let value = message.hotValue(.to), let to = message.to, to.tag == nil
    {
      note(.missingTag, "To", at: value)
    }
  }

  func hasSeen(_ rule: HeaderRule) -> Bool { seen & (1 << UInt64(rule.rawValue)) != 0 }
}
