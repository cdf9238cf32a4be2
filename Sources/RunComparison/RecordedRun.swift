public import JSON
public import PBXModel
public import Primitives

/// What a run's files say of it.
public struct RecordedRun: Sendable {
  /// As the user named it: a folder, or a model.
  public var name: String
  /// What the run was of, in the order its summary tells it: tool, model, firmware, site and so on.
  public var facts: [Fact] = []
  /// What it leaned on, in the words of its summary.
  public var assumptions: [String] = []
  /// The wall clock of its rows.
  public var timeZone = SiteTimeZone.utc
  /// The columns its model writes, in the model's order.
  public var columns: [CDRField] = CDRField.allCases
  /// The rows of each call, in the order written.
  public var calls: [CDRSession] = []
  /// Every line of its journal, in order.
  public var journal: [JournalLine] = []
  /// Every CRM request, in order.
  public var requests: [RequestLine] = []

  /// One thing a run was of.
  public struct Fact: Hashable, Sendable {
    /// As the summary names it.
    public var name: String
    /// As the summary writes it.
    public var value: String

    /// Takes both as they are.
    public init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// A run of which nothing is known yet.
  public init(name: String) { self.name = name }

  /// What a summary says that two runs can differ in before anything is simulated.
  public static let factNames = [
    "tool", "fingerprint", "seed", "model", "family", "firmware", "plan", "site", "pbx", "crm", "timeZone",
  ]

  /// Takes the facts and assumptions of a `summary.json`; what it lacks, or has in another shape, is left out.
  public mutating func read(summary: JSONValue) {
    facts = Self.factNames.compactMap { name in summary[name]?.string.map { Fact(name, $0) } }
    assumptions = (summary["assumptions"]?.array ?? []).compactMap { $0["statement"]?.string ?? $0["name"]?.string }
  }
}
