/// What of XML the answer to a login needs: elements, text, the five named references and numbers.
///
/// Strict, and small on purpose: declarations of entities are how a few bytes become many, and a parser that knows them
/// need not meet whatever answers at a login host. Anything else than elements and text makes the whole unreadable.
struct SOAPText {
  /// Texts of the elements without children, by the way to them in local names: `Envelope/Body/Fault/faultcode`. Of
  /// several on one way the first counts.
  private(set) var values: [String: String] = [:]

  private static let depthMax = 16
  private static let elementsMax = 1000

  private var open: [[UInt8]] = []
  private var text: [UInt8] = []
  private var isLeaf = false
  private var elements = 0

  /// nil for what is not one whole document.
  init?(_ bytes: [UInt8]) {
    var rest = Self.withoutDeclaration(bytes[...].drop(while: Self.isSpace))
    while let byte = rest.first {
      if byte != UInt8(ascii: "<") {
        let end = rest.firstIndex(of: UInt8(ascii: "<")) ?? rest.endIndex
        guard !open.isEmpty || rest[..<end].allSatisfy(Self.isSpace) else { return nil }
        text += rest[..<end]
        rest = rest[end...]
      } else {
        guard let end = rest.firstIndex(of: UInt8(ascii: ">")), take(tag: rest[..<end].dropFirst()) else { return nil }
        rest = rest[end...].dropFirst()
      }
    }
    guard open.isEmpty, elements > 0 else { return nil }
  }

  private mutating func take(tag: ArraySlice<UInt8>) -> Bool {
    switch tag.first {
    case nil, UInt8(ascii: "!"), UInt8(ascii: "?"): return false
    case UInt8(ascii: "/"): return close(Self.localName(tag.dropFirst()))
    default:
      let name = Self.localName(tag)
      elements += 1
      guard !name.isEmpty, elements <= Self.elementsMax, open.count < Self.depthMax, !(open.isEmpty && elements > 1)
      else { return false }
      open.append(name)
      text = []
      isLeaf = true
      return tag.last == UInt8(ascii: "/") ? close(name) : true
    }
  }

  private mutating func close(_ name: [UInt8]) -> Bool {
    guard open.last == name else { return false }
    if isLeaf {
      guard let value = Self.unescaped(text) else { return false }
      let way = open.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "/")
      if values[way] == nil { values[way] = value }
    }
    open.removeLast()
    isLeaf = false
    return true
  }

  private static func withoutDeclaration(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard bytes.starts(with: "<?xml ".utf8), let end = bytes.firstIndex(of: UInt8(ascii: ">")) else { return bytes }
    return bytes[end...].dropFirst()
  }

  /// Without a prefix and without attributes.
  private static func localName(_ tag: ArraySlice<UInt8>) -> [UInt8] {
    let name = tag.prefix { !isSpace($0) && $0 != UInt8(ascii: "/") }
    return Array(name.lastIndex(of: UInt8(ascii: ":")).map { name[$0...].dropFirst() } ?? name)
  }

  private static func unescaped(_ bytes: [UInt8]) -> String? {
    var result = ""
    var rest = bytes[...]
    while let start = rest.firstIndex(of: UInt8(ascii: "&")) {
      result += String(decoding: rest[..<start], as: UTF8.self)
      guard let end = rest[start...].prefix(12).firstIndex(of: UInt8(ascii: ";")),
        let scalar = scalar(String(decoding: rest[start..<end].dropFirst(), as: UTF8.self))
      else { return nil }
      result.unicodeScalars.append(scalar)
      rest = rest[end...].dropFirst()
    }
    return result + String(decoding: rest, as: UTF8.self)
  }

  private static func scalar(_ reference: String) -> Unicode.Scalar? {
    switch reference {
    case "amp": "&"
    case "lt": "<"
    case "gt": ">"
    case "quot": "\""
    case "apos": "'"
    default:
      reference.hasPrefix("#x")
        ? UInt32(reference.dropFirst(2), radix: 16).flatMap { Unicode.Scalar($0) }
        : reference.hasPrefix("#") ? UInt32(reference.dropFirst()).flatMap { Unicode.Scalar($0) } : nil
    }
  }

  private static func isSpace(_ byte: UInt8) -> Bool { [9, 10, 13, 32].contains(byte) }
}
