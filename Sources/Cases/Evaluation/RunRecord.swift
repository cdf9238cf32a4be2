public import JSON

/// A row, a line of the journal or a request, as fields with texts.
public struct RunRecord: Hashable, Sendable {
  /// What reports call it: `row 3`, `event 12`, `request 4`; counted from 1 in the run's file.
  public var label: String
  /// The call it is of, by its number in the run; nil where it is of none or nobody says.
  public var call: Int64?
  /// In the order of the file.
  public private(set) var fields: [Field] = []

  /// A name and its text.
  public struct Field: Hashable, Sendable {
    /// A column, a member, or a part of a request.
    public var name: String
    /// As it is written; numbers and flags in their JSON form.
    public var text: String
  }

  /// Fields kept of one record; more is not looked at.
  public static let fieldsMax = 512

  /// A record without fields.
  public init(label: String, call: Int64? = nil) {
    self.label = label
    self.call = call
  }

  /// The field's text; nil where the record has none of that name.
  public subscript(name: String) -> String? { fields.first { $0.name == name }?.text }

  /// Adds a field, unless there are too many.
  public mutating func add(_ name: String, _ text: String) {
    if fields.count < Self.fieldsMax { fields.append(Field(name: name, text: text)) }
  }

  /// Adds what a value holds: members as `name.member`, elements as `name.0`, `null` not at all.
  public mutating func add(_ name: String, _ value: JSONValue) {
    guard fields.count < Self.fieldsMax else { return }
    switch value {
    case .null: break
    case .bool(let flag): add(name, flag ? "true" : "false")
    case .string(let text): add(name, text)
    case .integer, .decimal, .number: add(name, String(decoding: value.bytes(), as: UTF8.self))
    case .array(let elements):
      for (index, element) in elements.enumerated() { add("\(name).\(index)", element) }
    case .object(let members):
      for member in members { add("\(name).\(member.name)", member.value) }
    }
  }

  /// The fields that tell it apart in one line, for reports: what it is first, long texts not at all.
  public var text: String {
    let shown = fields.filter { !$0.text.isEmpty && !Self.unshown.contains($0.name) && !$0.name.hasPrefix("answer.") }
    let first = Self.leading.compactMap { name in shown.first { $0.name == name } }
    let rest = shown.filter { !Self.leading.contains($0.name) }
    return (first + rest).prefix(Self.shownMax).map { "\($0.name)=\($0.text.prefix(80))" }.joined(separator: " ")
  }

  private static let shownMax = 12
  private static let leading = ["event", "purpose", "method", "host", "path", "status"]
  private static let unshown: Set<String> = ["answer", "body", "answered", "bytes", "AcctId", "amaflags", "clid"]
}
