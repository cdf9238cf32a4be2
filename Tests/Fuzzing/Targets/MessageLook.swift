import SIP

/// Asks a message for everything; each answer that is a view lies within the message.
struct MessageLook {
  private let whole: UnsafeRawBufferPointer
  private(set) var broken: String?

  init(_ whole: UnsafeRawBufferPointer) { self.whole = whole }

  /// The law that an answer broke, or nil.
  static func lawBroken(by message: SIPMessage) -> String? {
    var look = MessageLook(message.text.bytes)
    look.look(at: message)
    return look.broken
  }

  mutating func breaks(_ law: @autoclosure () -> String) { broken = broken ?? law() }

  mutating func check(_ view: SIPText?, _ what: StaticString) {
    if let view, !whole.contains(view.bytes) { breaks("\(what) lies outside of its message") }
  }

  private mutating func look(at message: SIPMessage) {
    switch message.startLine {
    case .request(_, let method, let uri):
      check(method, "method")
      check(uri, "request URI")
      look(at: uri)
    case .response(let status, let reason):
      check(reason, "reason phrase")
      if !(100...699).contains(status) { breaks("a status of \(status)") }
    }
    check(message.body, "body")
    check(message.callID, "Call-ID")
    check(message.branch, "branch")
    check(message.cseq?.methodText, "CSeq")
    check(message.assertedUser, "asserted user")
    for address in [message.from, message.to] { look(at: address) }
    if let via = message.topmostVia { look(at: via) }
    _ = (message.privacy, message.isFromAnonymous, message.oddities)
    // A value that one header may not have is read as that header all the same: any reader gets any value.
    message.forEachHeader { name, value in
      check(name, "header name")
      check(value, "header value")
      look(at: NameAddress(value))
      lookAtTypes(of: value)
    }
    for name in [HeaderName.contact, .via, .diversion, .historyInfo, .pAssertedIdentity, .route] {
      check(message.firstLine(of: name), "header line")
      message.forEachValue(of: name) { value in
        check(value, "list value")
        look(at: NameAddress(value))
        lookAtTypes(of: value)
      }
    }
    look(atBodyOf: message)
    look(atProblemsOf: message)
  }

  private mutating func look(atProblemsOf message: SIPMessage) {
    for problems in [message.problems(), message.problems(isInStream: true)] {
      if problems.count > SIPMessage.problemsMax { breaks("\(problems.count) problems") }
      for problem in problems where !(0...message.text.count).contains(problem.offset) {
        breaks("\(problem.kind) at byte \(problem.offset) of \(message.text.count)")
      }
    }
  }

  mutating func look(at address: NameAddress?) {
    guard let address else { return }
    check(address.rawDisplayName, "display name")
    check(address.uri, "URI")
    check(address.tag, "tag")
    check(address.parameters.value("expires"), "parameter")
    _ = address.displayName
    look(at: address.uri)
  }

  mutating func look(at text: SIPText) {
    guard let uri = SIPURI(text) else { return }
    check(uri.user, "user")
    check(uri.host, "host")
    check(uri.headers, "URI headers")
    look(at: uri.parameters)
    if let host = SIPHost(uri.host), case .ipv6(let inner, _) = host { check(inner, "address") }
    if let number = TelephoneNumber(uri) ?? TelephoneNumber(subscriber: uri.user) {
      check(number.phoneContext, "phone context")
      if number.digits.isEmpty { breaks("a telephone number without digits") }
    }
    _ = uri.isEquivalent(to: uri)
    _ = uri.withHeader("Reason") { $0.unquoted }
  }

  mutating func look(at parameters: HeaderParameters) {
    parameters.forEach { name, value in
      check(name, "parameter name")
      check(value, "parameter value")
    }
  }
}
