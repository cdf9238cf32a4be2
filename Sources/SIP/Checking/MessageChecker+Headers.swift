extension MessageChecker {
  mutating func check(_ line: HeaderCursor.Line) {
    guard line.isReadable else {
      note(.unreadableHeader, offset: line.valueStart)
      return
    }
    let rule = HeaderRule(line.name)
    let title = rule?.title ?? line.name.string
    if line.value.bytes.contains(where: { $0 >= 128 }), String(validating: line.value.bytes, as: UTF8.self) == nil {
      note(.notUTF8, title, offset: line.valueStart)
    }
    guard let rule else { return }
    if hasSeen(rule), !rule.mayRepeat {
      note(rule == .contentLength ? .contentLengthConflict : .repeatedHeader, title, offset: line.valueStart)
    }
    let isFirst = !hasSeen(rule)
    seen |= 1 << UInt64(rule.rawValue)
    check(line.value, rule, title, isFirst: isFirst, offset: line.valueStart)
  }

  private mutating func check(_ value: SIPText, _ rule: HeaderRule, _ title: String, isFirst: Bool, offset: Int) {
    switch rule {
    case .via: checkVias(value, title, isFirst: isFirst)
    case .from, .to, .referTo, .referredBy: checkAddress(value, title)
    case .contact: checkContacts(value, title)
    case .route, .recordRoute: forEachListValue(value, title) { $0.checkAddress($1, title, needsBrackets: true) }
    case .assertedIdentity, .preferredIdentity, .remotePartyID, .diversion, .historyInfo:
      forEachListValue(value, title) { $0.checkAddress($1, title) }
    case .callID: if !value.isCallID { note(.badCallID, title, offset: offset) }
    case .maxForwards: checkNumber(value, title, limit: 255, tooLarge: .numberTooLarge, offset: offset)
    case .contentLength: checkNumber(value, title, limit: .max, tooLarge: .numberTooLarge, offset: offset)
    case .expires, .minExpires:
      checkNumber(value, title, limit: .max, tooLarge: .intervalTooLarge, offset: offset)
    case .sessionExpires:
      checkNumber(value.beforeParameters, title, limit: .max, tooLarge: .intervalTooLarge, offset: offset)
    case .retryAfter:
      let number = value.split(at: UInt8(ascii: "(")).first.beforeParameters
      checkNumber(number, title, limit: .max, tooLarge: .intervalTooLarge, offset: offset)
    case .date: if !value.isDateInGMT { note(.badDate, title, offset: offset) }
    case .warning:
      forEachListValue(value, title) { if !$1.isWarning { $0.note(.badWarning, title, at: $1) } }
    case .require, .proxyRequire:
      forEachListValue(value, title) { if !OptionTag.isRegistered($1) { $0.note(.unknownOption, title, at: $1) } }
    case .authorization, .proxyAuthorization, .wwwAuthenticate, .proxyAuthenticate:
      checkAuthentication(value, title, offset: offset)
    case .replaces: if Replaces(value) == nil { note(.malformedParameter, title, offset: offset) }
    case .accept:
      acceptsSDP = acceptsSDP ?? false
      forEachListValue(value, title) { if $1.acceptsSDP { $0.acceptsSDP = true } }
      if value.isEmpty { acceptsSDP = false }
    case .contentType: checkContentType(value, title, offset: offset)
    case .cseq, .subject, .userAgent, .server, .event, .reason, .mimeVersion, .contentDisposition: break
    }
  }

  /// The values of a list; empty ones are a problem of their own.
  mutating func forEachListValue(_ line: SIPText, _ title: String, _ body: (inout MessageChecker, SIPText) -> Void) {
    var rest = line
    while wantsMore {
      let end = rest.endOfFirstListValue
      let value = rest.slice(0, end).trimmed
      if !value.isEmpty {
        body(&self, value)
      } else if !line.isEmpty {
        note(.emptyListValue, title, at: rest)
      }
      guard end < rest.count else { return }
      rest = rest.slice(end + 1, rest.count)
    }
  }

  private mutating func checkNumber(
    _ value: SIPText, _ title: String, limit: UInt32, tooLarge: MessageProblem.Kind, offset: Int
  ) {
    guard let number = value.decimal else {
      note(value.isDigits ? tooLarge : .badNumber, title, offset: offset)
      return
    }
    if number > limit { note(tooLarge, title, offset: offset) }
  }

  private mutating func checkVias(_ line: SIPText, _ title: String, isFirst: Bool) {
    var isTopmost = isFirst
    forEachListValue(line, title) { checker, value in
      checker.checkVia(value, title, isTopmost: isTopmost)
      isTopmost = false
    }
  }

  private mutating func checkVia(_ value: SIPText, _ title: String, isTopmost: Bool) {
    guard let via = Via(value) else {
      note(.malformedVia, title, at: value)
      return
    }
    checkHost(via.host, title)
    if via.isUnanswerable { note(.unanswerableVia, title, at: via.host) }
    checkParameters(via.parameters, title)
    if let received = via.received, SIPHost(received)?.isLiteral != true { note(.badHost, title, at: received) }
    guard isTopmost, message.isRequest else { return }
    if let branch = via.branch {
      if branch.equalsIgnoringCase("z9hG4bK") { note(.emptyBranch, title, at: branch) }
    } else {
      note(.missingBranch, title, at: value)
    }
  }

  private mutating func checkContacts(_ line: SIPText, _ title: String) {
    forEachListValue(line, title) { checker, value in
      if value == "*" {
        checker.wildcard = value
        return
      }
      checker.contacts += 1
      checker.checkAddress(value, title)
      guard let address = NameAddress(value), let expires = address.parameters.value("expires") else { return }
      if expires.decimal == nil { checker.note(expires.isDigits ? .intervalTooLarge : .badNumber, title, at: expires) }
    }
  }

  private mutating func checkAuthentication(_ value: SIPText, _ title: String, offset: Int) {
    guard let parameters = DigestParameters(value) else {
      note(.malformedParameter, title, offset: offset)
      return
    }
    let isKnown =
      parameters.isDigest || parameters.scheme.equalsIgnoringCase("Bearer")
      || parameters.scheme.equalsIgnoringCase("Basic")
    if !isKnown { note(.unknownAuthentication, title, offset: offset) }
  }
}

extension Via {
  /// Nothing is sent back to everyone, to no one, or without `maddr` to a group.
  fileprivate var isUnanswerable: Bool {
    guard let address = SIPHost.ipv4(host) else { return false }
    switch address.0 {
    case 224...239: return multicastAddress == nil
    case 0: return true
    case 255: return address == (255, 255, 255, 255)
    default: return false
    }
  }
}
