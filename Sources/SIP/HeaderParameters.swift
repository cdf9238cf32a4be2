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
    var rest = text
    while let semicolon = rest.index(of: UInt8(ascii: ";")) {
      rest = rest.slice(semicolon + 1, rest.count)
      let end = rest.endOfParameter
      let pair = rest.slice(0, end)
      let equals = pair.index(of: UInt8(ascii: "=")) ?? pair.count
      if pair.slice(0, equals).trimmed.equalsIgnoringCase(name) {
        let value = pair.slice(equals + 1, pair.count).trimmed
        let isQuoted = value.count >= 2 && value[0] == 34 && value[value.count - 1] == 34
        return isQuoted ? value.slice(1, value.count - 1) : value
      }
      rest = rest.slice(end, rest.count)
    }
    return nil
  }

  /// Every parameter in order, name and value without blanks around them; the value keeps its quotes and is nil for a
  /// flag. Empty ones, as in `;;`, have an empty name.
  public func forEach(_ body: (_ name: SIPText, _ value: SIPText?) -> Void) {
    var rest = text
    while let semicolon = rest.index(of: UInt8(ascii: ";")) {
      rest = rest.slice(semicolon + 1, rest.count)
      let end = rest.endOfParameter
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
  fileprivate var endOfParameter: Int {
    var index = 0
    while let byte = self[index], byte != UInt8(ascii: ";") {
      if byte == UInt8(ascii: "\"") {
        guard let close = endOfQuoted(from: index) else { return count }
        index = close
      }
      index += 1
    }
    return index
  }
}
