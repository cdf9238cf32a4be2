import Cases
import JSON

/// The text of a new case: what is replayed, and what came out as what is expected.
struct CaseText {
  let testCase: TestCase
  let model: String
  let records: RunRecords

  /// Rows and names written; of longer runs the numbers have to do.
  static let recordsMax = 200

  private static let rowFields = [
    "src", "dst", "caller_name", "userfield", "disposition", "duration", "billsec", "dstchannel_ext",
    "src_trunk_name", "dst_trunk_name",
  ]

  var text: String {
    var lines = [
      "# What this run came to, as `ucmsim new-case` found it. Read it, take out what the case is not about, and keep",
      "# what must stay so.",
    ]
    lines += headLines
    lines.append("expect:")
    lines += numberLines + rowLines + displayLines
    let covered =
      [rowLines.isEmpty || records.rows.count <= Self.recordsMax ? "cdr" : nil]
      + [records.records(.display).count <= Self.recordsMax ? "display" : nil]
    let kinds = covered.compactMap { $0 }
    if !kinds.isEmpty { lines.append("  nothingUnexpected: [\(kinds.joined(separator: ", "))]") }
    return lines.joined(separator: "\n") + "\n"
  }

  /// What is replayed, in the order of the file.
  var headLines: [String] {
    var lines: [String] = []
    if !testCase.claim.isEmpty { lines.append("claim: \(Self.quoted(testCase.claim))") }
    lines.append("traces: [\(testCase.traces.map { Self.quoted($0.path) }.joined(separator: ", "))]")
    if let site = testCase.site { lines.append("site: \(Self.quoted(site.path))") }
    if !testCase.pbx.isEmpty {
      lines.append("pbx: [\(testCase.pbx.map(Self.quoted).joined(separator: ", "))]")
    }
    lines.append("model: \(Self.quoted(model))")
    if let firmware = testCase.firmwares.first { lines.append("firmware: \(Self.quoted(firmware.name))") }
    lines += crmLines
    if testCase.seed != 1 { lines.append("seed: \(testCase.seed)") }
    return lines
  }

  private var crmLines: [String] {
    guard let crm = testCase.crms.first, let system = crm.system else { return [] }
    var lines = ["crm:", "  system: \(Self.quoted(system))"]
    if let data = crm.data { lines.append("  data: \(Self.quoted(data.path))") }
    if let faults = crm.faults { lines.append("  faults: \(Self.quoted(faults.path))") }
    if crm.latencyMilliseconds != 120 { lines.append("  latencyMilliseconds: \(crm.latencyMilliseconds)") }
    return lines
  }

  // MARK: Numbers

  private var numberLines: [String] {
    var lines: [String] = []
    let calls = records.summary["calls"]
    var members = (calls?.members ?? []).compactMap { member in Self.telling(member) }
    for group in ["disposition", "direction"] {
      members += (calls?[group]?.members ?? []).compactMap { member in
        Self.number(member.value).flatMap { $0 == 0 ? nil : (Self.quoted(member.name), $0) }
      }
    }
    lines += Self.section("calls", members)
    for name in ["registrations", "lookups", "callLogs"] {
      let found = (records.summary[name]?.members ?? []).compactMap { member in Self.telling(member) }
      let isAboutCRM = name != "registrations"
      if !isAboutCRM || found.contains(where: { $0.1 != 0 }) { lines += Self.section(name, found) }
    }
    let limits = (records.summary["limits"]?.members ?? []).compactMap { member -> String? in
      guard let peak = member.value["peak"].flatMap(Self.number),
        let refused = member.value["refused"].flatMap(Self.number)
      else { return nil }
      if peak == 0, refused == 0 { return nil }
      return "    \(member.name): {peak: \(peak), refused: \(refused)}"
    }
    if !limits.isEmpty { lines += ["  ledger:"] + limits }
    let hidden = records.summary["account"]?["framesThatMayHideMessages"].flatMap(Self.number) ?? 0
    var account = [("framesThatMayHideMessages", hidden)]
    let broken = records.summary["failures"]?.array?.count ?? 0
    if broken > 0 { account.append(("brokenTraces", Int64(broken))) }
    return lines + Self.section("account", account)
  }

  /// A number that says something: of what did not happen only that nothing was refused or failed.
  private static func telling(_ member: JSONValue.Member) -> (String, Int64)? {
    guard let number = number(member.value) else { return nil }
    return number != 0 || ["total", "rows", "refused", "failed"].contains(member.name) ? (member.name, number) : nil
  }

  private static func section(_ name: String, _ members: [(String, Int64)]) -> [String] {
    members.isEmpty ? [] : ["  \(name):"] + members.map { "    \($0.0): \($0.1)" }
  }

  private static func number(_ value: JSONValue) -> Int64? {
    if case .integer(let number) = value { number } else { nil }
  }

  // MARK: Records

  private var rowLines: [String] {
    let rows = records.rows.prefix(Self.recordsMax).map { row in
      "{"
        + Self.rowFields.compactMap { name in row[name].map { "\(name): \(Self.scalar($0))" } }.joined(separator: ", ")
        + "}"
    }
    return rows.isEmpty ? [] : ["  cdr:"] + Self.counted(rows)
  }

  private var displayLines: [String] {
    let names = records.records(.display).prefix(Self.recordsMax).map { shown in
      "{extension: \(Self.scalar(shown["extension"] ?? "")), name: \(Self.scalar(shown["name"] ?? ""))}"
    }
    return names.isEmpty ? [] : ["  display:"] + Self.counted(names)
  }

  /// Each text once, with how often it is there, in the order of the first.
  private static func counted(_ texts: [String]) -> [String] {
    var counts: [String: Int] = [:]
    var order: [String] = []
    for text in texts {
      if counts[text] == nil { order.append(text) }
      counts[text, default: 0] += 1
    }
    return order.flatMap { ["    - where: \($0)", "      count: \(counts[$0] ?? 0)"] }
  }

  /// A value that matches itself, whatever it looks like.
  static func scalar(_ text: String) -> String {
    if text.isEmpty { return "\"\"" }
    if let number = Int(text), String(number) == text { return text }
    if case .equals = Matcher(scalar: text) { return quoted(text) }
    return "{is: \(quoted(text))}"
  }

  /// In double quotes. An ampersand is written as what it stands for: the reader takes a bare one for an anchor.
  static func quoted(_ text: String) -> String {
    String(decoding: JSONValue.string(text).bytes(), as: UTF8.self).replacing("&", with: "\\x26")
  }
}
