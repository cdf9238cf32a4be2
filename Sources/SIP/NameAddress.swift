/// The value of From, To, Contact and their like: a display name, a URI and header parameters
/// (RFC 3261 section 25.1 `name-addr` and `addr-spec`).
public struct NameAddress {
  /// As written, with its quotes; empty when there is none.
  public let rawDisplayName: SIPText
  public let uri: SIPText
  public let parameters: HeaderParameters

  /// nil when no URI can be found: an unclosed quote or bracket, or nothing at all.
  public init?(_ value: SIPText) {
    var search = 0
    if value[0] == UInt8(ascii: "\"") {
      guard let close = value.endOfQuoted(from: 0) else { return nil }
      search = close + 1
    }
    if let open = value.index(of: UInt8(ascii: "<"), from: search) {
      guard let close = value.index(of: UInt8(ascii: ">"), from: open) else { return nil }
      rawDisplayName = value.slice(0, open).trimmed
      uri = value.slice(open + 1, close).trimmed
      parameters = HeaderParameters(text: value.slice(close + 1, value.count))
    } else {
      // Without brackets every parameter belongs to the header (RFC 3261 section 20.10).
      let end = value.index(of: UInt8(ascii: ";")) ?? value.count
      rawDisplayName = .empty
      uri = value.slice(0, end).trimmed
      parameters = HeaderParameters(text: value.slice(end, value.count))
    }
    guard !uri.isEmpty else { return nil }
  }

  public var tag: SIPText? { parameters.value("tag") }

  /// The display name a phone would show: quotes and escapes removed.
  public var displayName: String {
    guard rawDisplayName[0] == UInt8(ascii: "\"") else { return rawDisplayName.unfolded }
    let inner = rawDisplayName.slice(1, rawDisplayName.count - 1)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(inner.count)
    var index = 0
    while let byte = inner[index] {
      if byte == UInt8(ascii: "\\"), let escaped = inner[index + 1] {
        bytes.append(escaped)
        index += 2
      } else {
        bytes.append(byte)
        index += 1
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension SIPText {
  /// A copy with every fold made one space (RFC 3261 section 7.3.1).
  public var unfolded: String {
    guard index(of: 10) != nil else { return string }
    return string.split(whereSeparator: \.isNewline).map { line in
      String(line.drop { $0 == " " || $0 == "\t" })
    }.joined(separator: " ")
  }
}

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
