/// Ids that a CRM gives its records: two runs that created other records before have other ones of the same thing.
enum RecordIDs {
  /// The text with every such id as `<id>`, and without this program's own mark of a call.
  ///
  /// Taken for one: 18 digits or more (Zoho), a UUID (SugarCRM), `12x345` (vTiger), 15 or 18 letters and digits that
  /// begin with `00` (Salesforce). A telephone number has at most 15 digits (E.164) and is none of these.
  static func masked(_ text: String) -> String {
    var result: [UInt8] = []
    var token: [UInt8] = []
    var escape = 0
    for byte in text.utf8 {
      if escape == 0, isPart(byte) {
        token.append(byte)
        continue
      }
      flush(&token, into: &result)
      result.append(byte)
      escape = byte == UInt8(ascii: "%") ? 2 : max(0, escape - 1)
    }
    flush(&token, into: &result)
    return withoutMark(String(decoding: result, as: UTF8.self))
  }

  private static func flush(_ token: inout [UInt8], into result: inout [UInt8]) {
    result += isID(token) ? Array("<id>".utf8) : token
    token.removeAll(keepingCapacity: true)
  }

  private static func isPart(_ byte: UInt8) -> Bool { isDigit(byte) || isLetter(byte) || byte == UInt8(ascii: "-") }
  private static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }
  private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- UInt8(ascii: "a") < 26 }

  private static func isID(_ token: [UInt8]) -> Bool {
    if token.count >= 18, token.allSatisfy(isDigit) { return true }
    if token.count == 36 {
      return token.indices.allSatisfy { index in
        [8, 13, 18, 23].contains(index) == (token[index] == UInt8(ascii: "-"))
      }
    }
    if [15, 18].contains(token.count), token.starts(with: "00".utf8) {
      return token.contains(where: isLetter) && token.allSatisfy { isDigit($0) || isLetter($0) }
    }
    let parts = token.split(separator: UInt8(ascii: "x"), omittingEmptySubsequences: false)
    return parts.count == 2 && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy(isDigit) } && parts[0].count <= 3
  }

  /// `[ucmsim call 1795251557.44]` holds the number of a channel, which earlier calls shift.
  private static func withoutMark(_ text: String) -> String {
    guard let mark = text.firstRange(of: "[ucmsim call ") else { return text }
    let rest = text[mark.upperBound...]
    guard let close = rest.firstIndex(of: "]") else { return text }
    return text[..<mark.upperBound] + "…" + withoutMark(String(rest[close...]))
  }
}
