/// What of XML the rows of a request need: elements, attributes, text, CDATA, the five named references and numbers.
///
/// Foundation's parser traps on a processing instruction without data, and entities of the request's own are how a few
/// bytes become many, or name files: neither reaches it.
enum ZohoXMLSubset {
  /// The text without its declaration; nil where there is anything else in it.
  static func text(of given: String) -> String? {
    var bytes = Array(given.utf8)[...]
    while let first = bytes.first, isSpace(first) { bytes.removeFirst() }
    if starts(bytes, "<?xml ") {
      guard let end = place(of: "?>", in: bytes) else { return nil }
      bytes = bytes[(end + 2)...]
    }
    var index = bytes.startIndex
    while index < bytes.endIndex {
      let rest = bytes[index...]
      switch bytes[index] {
      case UInt8(ascii: "<") where starts(rest, "<![CDATA["):
        guard let end = place(of: "]]>", in: rest), rest[..<end].allSatisfy(isAllowed) else { return nil }
        index = end + 3
      case UInt8(ascii: "<") where starts(rest, "<!") || starts(rest, "<?"): return nil
      case UInt8(ascii: "&"):
        guard let end = rest.prefix(12).firstIndex(of: UInt8(ascii: ";")), isReference(rest[(index + 1)..<end]) else {
          return nil
        }
        index = end + 1
      case let byte:
        guard isAllowed(byte) else { return nil }
        index += 1
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Of control characters XML has tabs and line ends alone.
  private static func isAllowed(_ byte: UInt8) -> Bool { byte >= 32 || isSpace(byte) }

  private static func isSpace(_ byte: UInt8) -> Bool { [9, 10, 13, 32].contains(byte) }

  private static func isReference(_ name: ArraySlice<UInt8>) -> Bool {
    let name = String(decoding: name, as: UTF8.self)
    if ["amp", "lt", "gt", "quot", "apos"].contains(name) { return true }
    guard name.first == "#" else { return false }
    let isHexadecimal = name.hasPrefix("#x")
    let digits = name.dropFirst(isHexadecimal ? 2 : 1)
    guard digits.utf8.allSatisfy({ isHexadecimal ? Character(UnicodeScalar($0)).isHexDigit : (48...57).contains($0) }),
      let value = UInt32(digits, radix: isHexadecimal ? 16 : 10), let scalar = Unicode.Scalar(value)
    else { return false }
    return scalar.value >= 32 || [9, 10, 13].contains(scalar.value)
  }

  private static func starts(_ bytes: ArraySlice<UInt8>, _ text: String) -> Bool { bytes.starts(with: text.utf8) }

  private static func place(of text: String, in bytes: ArraySlice<UInt8>) -> Int? {
    let wanted = Array(text.utf8)
    var index = bytes.startIndex
    while index + wanted.count <= bytes.endIndex {
      if bytes[index] == wanted[0], bytes[index...].starts(with: wanted) { return index }
      index += 1
    }
    return nil
  }
}
