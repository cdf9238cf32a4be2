import CRMConnectors
import Primitives

/// `outcomes:` of a description.
struct DescribedOutcomeReader {
  /// Whether the description says where error codes stand.
  let hasCodes: Bool

  func read(_ entry: Entry) -> [DescribedOutcome] {
    var rules: [DescribedOutcome] = []
    for element in entry.list(max: 100) {
      guard let rule = rule(element) else { continue }
      if rules.contains(where: { Self.covers($0, rule) }) {
        element.report("never applies: an earlier rule takes every such answer", remedy: "put it before that rule")
      }
      rules.append(rule)
    }
    return rules
  }

  private func rule(_ entry: Entry) -> DescribedOutcome? {
    guard let mapping = entry.mapping(keys: ["status", "code", "is", "reason", "waitSeconds"]) else { return nil }
    let meaning = mapping.required("is")?.choice(of: DescribedOutcome.Meaning.self)
    let statuses = mapping["status"].flatMap(self.statuses)
    let codes: [String] =
      switch mapping["code"]?.value.content {
      case .sequence: mapping.list("code").compactMap { $0.code() }
      case .scalar, .mapping: mapping["code"].flatMap { $0.code() }.map { [$0] } ?? []
      case nil: []
      }
    if mapping["status"] == nil, mapping["code"] == nil {
      entry.report("says neither `status` nor `code`, so it would take every answer", remedy: "write at least one")
      return nil
    }
    if let code = mapping["code"], !hasCodes {
      code.report("nothing says where an answer holds its code", remedy: "write `errorCode` with its path")
    }
    let reason = mapping["reason"]?.choice(of: LogoutReason.self)
    let wait = mapping["waitSeconds"]?.integer(in: 1...86_400).map { Instant.Span.seconds(Int64($0)) }
    guard let meaning else { return nil }
    return DescribedOutcome(statuses: statuses, codes: Set(codes), meaning: meaning, reason: reason, wait: wait)
  }

  /// `404`, or `4xx` for all of them.
  private func statuses(_ entry: Entry) -> ClosedRange<Int>? {
    guard case .scalar(let text, _) = entry.value.content else {
      entry.report(
        "expected a status, found \(entry.value.kindName)", remedy: "write 404 or 4xx; a list is several rules")
      return nil
    }
    if let status = Int(text), (100...599).contains(status) { return status...status }
    if text.utf8.count == 3, text.hasSuffix("xx"), let hundreds = Int(text.prefix(1)), (1...5).contains(hundreds) {
      return hundreds * 100...hundreds * 100 + 99
    }
    entry.report("`\(Entry.shown(text))` is no status", remedy: "write 404 or 4xx")
    return nil
  }

  private static func covers(_ earlier: DescribedOutcome, _ later: DescribedOutcome) -> Bool {
    let statuses = earlier.statuses.map { wide in
      later.statuses.map { wide.contains($0.lowerBound) && wide.contains($0.upperBound) } ?? false
    }
    let codes = earlier.codes.isEmpty || (!later.codes.isEmpty && later.codes.isSubset(of: earlier.codes))
    return (statuses ?? true) && codes
  }
}

extension Entry {
  /// A CRM's error code, which can look like a number.
  fileprivate func code() -> String? {
    guard case .scalar(let text, _) = value.content, (1...64).contains(text.utf8.count) else {
      report("expected a code, found \(value.kindName)")
      return nil
    }
    return text
  }
}

/// `numbers:` of a description.
struct DescribedNumberReader {
  func read(_ entry: Entry) -> [DescribedNumberForm] {
    if entry.isEmptyList {
      entry.report("no form is asked for", remedy: "write [dialled], or leave it out for the site's")
    }
    var forms: [DescribedNumberForm] = []
    for element in entry.list(max: 12) {
      guard let form = form(element) else { continue }
      if forms.contains(form) { element.report("this form is asked for twice", remedy: "keep it once") }
      forms.append(form)
    }
    return forms
  }

  private func form(_ entry: Entry) -> DescribedNumberForm? {
    if case .scalar = entry.value.content {
      switch entry.choice(among: ["dialled", "e164", "digits", "national"]) {
      case "e164": return .e164
      case "digits": return .digits
      case "national": return .national
      case "dialled": return .dialled
      default: return nil
      }
    }
    guard let mapping = entry.mapping(keys: ["lastDigits", "spread"]) else { return nil }
    // Fewer tell nobody apart.
    guard let digits = mapping.required("lastDigits")?.integer(in: 4...15) else { return nil }
    guard let filler = mapping["spread"]?.text(maxLength: 8) else { return .lastDigits(digits) }
    return .spread(lastDigits: digits, with: filler)
  }
}

/// `texts:` of a description.
struct DescribedTextReader {
  /// The words of a call's texts, and what `ConnectorSettings` calls them.
  private static let words = [
    "CallStart": "Start", "Number": "Number", "Name": "Name", "Agent": "Extension", "Duration": "Duration",
  ]

  func read(_ entry: Entry) -> DescribedTexts {
    var texts = DescribedTexts()
    guard let mapping = entry.mapping(keys: ["subject", "inbound", "missed", "outbound", "unanswered"]) else {
      return texts
    }
    texts.subject = mapping["subject"].flatMap(text)
    texts.inbound = mapping["inbound"].flatMap(text)
    texts.missed = mapping["missed"].flatMap(text)
    texts.outbound = mapping["outbound"].flatMap(text)
    texts.unanswered = mapping["unanswered"].flatMap(text)
    return texts
  }

  private func text(_ entry: Entry) -> String? {
    guard let text = entry.text(maxLength: 1000) else { return nil }
    do throws(DescribedTemplate.Fault) {
      let template = try DescribedTemplate(parsing: text) { name in
        guard Self.words[name] != nil, let word = DescribedVariable.BuiltIn(rawValue: name) else { return nil }
        return (.builtIn(word), .word([]))
      }
      return template.pieces.reduce(into: "") { text, piece in
        switch piece {
        case .literal(let literal): text += literal
        case .slot(let slot): text += "[" + (Self.words[slot.variable.name] ?? slot.variable.name) + "]"
        }
      }
    } catch {
      entry.report(
        "the text has a place that no call's text has",
        remedy: "its words, without forms: {{\(Self.words.keys.sorted().joined(separator: "}}, {{"))}}")
      return nil
    }
  }
}
