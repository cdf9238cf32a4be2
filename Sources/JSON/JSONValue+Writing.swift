extension JSONValue {
  /// How a value is laid out.
  public enum Layout: Hashable, Sendable, CaseIterable {
    /// No white space: a line of a journal.
    case compact
    /// One member or element a line, two spaces a level: for people and for `diff`.
    case indented
  }

  /// Appends the value as UTF-8, without a line end after it.
  public func write(_ layout: Layout = .compact, to bytes: inout [UInt8]) {
    write(layout, level: 0, to: &bytes)
  }

  /// The value as UTF-8, without a line end after it.
  public func bytes(_ layout: Layout = .compact) -> [UInt8] {
    var bytes: [UInt8] = []
    write(layout, to: &bytes)
    return bytes
  }

  private func write(_ layout: Layout, level: Int, to bytes: inout [UInt8]) {
    switch self {
    case .null: bytes.append(contentsOf: "null".utf8)
    case .bool(let flag): JSONText.append(flag, to: &bytes)
    case .integer(let integer): JSONText.append(integer, to: &bytes)
    case .decimal(let number, let places): JSONText.append(number, places: places, to: &bytes)
    case .number(let number): JSONText.append(number, to: &bytes)
    case .string(let string): JSONText.append(string, to: &bytes)
    case .array(let elements):
      Self.write(elements, between: ("[", "]"), layout, level: level, to: &bytes) { element, bytes in
        element.write(layout, level: level + 1, to: &bytes)
      }
    case .object(let members):
      Self.write(members, between: ("{", "}"), layout, level: level, to: &bytes) { member, bytes in
        JSONText.append(member.name, to: &bytes)
        bytes.append(contentsOf: (layout == .indented ? ": " : ":").utf8)
        member.value.write(layout, level: level + 1, to: &bytes)
      }
    }
  }

  private static func write<Part>(
    _ parts: [Part], between brackets: (String, String), _ layout: Layout, level: Int, to bytes: inout [UInt8],
    _ writePart: (Part, inout [UInt8]) -> Void
  ) {
    bytes.append(contentsOf: brackets.0.utf8)
    for (index, part) in parts.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      breakLine(layout, level: level + 1, in: &bytes)
      writePart(part, &bytes)
    }
    if !parts.isEmpty { breakLine(layout, level: level, in: &bytes) }
    bytes.append(contentsOf: brackets.1.utf8)
  }

  private static func breakLine(_ layout: Layout, level: Int, in bytes: inout [UInt8]) {
    switch layout {
    case .compact: break
    case .indented:
      bytes.append(UInt8(ascii: "\n"))
      bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * level))
    }
  }
}
