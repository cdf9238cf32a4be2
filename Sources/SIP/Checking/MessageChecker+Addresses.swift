extension MessageChecker {
  /// A `name-addr` or `addr-spec` with header parameters, to the letter of RFC 3261 sections 20.10 and 25.1.
  mutating func checkAddress(_ value: SIPText, _ title: String, needsBrackets: Bool = false) {
    guard let address = NameAddress(value), let uriStart = address.uri.offset(in: value) else {
      note(value.hasOpenQuote ? .unterminatedQuote : .malformedAddress, title, at: value)
      return
    }
    let before = value.slice(0, uriStart)
    if before.trimmedAtEnd.endsInBracket {
      checkDisplayName(address.rawDisplayName, title)
      let uriEnd = uriStart + address.uri.count
      if !before.endsInBracket || value[uriEnd] != UInt8(ascii: ">") {
        note(.blankInURI, title, offset: (value.offset(in: message.text) ?? 0) + uriStart)
      }
    } else {
      if needsBrackets || address.uri.index(of: UInt8(ascii: "?")) != nil || value.endOfFirstListValue < value.count {
        note(.uriNeedsBrackets, title, at: address.uri)
      }
    }
    checkURI(address.uri, title, isRequestURI: false)
    let parameters = address.parameters.text
    let beforeFirst = parameters.split(at: UInt8(ascii: ";")).first
    let end = (parameters.offset(in: value) ?? value.count) + parameters.count
    if !beforeFirst.trimmed.isEmpty || end < value.count { note(.malformedAddress, title, at: parameters) }
    checkParameters(address.parameters, title)
  }

  /// Quoted, or words that are tokens.
  private mutating func checkDisplayName(_ name: SIPText, _ title: String) {
    if name[0] == UInt8(ascii: "\"") {
      if name.endOfQuoted(from: 0) != name.count - 1 { note(.unquotedDisplayName, title, at: name) }
      return
    }
    var words = Words(text: name)
    while let word = words.next() {
      if !word.isToken {
        note(.unquotedDisplayName, title, at: name)
        return
      }
    }
  }

  /// `generic-param`: a token, alone or with a token, an address or a quoted string.
  mutating func checkParameters(_ parameters: HeaderParameters, _ title: String) {
    var firstBad: (kind: MessageProblem.Kind, place: SIPText)?
    parameters.forEach { name, value in
      guard firstBad == nil else { return }
      if !name.isToken {
        firstBad = (.malformedParameter, name)
      } else if let value, let kind = Self.problem(ofValue: value) {
        firstBad = (kind, value)
      }
    }
    if let firstBad { note(firstBad.kind, title, at: firstBad.place) }
  }

  private static func problem(ofValue value: SIPText) -> MessageProblem.Kind? {
    if value[0] == UInt8(ascii: "\"") {
      guard let close = value.endOfQuoted(from: 0) else { return .unterminatedQuote }
      return close == value.count - 1 ? nil : .malformedParameter
    }
    return value.isToken || SIPHost(value) != nil ? nil : .malformedParameter
  }
}

extension SIPText {
  fileprivate var endsInBracket: Bool { self[count - 1] == UInt8(ascii: "<") }

  fileprivate var hasOpenQuote: Bool {
    var index = 0
    while let quote = self.index(of: UInt8(ascii: "\""), from: index) {
      guard let close = endOfQuoted(from: quote) else { return true }
      index = close + 1
    }
    return false
  }
}
