/// A JSON value whose objects keep the order of their members.
///
/// ```swift
/// let line: JSONValue = ["event": "call", "legs": 2, "cause": .null]
/// line.write(to: &bytes)
/// ```
///
/// Unlike a dictionary, an object gives the same bytes in every run; giving no name twice is the writer's duty.
public enum JSONValue: Hashable, Sendable {
  case null
  case bool(Bool)
  case integer(Int64)
  /// A number written with a fixed count of digits after the point; see `JSONText.append(_:places:to:)`.
  case decimal(Double, places: Int)
  case string(String)
  case array([JSONValue])
  case object([Member])

  /// A name and its value.
  public struct Member: Hashable, Sendable {
    public var name: String
    public var value: JSONValue

    public init(_ name: String, _ value: JSONValue) {
      self.name = name
      self.value = value
    }
  }

  /// How a value is laid out.
  public enum Layout: Hashable, Sendable, CaseIterable {
    /// No white space: a line of a journal.
    case compact
    /// One member or element a line, two spaces a level: for people and for `diff`.
    case indented
  }

  /// A string, or `null`.
  public static func optional(_ string: String?) -> JSONValue { string.map { .string($0) } ?? .null }

  /// An integer, or `null`.
  public static func optional(_ integer: Int64?) -> JSONValue { integer.map { .integer($0) } ?? .null }

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

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  public init(stringLiteral value: String) { self = .string(value) }
  public init(integerLiteral value: Int64) { self = .integer(value) }
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  /// Keeps the members in the order they are written.
  public init(dictionaryLiteral members: (String, JSONValue)...) {
    self = .object(members.map { Member($0.0, $0.1) })
  }
}
