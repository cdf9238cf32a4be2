/// `;name=value` pairs after a header's value or inside a URI.
public struct HeaderParameters {
  let text: SIPText

  init(text: SIPText) { self.text = text }

  /// The parameters of a header value that has no URI: all after its first `;`.
  init(of value: SIPText) {
    text = value.slice(value.index(of: UInt8(ascii: ";")) ?? value.count, value.count)
  }

  /// The value of the first parameter of that name, without quotes; empty for a flag; nil when absent.
  public func value(_ name: StaticString) -> SIPText? {
    guard var start = text.index(of: UInt8(ascii: ";")) else { return nil }
    // A quoted value may hold what looks like the next parameter.
    let mayPassOver = text.index(of: UInt8(ascii: "\"")) == nil
    while start < text.count {
      start &+= 1
      if mayPassOver, let byte = text[start], !Self.mayBegin(name, with: byte) {
        start = text.index(of: UInt8(ascii: ";"), from: start) ?? text.count
        continue
      }
      let (end, equals) = text.endOfParameter(from: start)
      if text.slice(start, equals).trimmed.equalsIgnoringCase(name) {
        let value = text.slice(equals &+ 1, end).trimmed
        let isQuoted = value.count >= 2 && value[0] == 34 && value[value.count - 1] == 34
        return isQuoted ? value.slice(1, value.count - 1) : value
      }
      start = end
    }
    return nil
  }

  /// Whether a parameter with this first byte may have the name; a blank may stand in front of any.
  @inline(__always)
  private static func mayBegin(_ name: StaticString, with byte: UInt8) -> Bool {
    guard name.utf8CodeUnitCount > 0 else { return true }
    return SIPText.lowercased(byte) == SIPText.lowercased(name.utf8Start[0]) || SIPText.isSpace(byte)
  }

  /// Every parameter in order, name and value without blanks around them; the value keeps its quotes and is nil for a
  /// flag. Empty ones, as in `;;`, have an empty name.
  public func forEach(_ body: (_ name: SIPText, _ value: SIPText?) -> Void) {
    var rest = text
    while let semicolon = rest.index(of: UInt8(ascii: ";")) {
      rest = rest.slice(semicolon + 1, rest.count)
      let end = rest.endOfParameter(from: 0).end
      let pair = rest.slice(0, end)
      if let equals = pair.index(of: UInt8(ascii: "=")) {
        body(pair.slice(0, equals).trimmed, pair.slice(equals + 1, pair.count).trimmed)
      } else {
        body(pair.trimmed, nil)
      }
      rest = rest.slice(end, rest.count)
    }
  }
}

extension SIPText {
  /// Where the parameter ends that begins at `start`, and where its `=` is, or its end if it has none.
  fileprivate func endOfParameter(from start: Int) -> (end: Int, equals: Int) {
    let end = index(of: UInt8(ascii: ";"), from: start) ?? max(start, count)
    let parameter = slice(start, end)
    guard parameter.index(of: UInt8(ascii: "\"")) == nil else { return endOfQuotedParameter(from: start) }
    return (end, parameter.index(of: UInt8(ascii: "=")).map { start &+ $0 } ?? end)
  }

  @inline(never)
  private func endOfQuotedParameter(from start: Int) -> (end: Int, equals: Int) {
    var equals: Int?
    var index = start
    while index < bytes.count {
      let byte = bytes[index]
      if byte == UInt8(ascii: ";") { break }
      if byte == UInt8(ascii: "\"") {
        guard let close = endOfQuoted(from: index) else { return (count, equals ?? count) }
        index = close
      } else if byte == UInt8(ascii: "="), equals == nil {
        equals = index
      }
      index &+= 1
    }
    return (index, equals ?? index)
  }
}
