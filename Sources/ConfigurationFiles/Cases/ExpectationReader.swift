import Cases
import PBXModel

/// The section `expect` of a case file.
struct ExpectationReader {
  let vocabulary: CaseVocabulary

  static let keys =
    Expectation.RecordKind.allCases.map(\.rawValue) + SummarySection.allCases.map(\.rawValue)
    + ["assumptions", "order", "nothingUnexpected", "golden"]

  /// Expectations read of one case.
  static let expectationsMax = 10_000

  func read(_ entry: Entry, into result: inout TestCase) {
    guard let mapping = entry.mapping(keys: Self.keys) else { return }
    for kind in Expectation.RecordKind.allCases {
      for (index, element) in mapping.list(kind.rawValue).prefix(Self.expectationsMax).enumerated() {
        if let expectation = records(element, kind, index) { result.expectations.append(expectation) }
      }
    }
    for section in SummarySection.allCases {
      if let entry = mapping[section.rawValue] { result.expectations += summary(entry, section) }
    }
    if let entry = mapping["assumptions"] { result.expectations += assumptions(entry) }
    if let entry = mapping["order"] { result.expectations += order(entry) }
    if let entry = mapping["nothingUnexpected"] { readNothingUnexpected(entry, into: &result) }
    result.golden = mapping["golden"].flatMap(golden)
  }

  private func records(_ entry: Entry, _ kind: Expectation.RecordKind, _ index: Int) -> Expectation? {
    guard let mapping = entry.mapping(keys: ["where", "count"]) else { return nil }
    let fields = mapping["where"].map { self.fields($0, kind) } ?? []
    var count = CountCondition.compares(.atLeast, 1)
    if let entry = mapping["count"] {
      guard let read = entry.countCondition() else { return nil }
      count = read
    }
    if mapping["where"] == nil, mapping["count"] == nil {
      entry.report("the expectation says nothing", remedy: "write `where`, `count` or both")
      return nil
    }
    if case .compares(.atLeast, 0) = count {
      mapping["count"]?.report("any count is at least 0, so this proves nothing", remedy: "write \">= 1\" or a number")
    }
    return Expectation(
      label: "\(kind.rawValue)[\(index)]", place: SourcePlace(entry.value.place),
      claim: .records(kind, fields: fields, count: count), renewable: mapping["count"]?.renewable)
  }

  // MARK: Fields

  func fields(_ entry: Entry, _ kind: Expectation.RecordKind) -> [Expectation.Field] {
    let pairs = entry.dictionary(of: "fields")
    let event = pairs.first { $0.key == "event" }.flatMap { $0.value.scalarTexts } ?? []
    if kind == .events {
      for name in event where EventFields.byEvent[name] == nil {
        pairs.first { $0.key == "event" }?.value.reportUnknown("event", name, among: EventFields.byEvent.keys.sorted())
      }
    }
    return pairs.compactMap { pair in
      check(pair.keyEntry, pair.key, kind, event)
      return pair.value.matcher().map {
        Expectation.Field(name: pair.key, matcher: $0, place: SourcePlace(pair.keyEntry.value.place))
      }
    }
  }

  private func check(_ entry: Entry, _ name: String, _ kind: Expectation.RecordKind, _ events: [String]) {
    switch kind {
    case .cdr:
      let columns = CDRField.allCases.map(\.rawValue)
      if !columns.contains(name) { entry.reportUnknown("column", name, among: columns) }
    case .crm:
      if !RequestFields.has(name) {
        entry.reportUnknown("field", name, among: RequestFields.names + RequestFields.prefixes.map { $0 + "NAME" })
      }
    case .events: check(entry, name, among: EventFields.fields(of: events))
    case .display: check(entry, name, among: EventFields.fields(of: ["display"]))
    case .systemEvents: check(entry, name, among: EventFields.fields(of: ["systemEvent"]))
    }
  }

  /// Elements of lists have names with the index after a point, as `extensions.0`.
  private func check(_ entry: Entry, _ name: String, among known: [String]) {
    let stem = String(name.prefix { $0 != "." })
    if !known.contains(stem) { entry.reportUnknown("field", name, among: known) }
  }

  // MARK: Other sections

  private func assumptions(_ entry: Entry) -> [Expectation] {
    let isPlainList = if case .sequence = entry.value.content { true } else { false }
    if isPlainList { return assumptions(entry.list(), isLeanedOn: true) }
    guard let mapping = entry.mapping(keys: ["leanedOn", "notLeanedOn"]) else { return [] }
    return assumptions(mapping.list("leanedOn"), isLeanedOn: true)
      + assumptions(mapping.list("notLeanedOn"), isLeanedOn: false)
  }

  private func assumptions(_ entries: [Entry], isLeanedOn: Bool) -> [Expectation] {
    entries.compactMap { entry in
      guard let name = entry.text() else { return nil }
      guard vocabulary.assumptions.contains(name) else {
        entry.reportUnknown("assumption", name, among: vocabulary.assumptions)
        return nil
      }
      return Expectation(
        label: entry.label, place: SourcePlace(entry.value.place), claim: .assumption(name, isLeanedOn: isLeanedOn))
    }
  }

  private func order(_ entry: Entry) -> [Expectation] {
    guard let mapping = entry.mapping(keys: Expectation.RecordKind.allCases.map(\.rawValue)) else { return [] }
    return Expectation.RecordKind.allCases.compactMap { kind in
      guard let entry = mapping[kind.rawValue] else { return nil }
      let steps = entry.list(max: Self.expectationsMax).map { fields($0, kind) }
      if steps.count < 2 { entry.report("an order has at least two elements") }
      return Expectation(label: entry.label, place: SourcePlace(entry.value.place), claim: .order(kind, steps))
    }
  }

  private func readNothingUnexpected(_ entry: Entry, into result: inout TestCase) {
    let isFlag = if case .scalar = entry.value.content { true } else { false }
    var kinds: [(Expectation.RecordKind, Entry)] = []
    let covered = Expectation.RecordKind.allCases.filter { kind in
      result.expectations.contains { $0.isAbout(kind) }
    }
    if isFlag {
      guard entry.boolean() == true else { return }
      kinds = covered.map { ($0, entry) }
      if kinds.isEmpty {
        entry.report(
          "no rows, events or requests are expected, so nothing can be unexpected",
          remedy: "name the kinds that must be empty, as [cdr, crm]")
      }
    } else {
      kinds = entry.list().compactMap { element in
        element.choice(of: Expectation.RecordKind.self).map { ($0, element) }
      }
      for (kind, element) in kinds where kind == .events && !covered.contains(.events) {
        element.report("no event is expected, so it is not known which are meant", remedy: "expect some under `events`")
      }
    }
    result.expectations += kinds.map { kind, entry in
      Expectation(
        label: "nothingUnexpected.\(kind.rawValue)", place: SourcePlace(entry.value.place),
        claim: .nothingUnexpected(kind))
    }
  }

  private func golden(_ entry: Entry) -> Golden? {
    guard let mapping = entry.mapping(keys: ["format", "recordedBy", "files"]),
      let formatEntry = mapping.required("format"), let format = formatEntry.integer(in: 0...1_000_000),
      let files = mapping.required("files")
    else { return nil }
    var golden = Golden(
      format: format, formatPlace: SourcePlace(formatEntry.value.place),
      recordedBy: mapping["recordedBy"]?.text() ?? "an unknown version", place: SourcePlace(files.value.place))
    golden.recordedByPlace = mapping["recordedBy"].map { SourcePlace($0.value.place) }
    golden.files = files.list().compactMap { $0.choice(of: RunFormat.File.self) }
    if files.isEmptyList { files.report("no file is named, so nothing is compared", remedy: "name one, as cdr.csv") }
    if Set(golden.files).count != golden.files.count { files.report("a file is named twice", remedy: "keep one") }
    return golden
  }
}

extension Entry {
  /// `expect.cdr[2]` as reports call it: without the section all are in.
  var label: String { keyPath.hasPrefix("expect.") ? String(keyPath.dropFirst("expect.".count)) : keyPath }

  /// A scalar's text, or those of a list.
  var scalarTexts: [String] {
    switch value.content {
    case .scalar(let text, _): [text]
    case .sequence(let values): values.flatMap { Entry(value: $0, keyPath: keyPath, errors: errors).scalarTexts }
    case .mapping: []
    }
  }
}

extension Expectation {
  /// Whether it looks at records of the kind.
  fileprivate func isAbout(_ kind: RecordKind) -> Bool {
    switch claim {
    case .records(let other, _, _), .order(let other, _): other == kind
    case .summary, .onlyNames, .assumption, .nothingUnexpected: false
    }
  }
}
