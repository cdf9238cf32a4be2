import SIP

/// One message, with everything that can be asked of it. It also stays what it is when its own text is read again.
func readMessage(_ input: UnsafeRawBufferPointer) -> String? {
  do throws(SIPParseError) {
    let message = try SIPMessage.parse(input)
    guard input.contains(message.text.bytes) else { return "the text lies outside of the input" }
    if let law = Capture.lawBroken(by: message) { return law }
    let again = try SIPMessage.parse(message.text.bytes)
    guard again.text.count == message.text.count, again.isRequest == message.isRequest else {
      return "a message of \(message.text.count) bytes is one of \(again.text.count) when read again"
    }
    return nil
  } catch {
    return error.offset >= 0 && error.offset <= input.count ? nil : "an error at byte \(error.offset) of \(input.count)"
  }
}

/// Borders in a stream: each step goes on and within the bytes, and more bytes do not move the end of a message.
func findBorders(_ input: UnsafeRawBufferPointer) -> String? {
  var at = 0
  while at < input.count {
    let rest = input.part(at, input.count)
    let length: Int
    switch StreamFraming.step(rest) {
    case .needMore: return nil
    case .message(let count):
      length = count
      for cut in [count, (count + rest.count) / 2]
      where StreamFraming.step(rest.part(0, cut)) != .message(length: count) {
        return "a message of \(count) bytes is none when \(cut) of \(rest.count) bytes are there"
      }
    case .keepAlive(let count), .junk(let count): length = count
    }
    guard length > 0, length <= rest.count else { return "a step of \(length) over \(rest.count) bytes" }
    at += length
  }
  return nil
}

extension Capture {
  /// Asks a message for everything; nil if every answer lies within it.
  static func lawBroken(by message: SIPMessage) -> String? {
    let whole = message.text.bytes
    var outside: String?
    func check(_ view: SIPText?, _ what: String) {
      if let view, !whole.contains(view.bytes) { outside = outside ?? "\(what) lies outside of its message" }
    }
    switch message.startLine {
    case .request(_, let method, let uri):
      check(method, "method")
      check(uri, "request URI")
      look(at: uri, check)
    case .response(let status, let reason):
      check(reason, "reason phrase")
      if !(100...699).contains(status) { return "a status of \(status)" }
    }
    check(message.body, "body")
    check(message.callID, "Call-ID")
    check(message.branch, "branch")
    check(message.cseq?.methodText, "CSeq")
    for address in [message.from, message.to] { look(at: address, check) }
    message.forEachHeader { name, value in
      check(name, "header name")
      check(value, "header value")
      look(at: NameAddress(value), check)
    }
    for name in [HeaderName.contact, .via, .diversion, .historyInfo, .pAssertedIdentity, .route] {
      check(message.firstLine(of: name), "header line")
      message.forEachValue(of: name) { value in
        check(value, "list value")
        look(at: NameAddress(value), check)
      }
    }
    return outside
  }

  private static func look(at address: NameAddress?, _ check: (SIPText?, String) -> Void) {
    guard let address else { return }
    check(address.rawDisplayName, "display name")
    check(address.uri, "URI")
    check(address.tag, "tag")
    check(address.parameters.value("expires"), "parameter")
    _ = address.displayName
    look(at: address.uri, check)
  }

  private static func look(at text: SIPText, _ check: (SIPText?, String) -> Void) {
    guard let uri = SIPURI(text) else { return }
    check(uri.user, "user")
    check(uri.host, "host")
    check(uri.parameters.value("transport"), "URI parameter")
  }
}
