/// Turns away texts that are YAML but not what these files are made of, before a parser sees them.
///
/// Anchors and aliases let a few lines stand for billions of values, and the parser calls itself for every level of
/// nesting. Both are found from the bytes alone, without a parser's idea of where a token starts, so what is found
/// can be more than is there (an `&` inside a quoted text), never less.
enum YAMLGuard {
  static let bytesMax = 4 << 20
  static let indentationMax = 100
  static let flowDepthMax = 32

  struct Finding {
    var place: Place
    var message: String
    var remedy: String
  }

  static func check(_ text: String) -> Finding? {
    var text = text
    return text.withUTF8 { bytes in
      guard bytes.count <= bytesMax else {
        return Finding(
          place: .start, message: "the file has \(bytes.count) bytes; no more than \(bytesMax) are read",
          remedy: "split it")
      }
      var number = 1
      var depth = 0
      // YAML ends a line at a lone carriage return too.
      for line in bytes.split(omittingEmptySubsequences: false, whereSeparator: { $0 == 10 || $0 == 13 }) {
        if let finding = checkLine(line, number: number, depth: &depth) { return finding }
        let end = bytes[line.endIndex...].prefix(2)
        if !end.elementsEqual([13, 10]) { number += 1 }
      }
      return nil
    }
  }

  private static func checkLine(
    _ bytes: Slice<UnsafeBufferPointer<UInt8>>, number: Int, depth: inout Int
  ) -> Finding? {
    let structure = bytes.prefix { structural.contains($0) }
    if structure.count > indentationMax {
      return Finding(
        place: Place(line: number, column: indentationMax + 1),
        message: "the line is indented by more than \(indentationMax) columns", remedy: "nest less deeply")
    }
    // A comment ends at YAML's other line ends (NEL, LS, PS) as well, so one that may hold them is looked into.
    let isComment = bytes.dropFirst(structure.count).first == UInt8(ascii: "#")
    if isComment, !bytes.contains(where: { $0 == 0x85 || $0 == 0xa8 || $0 == 0xa9 }) { return nil }
    var previous = UInt8(ascii: " ")
    for (offset, byte) in bytes.enumerated() {
      switch byte {
      case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"): depth = max(0, depth - 1)
      case UInt8(ascii: "&") where beforeAnchor.contains(previous):
        return Finding(
          place: Place(line: number, column: offset + 1), message: "anchors (`&`) and aliases are not read",
          remedy: "write the value out; an `&` inside a text can be written as \"\\x26\"")
      default: break
      }
      if depth > flowDepthMax {
        return Finding(
          place: Place(line: number, column: offset + 1),
          message: "more than \(flowDepthMax) opened brackets", remedy: "close a bracket or nest less deeply")
      }
      previous = byte
    }
    return nil
  }

  /// What can open levels of nesting at the start of a line.
  private static let structural: Set<UInt8> = Set(" \t-?:".utf8)
  /// What can stand right before an anchor.
  private static let beforeAnchor: Set<UInt8> = Set(" \t\r[{,:-?\"'".utf8).union([0xa8, 0xa9, 0x85, 0xbf])
}
