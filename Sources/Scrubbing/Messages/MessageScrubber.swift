import Primitives
public import SIP

/// Writes SIP messages anew with everybody's names replaced: the same headers in the same order, lengths and digests as
/// the new text wants them.
///
/// Only what is known is taken over: header fields by a list, parts of bodies by another; the rest is counted in
/// `losses`. Values that cannot be taken apart become tokens of their shape. Any bytes may come in.
public struct MessageScrubber {
  /// Whole weeks that dates move by: the day of the week and the time of day stay.
  public let weeks: Int
  /// Notes while it is not settled, and renames from then on.
  public var renaming: Renaming
  /// What was left out so far.
  public var losses = ScrubLosses()

  /// A scrubber that has seen nothing.
  public init(renaming: Renaming, weeks: Int) {
    self.renaming = renaming
    self.weeks = weeks
  }

  /// The message's stand-in. A message that is cut stays cut.
  ///
  /// - Parameter needsLength: whether it has to say where it ends (RFC 3261 section 18.3).
  public mutating func scrub(_ message: SIPMessage, needsLength: Bool) -> [UInt8] {
    var body = scrubbedBody(of: message)
    // Of a body that has to say how long it is, the missing part is still missed.
    let missing = message.oddities.contains(.bodyCut) ? max(declaredLength(of: message) - message.body.count, 0) : 0
    let start = startLine(of: message)
    var head = start + "\r\n"
    var hasLength = false
    var lines: [(name: SIPText, value: SIPText)] = []
    message.forEachHeader { name, value in lines.append((name, value)) }
    for (name, value) in lines {
      let fullName = HeaderTreatment.fullName(name)
      guard let treatment = HeaderTreatment.of(fullName) else {
        losses.add("header \(Self.shown(name))")
        continue
      }
      if fullName == "content-length" {
        hasLength = true
        head += "\(name.string): \(body.bytes.count + missing)\r\n"
      } else if let value = scrubbed(value, treatment, fullName, message, &body) {
        head += "\(name.string): \(value)\r\n"
      }
    }
    if !hasLength, needsLength { head += "Content-Length: \(body.bytes.count)\r\n" }
    if !message.oddities.contains(.headersCut) { head += "\r\n" }
    return Array(head.utf8) + body.bytes
  }

  private func declaredLength(of message: SIPMessage) -> Int {
    message.firstLine(of: .contentLength)?.decimal.map { Int(min($0, 1 << 24)) } ?? 0
  }

  /// A name as a report shows it: senders choose it.
  private static func shown(_ name: SIPText) -> String {
    String(name.string.prefix(40).filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") })
  }

  private mutating func startLine(of message: SIPMessage) -> String {
    switch message.startLine {
    case .request(_, let method, let uri): "\(method.string) \(self.uri(uri)) SIP/2.0"
    case .response(let status, let reason): "SIP/2.0 \(status) \(ReasonPhrases.kept(reason.string))"
    }
  }

  /// nil to leave the header out.
  private mutating func scrubbed(
    _ value: SIPText, _ treatment: HeaderTreatment, _ name: String, _ message: SIPMessage, _ body: inout Body
  ) -> String? {
    switch treatment {
    case .kept: return kept(value, name)
    case .addresses: return addresses(value)
    case .via: return list(value) { scrubber, value in scrubber.via(value) }
    case .callID: return list(value) { scrubber, value in scrubber.renaming.tokenAtHost(value.string) }
    case .digest: return digest(value, message, body.bytes)
    case .dialog: return dialog(value.unfolded)
    case .token: return tokenWithParameters(value.unfolded)
    case .products: return products(value.unfolded)
    case .date: return ShiftedDate.text(value.unfolded, weeks: weeks)
    case .event: return event(value.unfolded)
    case .reason: return list(value) { scrubber, value in scrubber.reason(value.unfolded) }
    case .callName: return renaming.tokenAtHost(value.unfolded)
    case .ofBody: return name == "content-type" ? body.type : nil
    }
  }

  /// Words of the protocol; anything that does not look like some is a token.
  private mutating func kept(_ value: SIPText, _ name: String) -> String {
    let text = value.unfolded
    if name == "cseq" || name == "rack" { return text }
    if name.hasPrefix("sip-") { return renaming.token(text) }
    let isPlain = text.utf8.allSatisfy { byte in
      byte >= 32 && byte < 127 && byte != UInt8(ascii: "@") && byte != UInt8(ascii: "\"")
    }
    return isPlain && text.utf8.count <= 1024 ? text : renaming.token(text)
  }

  mutating func list(_ value: SIPText, _ element: (inout MessageScrubber, SIPText) -> String) -> String {
    var values: [SIPText] = []
    value.forEachListValue { values.append($0) }
    return values.map { element(&self, $0) }.joined(separator: ", ")
  }

  private mutating func dialog(_ text: String) -> String {
    let parts = text.split(separator: ";", omittingEmptySubsequences: false).map { trimmed($0) }
    return parts.enumerated().map { place, part in
      if place == 0 { return renaming.tokenAtHost(part) }
      guard let equals = part.firstIndex(of: "=") else { return part }
      return part[...equals] + renaming.token(trimmed(part[part.index(after: equals)...]))
    }.joined(separator: ";")
  }

  private mutating func tokenWithParameters(_ text: String) -> String {
    let parts = text.split(separator: ";", omittingEmptySubsequences: false).map { trimmed($0) }
    return parts.enumerated().map { place, part in
      guard let equals = part.firstIndex(of: "=") else { return place == 0 ? renaming.token(part) : part }
      return part[...equals] + renaming.token(String(part[part.index(after: equals)...]))
    }.joined(separator: ";")
  }

  private mutating func event(_ text: String) -> String {
    text.split(separator: ";").map { trimmed($0) }.enumerated().map { place, part in
      guard place > 0, let equals = part.firstIndex(of: "=") else { return part }
      return part[...equals] + renaming.token(String(part[part.index(after: equals)...]))
    }.joined(separator: ";")
  }

  private func reason(_ text: String) -> String {
    text.split(separator: ";").map { trimmed($0) }.compactMap { part in
      guard part.lowercased().hasPrefix("text=") else { return part }
      let phrase = part.dropFirst(5).filter { $0 != "\"" }
      return ReasonPhrases.standard.contains(phrase.lowercased()) ? part : nil
    }.joined(separator: ";")
  }

  /// Products keep their names and versions: what is told apart by them is a device's make.
  private mutating func products(_ text: String) -> String {
    text.split(separator: " ").map { word in
      let signs = word.filter { $0.isLetter || $0.isNumber }
      let isHexadecimal = signs.count >= 8 && signs.allSatisfy(\.isHexDigit) && signs.contains(where: \.isNumber)
      let hasLongNumber = word.split(whereSeparator: { !$0.isNumber }).contains { $0.count >= 6 }
      // Versions are written like addresses; one that is an address of the trace is none.
      if let address = IPAddress(word), renaming.knows(address) { return renaming.address(address).description }
      if word.contains("@") || word.contains("://") { return renaming.token(String(word)) }
      return isHexadecimal || hasLongNumber ? renaming.token(String(word)) : String(word)
    }.joined(separator: " ")
  }

  func trimmed(_ text: some StringProtocol) -> String {
    var rest = Substring(text)
    while let first = rest.first, first.isWhitespace { rest.removeFirst() }
    while let last = rest.last, last.isWhitespace { rest.removeLast() }
    return String(rest)
  }
}
