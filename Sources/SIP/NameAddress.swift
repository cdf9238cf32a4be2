/// The value of From, To, Contact and their like: a display name, a URI and header parameters
/// (RFC 3261 section 25.1 `name-addr` and `addr-spec`). Of several values in one line, the first.
public struct NameAddress {
  /// As written, with its quotes; empty when there is none.
  public let rawDisplayName: SIPText
  /// The URI without angle brackets, not checked to be one; never empty. `SIPURI` takes it apart.
  public let uri: SIPText
  /// The header's own parameters, behind the bracket; those inside it belong to the URI (RFC 3261 section 20.10).
  public let parameters: HeaderParameters

  /// nil when no URI can be found: an unclosed quote or bracket, or nothing at all.
  public init?(_ value: SIPText) {
    var search = 0
    if value[0] == UInt8(ascii: "\"") {
      guard let close = value.endOfQuoted(from: 0) else { return nil }
      search = close + 1
    }
    if let open = value.openingBracket(from: search) {
      guard let close = value.index(of: UInt8(ascii: ">"), from: open) else { return nil }
      rawDisplayName = value.slice(0, open).trimmed
      uri = value.slice(open + 1, close).trimmed
      let rest = value.slice(close + 1, value.count)
      parameters = HeaderParameters(text: rest.slice(0, rest.endOfFirstListValue))
    } else {
      // Without brackets every parameter belongs to the header, and a comma ends the value (RFC 3261 section 20.10).
      let first = value.slice(0, value.endOfFirstListValue)
      let end = first.index(of: UInt8(ascii: ";")) ?? first.count
      rawDisplayName = .empty
      uri = first.slice(0, end).trimmed
      parameters = HeaderParameters(text: first.slice(end, first.count))
    }
    guard !uri.isEmpty else { return nil }
  }

  /// The tag parameter, which makes From or To one half of a dialog (RFC 3261 section 19.3); nil when absent.
  public var tag: SIPText? { parameters.value("tag") }

  /// The display name where it stands in the message as a phone would show it; nil where escapes or folds have to go.
  public var plainDisplayName: SIPText? {
    guard rawDisplayName.index(of: 10) == nil, rawDisplayName.index(of: UInt8(ascii: "\\")) == nil else { return nil }
    guard rawDisplayName[0] == UInt8(ascii: "\""), let close = rawDisplayName.endOfQuoted(from: 0) else {
      return rawDisplayName
    }
    return rawDisplayName.slice(1, close)
  }

  /// The display name a phone would show: quotes and escapes removed, folds made one space.
  public var displayName: String {
    guard rawDisplayName[0] == UInt8(ascii: "\""), let close = rawDisplayName.endOfQuoted(from: 0) else {
      return rawDisplayName.unfolded
    }
    let inner = rawDisplayName.slice(1, close)
    guard inner.index(of: UInt8(ascii: "\\")) != nil else { return inner.unfolded }
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
    return bytes.withUnsafeBytes { SIPText($0).unfolded }
  }
}

extension SIPText {
  /// A copy with every line end and the blanks around it made one space (RFC 3261 section 7.3.1).
  public var unfolded: String {
    guard index(of: 10) != nil else { return string }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count)
    var index = 0
    while let byte = self[index] {
      index += 1
      guard byte == 10 else {
        bytes.append(byte)
        continue
      }
      while let last = bytes.last, Self.isSpace(last) { bytes.removeLast() }
      while let next = self[index], Self.isSpace(next) { index += 1 }
      bytes.append(32)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Where the URI's bracket opens; one within quotes does not count.
  fileprivate func openingBracket(from start: Int) -> Int? {
    var index = start
    while index < bytes.count {
      let byte = bytes[index]
      if byte == UInt8(ascii: "<") { return index }
      // A lone quote in an unquoted display name is a character like any other.
      if byte == UInt8(ascii: "\""), let close = endOfQuoted(from: index) { index = close }
      index &+= 1
    }
    return nil
  }
}
