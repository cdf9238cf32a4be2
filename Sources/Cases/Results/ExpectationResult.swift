/// What became of one expectation.
public struct ExpectationResult: Codable, Hashable, Sendable {
  /// A record that was looked at.
  public struct Look: Codable, Hashable, Sendable {
    /// As `row 3`.
    public var label: String
    /// Its first fields.
    public var text: String
    /// The call it is of, by its number in the run; nil for none.
    public var call: Int64?

    /// A look at a record.
    public init(_ record: RunRecord) {
      label = record.label
      text = record.text
      call = record.call
    }
  }

  /// The record that came nearest to what was wanted, field by field.
  public struct Nearest: Codable, Hashable, Sendable {
    /// A field that was asked for.
    public struct Field: Codable, Hashable, Sendable {
      /// Its name.
      public var name: String
      /// What it had to be, in words.
      public var wanted: String
      /// What it is; nil where the record has no such field.
      public var found: String?
      /// Whether that is right.
      public var isMatch: Bool
    }

    /// The record.
    public var record: Look
    /// What was asked for, in the order of the case.
    public var fields: [Field]
  }

  /// A scalar of the case file that `--update` writes anew.
  public struct Renewal: Codable, Hashable, Sendable {
    /// Where it begins, counted from 1.
    public var line: Int
    /// Where it begins, counted from 1.
    public var column: Int
    /// What stands there.
    public var old: String
    /// What would be right.
    public var new: String

    /// Something else for what stands at that place.
    public init(line: Int, column: Int, old: String, new: String) {
      (self.line, self.column, self.old, self.new) = (line, column, old, new)
    }
  }

  /// How it ended.
  public enum Verdict: String, Codable, Hashable, Sendable {
    case passed
    case failed
    /// It asks for what the run cannot say. A failure.
    case notEvaluated
  }

  /// Looks kept of one expectation; what is more is counted.
  public static let looksMax = 10

  /// As `cdr[2]`.
  public var label: String
  /// Where it is written, counted from 1.
  public var line: Int
  /// Where it is written, counted from 1.
  public var column: Int
  /// What is claimed, in one line.
  public var claim: String
  /// How it ended.
  public var verdict = Verdict.passed
  /// What is wrong; empty where nothing is.
  public var message = ""
  /// The records it is about, up to `looksMax`.
  public var looks: [Look] = []
  /// How many more there were.
  public var looksLeftOut = 0
  /// The nearest record that did not fit; nil where there is none.
  public var nearest: Nearest?
  /// Lines that differ from a golden, as a diff shows them.
  public var differences: [String] = []
  /// Frames of the calls it is about, by their number in the trace; filled in by whoever can read the trace.
  public var frames: [Int] = []
  /// What `--update` would change; nil for nothing.
  public var renewal: Renewal?

  /// A claim that holds.
  public init(_ expectation: Expectation, claim: String) {
    label = expectation.label
    (line, column) = (expectation.place.line, expectation.place.column)
    self.claim = claim
  }

  /// A claim at a place that holds.
  public init(label: String, place: SourcePlace, claim: String) {
    self.label = label
    (line, column) = (place.line, place.column)
    self.claim = claim
  }

  /// Whether it holds.
  public var hasPassed: Bool { verdict == .passed }

  /// The calls it is about, each once.
  public var calls: [Int64] {
    var calls: [Int64] = []
    for call in looks.compactMap(\.call) + [nearest?.record.call].compactMap({ $0 }) where !calls.contains(call) {
      calls.append(call)
    }
    return calls
  }

  /// Notes the records it is about.
  mutating func look(at records: some Collection<RunRecord>) {
    looks = records.prefix(Self.looksMax).map(Look.init)
    looksLeftOut = max(0, records.count - Self.looksMax)
  }
}
