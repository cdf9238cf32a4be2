/// A JSON value whose objects keep the order of their members.
///
/// ```swift
/// let line: JSONValue = ["event": "call", "legs": 2, "cause": .null]
/// line.write(to: &bytes)
/// ```
///
/// Unlike a dictionary, an object gives the same bytes in every run; giving no name twice is the writer's duty.
public enum JSONValue: Codable, Hashable, Sendable {
  case null
  case bool(Bool)
  case integer(Int64)
  /// A number written with a fixed count of digits after the point; see `JSONText.append(_:places:to:)`.
  case decimal(Double, places: Int)
  /// A number written in the fewest digits that read back as the same; see `JSONText.append(_:to:)`.
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([Member])

  /// A name and its value.
  public struct Member: Codable, Hashable, Sendable {
    /// Unescaped; giving a name twice is the writer's mistake.
    public var name: String
    /// Any value, `null` included.
    public var value: JSONValue

    /// A member as it will stand in its object.
    public init(_ name: String, _ value: JSONValue) {
      self.name = name
      self.value = value
    }
  }

  /// A string, or `null`.
  public static func optional(_ string: String?) -> JSONValue { string.map { .string($0) } ?? .null }

  /// An integer, or `null`.
  public static func optional(_ integer: Int64?) -> JSONValue { integer.map { .integer($0) } ?? .null }

  /// The member's value; nil when there is none or this is no object. Of two of one name, the first.
  public subscript(name: String) -> JSONValue? {
    switch self {
    case .object(let members): members.first { $0.name == name }?.value
    case .null, .bool, .integer, .decimal, .number, .string, .array: nil
    }
  }

  /// The text of a string; nil for every other kind.
  public var string: String? {
    switch self {
    case .string(let text): text
    case .null, .bool, .integer, .decimal, .number, .array, .object: nil
    }
  }

  /// The elements of an array; nil for every other kind.
  public var array: [JSONValue]? {
    switch self {
    case .array(let elements): elements
    case .null, .bool, .integer, .decimal, .number, .string, .object: nil
    }
  }

  /// The members of an object; nil for every other kind.
  public var members: [Member]? {
    switch self {
    case .object(let members): members
    case .null, .bool, .integer, .decimal, .number, .string, .array: nil
    }
  }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  /// A string.
  public init(stringLiteral value: String) { self = .string(value) }
  /// An integer.
  public init(integerLiteral value: Int64) { self = .integer(value) }
  /// `true` or `false`.
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  /// An array of the elements in their order.
  public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  /// Keeps the members in the order they are written.
  public init(dictionaryLiteral members: (String, JSONValue)...) {
    self = .object(members.map { Member($0.0, $0.1) })
  }
}
