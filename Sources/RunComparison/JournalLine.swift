public import JSON

/// One line of a run's journal.
public struct JournalLine: Hashable, Sendable {
  /// What happened: `callStarted`, `crmLookup` and so on.
  public let event: String
  /// The call it happened to, by its number within the run; nil for what is of no call.
  public let call: Int64?
  /// The members beside time, event and call, sorted by name.
  public let members: [JSONValue.Member]
  /// Seconds since 1970; nil where the line has no such number.
  public let time: Double?

  /// nil for a value that is no line of a journal.
  public init?(_ value: JSONValue) {
    guard let event = value["event"]?.string, let members = value.members else { return nil }
    self.event = event
    switch value["call"] {
    case .integer(let number): call = number
    case .null, .bool, .decimal, .number, .string, .array, .object, nil: call = nil
    }
    time = value["time"]?.seconds
    self.members = members.filter { !["time", "event", "call"].contains($0.name) }.sorted { $0.name < $1.name }
  }

  /// The session of the call that begins with this line, as rows have it (reference section 5.1); nil for other lines.
  var session: (call: Int64, text: String)? {
    guard let call, let start = self["start"]?.seconds, let caller = self["caller"]?.string else { return nil }
    guard start.magnitude < 1e15 else { return nil }
    let seconds = start.rounded(.down)
    let microseconds = Int64(((start - seconds) * 1e6).rounded())
    return (call, "\(Int64(seconds))\(microseconds)-\(caller)")
  }

  /// The member's value; nil when there is none.
  public subscript(name: String) -> JSONValue? { members.first { $0.name == name }?.value }

  /// Members that say the same in every run, however many records a CRM made before: its record ids are left out.
  var compared: [JSONValue.Member] { members.filter { $0.name != "record" && $0.name != "start" } }

  /// Who it happened to, so that two lines that differ in the rest can be told to be of one thing.
  var subject: String {
    ["extension", "extensions", "number", "name", "to", "by", "trunk"].compactMap { self[$0]?.text }.joined(
      separator: " ")
  }

  /// `event member=value …`, as reports show it.
  public var text: String {
    ([event] + members.map { "\($0.name)=\($0.value.text)" }).joined(separator: " ")
  }
}

extension JSONValue {
  /// A number as a double; nil for every other kind.
  var seconds: Double? {
    switch self {
    case .integer(let number): Double(number)
    case .number(let number), .decimal(let number, _): number
    case .null, .bool, .string, .array, .object: nil
    }
  }

  /// A string as it is, anything else as its JSON text.
  public var text: String { string ?? String(decoding: bytes(), as: UTF8.self) }
}
