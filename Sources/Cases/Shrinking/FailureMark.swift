import JSON

/// In which way an expectation fails, so that a shorter trace can be held against a longer one.
///
/// Of what is there too often, a part has to be left, and nothing that was not there before. Of what is missing, all
/// that came near it has to be left as it was: less of a trace has less in it anyway, so missing proves nothing.
public enum FailureMark: Hashable, Sendable {
  /// More records fit than may.
  case tooMany(Set<String>)
  /// Fewer records fit than must; those that do, and the one that came nearest with what is wrong about it.
  case tooFew([String], nearest: String?)
  /// This one of an order, from 1, does not come after those met; the one that came nearest.
  case missingStep(Int, met: [String], nearest: String?)
  /// Records that nobody asked for.
  case unexpected(Set<String>)
  /// A number or text of the summary, of which less would do.
  case excess
  /// A number or text of the summary.
  case found(String)
  /// Names in a list of the summary that are not among those allowed.
  case otherNames(Set<String>)
  /// The run leaned on an assumption, or did not.
  case assumption(isLeanedOn: Bool)

  /// Whether this is the failure that the other is, of what may be a part of its trace.
  public func isPart(of other: FailureMark) -> Bool {
    switch (self, other) {
    case (.tooMany(let own), .tooMany(let others)), (.unexpected(let own), .unexpected(let others)),
      (.otherNames(let own), .otherNames(let others)):
      own.isSubset(of: others)
    case (.tooFew, _), (.missingStep, _), (.excess, _), (.found, _), (.assumption, _), (.tooMany, _), (.unexpected, _),
      (.otherNames, _):
      self == other
    }
  }
}

extension FailureMark {
  /// How the first expectation fails in a run; nil where it holds or cannot be evaluated.
  ///
  /// - Parameter expectations: of a case in the order of `TestCase.focused(on:holding:)`.
  public init?(ofFirst expectations: [Expectation], in records: RunRecords) {
    guard let focus = expectations.first,
      let result = Evaluation.results(of: expectations, against: records).first, result.verdict == .failed
    else { return nil }
    switch focus.claim {
    case .records(let kind, let fields, let count):
      let fitting = records.records(kind).filter { $0.fits(fields) }.map { $0.identity(fields) }
      self =
        count.isExceeded(fitting.count)
        ? .tooMany(Set(fitting)) : .tooFew(fitting, nearest: records.nearest(kind, result))
    case .order(let kind, let steps):
      let met = records.met(kind, steps)
      self = .missingStep(met.count + 1, met: met, nearest: records.nearest(kind, result))
    case .nothingUnexpected(let kind):
      let rest = Evaluation.unexpected(kind, by: expectations, in: records).map { $0.identity([]) }
      self = .unexpected(Set(rest))
    case .summary(let path, let matcher):
      let found = records.number(at: path) ?? ""
      self = matcher.isExceeded(by: found) ? .excess : .found(found)
    case .onlyNames(let path, let names):
      let found = (records.list(at: path) ?? []).compactMap { $0["name"]?.string }
      self = .otherNames(Set(found).subtracting(names))
    case .assumption(_, let isLeanedOn): self = .assumption(isLeanedOn: !isLeanedOn)
    }
  }
}

extension RunRecords {
  /// The records that an order finds, up to the one it misses.
  fileprivate func met(_ kind: Expectation.RecordKind, _ steps: [[Expectation.Field]]) -> [String] {
    let all = records(kind)
    var met: [String] = []
    var rest = all[...]
    for fields in steps {
      guard let index = rest.firstIndex(where: { $0.fits(fields) }) else { break }
      met.append(rest[index].identity(fields))
      rest = rest[(index + 1)...]
    }
    return met
  }

  /// The record that came nearest, and what is wrong about it.
  fileprivate func nearest(_ kind: Expectation.RecordKind, _ result: ExpectationResult) -> String? {
    guard let nearest = result.nearest, let record = records(kind).first(where: { $0.label == nearest.record.label })
    else { return nil }
    let wrong = nearest.fields.filter { !$0.isMatch }.map { "\($0.name)=\($0.found ?? "")" }
    return ([record.identity([])] + wrong).joined(separator: " ")
  }
}

extension RunRecord {
  /// What a record is by itself, without numbers that depend on what came before it in the run.
  static let identifying = [
    "session", "start", "src", "dst", "answer", "end", "disposition", "time", "event", "purpose", "method",
  ]

  /// The record, told by what it is and by what was asked of it.
  func identity(_ fields: [Expectation.Field]) -> String {
    let asked = fields.map(\.name).filter { !Self.identifying.contains($0) }
    return (Self.identifying + asked).compactMap { name in self[name].map { "\(name)=\($0)" } }.joined(separator: " ")
  }
}

extension Matcher {
  /// Whether the value is a number that does not do while a smaller one would.
  fileprivate func isExceeded(by value: String) -> Bool {
    guard let value = Double(value), value.isFinite else { return false }
    return numbers.flatMap { [$0 - 1, $0, $0 + 1] }.contains { number in
      guard number >= 0, number < value else { return false }
      let text = Int64(exactly: number).map { String($0) } ?? String(number)
      return matches(text)
    }
  }

  /// The numbers it names.
  private var numbers: [Double] {
    switch self {
    case .equals(let text): Double(text).flatMap { $0.isFinite ? [$0] : nil } ?? []
    case .compares(_, let number): [number]
    case .oneOf(let matchers): matchers.flatMap(\.numbers)
    case .not(let matcher): matcher.numbers
    case .like, .exists: []
    }
  }
}
