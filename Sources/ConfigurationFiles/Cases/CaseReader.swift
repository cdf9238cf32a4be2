import CRMConnectors
import Cases
import Primitives

/// The part of a case file that says what is replayed.
struct CaseReader {
  let vocabulary: CaseVocabulary

  static let keys = [
    "name", "claim", "traces", "site", "pbx", "model", "capabilities", "firmware", "crm", "matrix", "seed", "expect",
  ]

  func read(_ root: Entry, path: String, name: String) -> TestCase {
    var result = TestCase(file: path, name: name)
    guard let mapping = root.mapping(keys: Self.keys) else { return result }
    if let name = mapping["name"]?.caseName() { result.name = name }
    result.claim = mapping["claim"]?.text(maxLength: 1000) ?? ""
    if let traces = mapping.required("traces") {
      result.traces = traces.list(max: 1000).compactMap { $0.reference() }
      if traces.isEmptyList { traces.report("no trace is named", remedy: "name at least one") }
    }
    result.site = mapping["site"]?.reference()
    // Without a port, an address alone: 0 is none that `--pbx` takes.
    result.pbx = mapping.list("pbx").compactMap { entry in
      entry.endpoint().map { $0.port == 0 ? $0.address.description : $0.description }
    }
    result.seed = UInt64(clamping: mapping["seed"]?.integer(in: 0...Int.max) ?? 1)
    readMatrix(mapping, into: &result)
    if let entry = mapping.required("expect") {
      ExpectationReader(vocabulary: vocabulary).read(entry, into: &result)
      if result.expectations.isEmpty, result.golden == nil {
        entry.report(
          "nothing is expected, so the case proves nothing",
          remedy: "write what must come out under `cdr`, `events`, `crm`, `calls` or another key")
      }
    }
    return result
  }

  private func readMatrix(_ mapping: Mapping, into result: inout TestCase) {
    let matrix = mapping["matrix"]?.mapping(keys: ["models", "firmwares", "crms"])
    for (one, many) in [("model", "models"), ("firmware", "firmwares"), ("crm", "crms")] {
      if mapping[one] != nil, let entry = matrix?[many] {
        entry.report("`\(one)` says already what the case runs on", remedy: "keep one of `\(one)` and `matrix.\(many)`")
      }
    }
    let models = mapping["model"].map { [$0] } ?? matrix?.list("models") ?? []
    result.models = choices(models, of: "model", among: vocabulary.models)
    let firmwares = mapping["firmware"].map { [$0] } ?? matrix?.list("firmwares") ?? []
    result.firmwares = choices(firmwares, of: "firmware", among: vocabulary.firmwares)
    let crms = mapping["crm"].map { [$0] } ?? matrix?.list("crms") ?? []
    for entry in crms {
      guard let crm = crm(entry) else { continue }
      if result.crms.contains(where: { $0.name == crm.name }) {
        entry.report("two CRMs of the matrix are called `\(Entry.shown(crm.name))`", remedy: "give one another `name`")
      }
      result.crms.append(crm)
    }
    if result.crms.isEmpty, crms.isEmpty {
      var none = TestCase.CRM(name: "none")
      none.isNone = true
      result.crms = [none]
    }
    result.capabilities = mapping["capabilities"].map(capabilities) ?? []
    if models.isEmpty, result.capabilities.isEmpty {
      mapping.entry.report(
        "nothing says which model the case runs on", remedy: "write `model`, `matrix.models` or `capabilities`")
    }
  }

  /// Names without regard to case, as the catalog finds them.
  private func choices(_ entries: [Entry], of kind: String, among names: [String]) -> [TestCase.Choice] {
    var choices: [TestCase.Choice] = []
    for entry in entries {
      guard let text = entry.text() else { continue }
      guard let name = names.first(where: { $0.lowercased() == text.lowercased() }) else {
        let nearest = entry.errors.nearest(to: text, among: names)
        entry.report(
          "unknown \(kind) `\(Entry.shown(text))`",
          remedy: nearest.map { "did you mean `\($0)`?" } ?? "known: \(names.joined(separator: ", "))")
        continue
      }
      if choices.contains(where: { $0.name == name }) {
        entry.report("the \(kind) `\(name)` is named twice", remedy: "keep one")
        continue
      }
      choices.append(.init(name: name, place: SourcePlace(entry.value.place)))
    }
    return choices
  }

  private func crm(_ entry: Entry) -> TestCase.CRM? {
    let systems = CRMSystem.allCases.map(\.rawValue)
    if case .scalar = entry.value.content {
      guard let word = entry.choice(among: ["none"] + systems) else { return nil }
      var crm = TestCase.CRM(name: word)
      crm.isNone = word == "none"
      crm.system = crm.isNone ? nil : word
      return crm
    }
    guard
      let mapping = entry.mapping(keys: ["name", "system", "site", "data", "faults", "latencyMilliseconds"]),
      let system = mapping.required("system")?.choice(among: systems)
    else { return nil }
    var crm = TestCase.CRM(name: mapping["name"]?.caseName() ?? system)
    crm.system = system
    crm.site = mapping["site"]?.reference()
    crm.data = mapping["data"]?.reference()
    crm.faults = mapping["faults"]?.reference()
    crm.latencyMilliseconds = mapping["latencyMilliseconds"]?.integer(in: 0...600_000) ?? 120
    return crm
  }

  private func capabilities(_ entry: Entry) -> [Capability] {
    let known = (vocabulary.limits + vocabulary.traits).sorted()
    return entry.dictionary(of: "capabilities").compactMap { pair in
      guard known.contains(pair.key) else {
        pair.keyEntry.reportUnknown("capability", pair.key, among: known)
        return nil
      }
      return pair.value.matcher().map {
        Capability(name: pair.key, matcher: $0, place: SourcePlace(pair.keyEntry.value.place))
      }
    }
  }
}

extension Entry {
  /// A path to a file, relative to the case's folder.
  func reference() -> TestCase.Reference? {
    guard let path = text(maxLength: 1000) else { return nil }
    guard !path.hasPrefix("/"), !path.utf8.contains(0) else {
      report("`\(Self.shown(path))` is no relative path", remedy: "write the way from the case's folder to the file")
      return nil
    }
    return .init(path: path, place: SourcePlace(value.place))
  }

  /// A name for reports and filters: no control characters, no `/` at an end.
  func caseName() -> String? {
    parsed(as: "a name", remedy: "use letters, digits, spaces, `-`, `_`, `.` and `/` inside") { text in
      let isPlain = text.unicodeScalars.allSatisfy {
        $0.properties.generalCategory != .control && $0 != "*" && $0 != "?"
      }
      return isPlain && !text.hasPrefix("/") && !text.hasSuffix("/") ? text : nil
    }
  }

  func reportUnknown(_ kind: String, _ name: String, among known: [String]) {
    let nearest = errors.nearest(to: name, among: known)
    report(
      "unknown \(kind) `\(Self.shown(name))`",
      remedy: nearest.map { "did you mean `\($0)`?" } ?? "known: \(known.joined(separator: ", "))")
  }
}
