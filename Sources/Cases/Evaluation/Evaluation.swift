import JSON
import Primitives

/// Holds a run against the expectations of a case.
///
/// An expectation that asks for what the run cannot say has failed: a case never passes for want of evidence.
public struct Evaluation {
  private let records: RunRecords
  /// For each kind, the records that some expectation wanted, by their place.
  private var wanted: [Expectation.RecordKind: Set<String>] = [:]
  /// Kinds of events that expectations name.
  private var namedEvents: Set<String> = []

  /// One result for each expectation, in their order.
  public static func results(of expectations: [Expectation], against records: RunRecords) -> [ExpectationResult] {
    var evaluation = Evaluation(records: records)
    // Whether something was unexpected shows when all that was expected is known.
    var results: [Int: ExpectationResult] = [:]
    for (index, expectation) in expectations.enumerated() where !expectation.isAboutTheRest {
      results[index] = evaluation.result(of: expectation)
    }
    for (index, expectation) in expectations.enumerated() where expectation.isAboutTheRest {
      results[index] = evaluation.result(of: expectation)
    }
    return expectations.indices.compactMap { results[$0] }
  }

  private init(records: RunRecords) { self.records = records }

  private mutating func result(of expectation: Expectation) -> ExpectationResult {
    if let obstacle = records.obstacle {
      return ExpectationResult(expectation, claim: expectation.text).notEvaluated(obstacle)
    }
    switch expectation.claim {
    case .records(let kind, let fields, let count): return result(of: expectation, kind, fields, count)
    case .order(let kind, let steps): return result(of: expectation, kind, inOrder: steps)
    case .summary(let path, let matcher): return result(of: expectation, path, matcher)
    case .onlyNames(let path, let names): return result(of: expectation, path, only: names)
    case .assumption(let name, let isLeanedOn): return result(of: expectation, assumption: name, isLeanedOn)
    case .nothingUnexpected(let kind): return result(of: expectation, nothingElse: kind)
    }
  }

  // MARK: Records

  private mutating func result(
    of expectation: Expectation, _ kind: Expectation.RecordKind, _ fields: [Expectation.Field], _ count: CountCondition
  ) -> ExpectationResult {
    var result = ExpectationResult(expectation, claim: expectation.text)
    if let obstacle = obstacle(kind, fields) { return result.notEvaluated(obstacle) }
    noteEvents(kind, fields)
    let all = records.records(kind)
    let fitting = all.filter { $0.fits(fields) }
    wanted[kind, default: []].formUnion(fitting.map(\.label))
    guard !count.holds(fitting.count) else { return result }
    result.verdict = .failed
    result.message = "\(fitting.count) of \(kind.noun.plural(all.count)) fit, expected \(count.text)"
    result.look(at: fitting)
    result.nearest = nearest(
      to: fields, among: all.filter { !$0.fits(fields) }, isWanted: !count.isExceeded(fitting.count))
    if case .exactly = count, let renewable = expectation.renewable {
      result.renewal = .init(
        line: renewable.place.line, column: renewable.place.column, old: renewable.text, new: String(fitting.count))
    }
    return result
  }

  private mutating func result(
    of expectation: Expectation, _ kind: Expectation.RecordKind, inOrder steps: [[Expectation.Field]]
  ) -> ExpectationResult {
    var result = ExpectationResult(expectation, claim: expectation.text)
    let all = records.records(kind)
    var next = all.startIndex
    var met: [RunRecord] = []
    for (number, fields) in steps.enumerated() {
      if let obstacle = obstacle(kind, fields) { return result.notEvaluated(obstacle) }
      noteEvents(kind, fields)
      guard let found = all[next...].firstIndex(where: { $0.fits(fields) }) else {
        result.verdict = .failed
        result.message =
          "number \(number + 1) of the order (\(fields.text)) does not come"
          + (met.last.map { " after \($0.label)" } ?? "")
        result.look(at: met + all.filter { $0.fits(fields) })
        result.nearest = nearest(to: fields, among: Array(all[next...]), isWanted: true)
        return result
      }
      met.append(all[found])
      wanted[kind, default: []].insert(all[found].label)
      next = found + 1
    }
    return result
  }

  /// Why fields of that name cannot be looked at in this run.
  private func obstacle(_ kind: Expectation.RecordKind, _ fields: [Expectation.Field]) -> String? {
    guard kind == .cdr, let field = fields.first(where: { !records.columns.contains($0.name) }) else { return nil }
    return "this model writes no column `\(field.name)` (it has \(records.columns.count) columns)"
  }

  private mutating func noteEvents(_ kind: Expectation.RecordKind, _ fields: [Expectation.Field]) {
    for field in fields where kind == .events && field.name == "event" { namedEvents.formUnion(field.matcher.words) }
  }

  /// The record with the most fields right; among equals the first.
  private func nearest(
    to fields: [Expectation.Field], among candidates: [RunRecord], isWanted: Bool
  ) -> ExpectationResult.Nearest? {
    guard isWanted, !fields.isEmpty else { return nil }
    var best: (record: RunRecord, score: Int)?
    for record in candidates {
      let score = fields.count { $0.matcher.matches(record[$0.name]) }
      if score > best?.score ?? -1 { best = (record, score) }
    }
    return best.map { best in
      ExpectationResult.Nearest(
        record: .init(best.record),
        fields: fields.map {
          .init(
            name: $0.name, wanted: $0.matcher.text, found: best.record[$0.name],
            isMatch: $0.matcher.matches(best.record[$0.name]))
        })
    }
  }

  // MARK: The summary

  private func result(of expectation: Expectation, _ path: [String], _ matcher: Matcher) -> ExpectationResult {
    var result = ExpectationResult(expectation, claim: expectation.text)
    guard let found = records.number(at: path) else {
      return result.notEvaluated("the run's summary has no \(path.joined(separator: "."))")
    }
    guard !matcher.matches(found) else { return result }
    result.verdict = .failed
    result.message = "\(path.joined(separator: ".")) is \(found), expected \(matcher.text)"
    if case .equals = matcher, let renewable = expectation.renewable {
      result.renewal = .init(
        line: renewable.place.line, column: renewable.place.column, old: renewable.text, new: found)
    }
    return result
  }

  private func result(of expectation: Expectation, _ path: [String], only names: [String]) -> ExpectationResult {
    var result = ExpectationResult(expectation, claim: expectation.text)
    guard let list = records.list(at: path) else {
      return result.notEvaluated("the run's summary has no \(path.joined(separator: "."))")
    }
    let found = list.compactMap { $0["name"]?.string }.filter { !names.contains($0) }
    guard !found.isEmpty else { return result }
    result.verdict = .failed
    result.message = "\(path.joined(separator: ".")) has \(found.joined(separator: ", ")) besides"
    return result
  }

  private func result(
    of expectation: Expectation, assumption name: String, _ isLeanedOn: Bool
  ) -> ExpectationResult {
    var result = ExpectationResult(expectation, claim: expectation.text)
    let names = (records.summary["assumptions"]?.array ?? []).compactMap { $0["name"]?.string }
    guard names.contains(name) != isLeanedOn else { return result }
    result.verdict = .failed
    result.message =
      "the run \(isLeanedOn ? "did not lean" : "leaned") on \(name); it leaned on "
      + (names.isEmpty ? "none" : names.joined(separator: ", "))
    return result
  }

  // MARK: The rest

  private func result(
    of expectation: Expectation, nothingElse kind: Expectation.RecordKind
  ) -> ExpectationResult {
    var result = ExpectationResult(expectation, claim: expectation.text)
    let rest = unexpected(kind)
    guard !rest.isEmpty else { return result }
    result.verdict = .failed
    result.message = "\(kind.noun.plural(rest.count)) that no expectation asks for"
    result.look(at: rest)
    return result
  }

  /// The records of the kind that no expectation looked at so far wants.
  private func unexpected(_ kind: Expectation.RecordKind) -> [RunRecord] {
    var known = wanted[kind] ?? []
    // Names and alerts are events too, whichever way they were expected.
    if kind != .cdr, kind != .crm {
      known = [.events, .display, .systemEvents].reduce(into: []) { $0.formUnion(wanted[$1] ?? []) }
    }
    return records.records(kind).filter { record in
      !known.contains(record.label) && (kind != .events || namedEvents.contains(record["event"] ?? ""))
    }
  }

  /// The records of the kind that none of the expectations wants.
  static func unexpected(
    _ kind: Expectation.RecordKind, by expectations: [Expectation], in records: RunRecords
  ) -> [RunRecord] {
    var evaluation = Evaluation(records: records)
    for expectation in expectations where !expectation.isAboutTheRest { _ = evaluation.result(of: expectation) }
    return evaluation.unexpected(kind)
  }
}

extension RunRecord {
  /// Whether every field is as wanted.
  func fits(_ fields: [Expectation.Field]) -> Bool { fields.allSatisfy { $0.matcher.matches(self[$0.name]) } }
}

extension RunRecords {
  /// A number or text of the summary; of a list the count, of one of its elements, by name, what it counts.
  func number(at path: [String]) -> String? {
    var value: JSONValue? = summary
    for name in path {
      if case .array(let elements)? = value {
        let element = elements.first { $0["name"]?.string == name }
        value = ["frames", "count", "messages"].lazy.compactMap { element?[$0] }.first
      } else {
        value = value?[name]
      }
    }
    switch value {
    case .string(let text): return text
    case .bool(let flag): return flag ? "true" : "false"
    case .integer, .decimal, .number: return value.map { String(decoding: $0.bytes(), as: UTF8.self) }
    case .array(let elements): return String(elements.count)
    case .null, .object, nil: return nil
    }
  }

  /// A list of the summary; nil where there is none.
  func list(at path: [String]) -> [JSONValue]? {
    path.reduce(JSONValue?.some(summary)) { $0?[$1] }?.array
  }
}

extension CountCondition {
  /// Whether there are too many rather than too few.
  func isExceeded(_ count: Int) -> Bool {
    switch self {
    case .exactly(let wanted): count > wanted
    case .compares(.atMost, let wanted), .compares(.less, let wanted): count >= wanted
    case .compares(.atLeast, _), .compares(.more, _): false
    case .compares(.other, _): true
    }
  }
}

extension Matcher {
  /// The texts it names.
  fileprivate var words: [String] {
    switch self {
    case .equals(let text): [text]
    case .oneOf(let matchers): matchers.flatMap(\.words)
    case .like, .compares, .not, .exists: []
    }
  }
}

extension ExpectationResult {
  fileprivate func notEvaluated(_ reason: String) -> ExpectationResult {
    var result = self
    result.verdict = .notEvaluated
    result.message = "cannot be evaluated: \(reason)"
    return result
  }
}

extension String {
  /// `1 row`, `2 rows`.
  func plural(_ count: Int) -> String { "\(count) \(self)\(count == 1 ? "" : "s")" }
}

extension Expectation {
  fileprivate var isAboutTheRest: Bool {
    if case .nothingUnexpected = claim { true } else { false }
  }

  /// The claim in one line.
  public var text: String {
    switch claim {
    case .records(let kind, let fields, let count): "\(count.text) × \(kind.noun) where \(fields.text)"
    case .order(let kind, let steps): "\(kind.noun.plural(steps.count)) in this order"
    case .summary(let path, let matcher): "\(path.joined(separator: ".")) \(matcher.text)"
    case .onlyNames(let path, let names):
      "\(path.joined(separator: ".")) none but \(names.isEmpty ? "none" : names.joined(separator: ", "))"
    case .assumption(let name, let isLeanedOn): "\(isLeanedOn ? "leans" : "does not lean") on \(name)"
    case .nothingUnexpected(let kind): "no other \(kind.noun)"
    }
  }
}
