import Cases
import PBXModel

/// Sections of `expect` that are about numbers of the run's summary.
enum SummarySection: String, CaseIterable {
  case calls, registrations, lookups, callLogs, ledger, account

  /// Where the summary has each key of the section.
  var paths: [String: [String]] {
    switch self {
    case .calls:
      let plain = [
        "total", "refused", "joined", "rows", "runningAtStart", "runningAtEnd", "failedOver", "legsNotDialled",
        "notRecorded", "outcomesUnknown", "partiesWithoutVideo", "retried", "toMailbox", "unreachable",
      ].map { ($0, ["calls", $0]) }
      let dispositions = Disposition.allCases.map { ($0.rawValue, ["calls", "disposition", $0.rawValue]) }
      let directions = CallDirection.allCases.map { ($0.rawValue, ["calls", "direction", $0.rawValue]) }
      return Dictionary(uniqueKeysWithValues: plain + dispositions + directions)
    case .registrations: return own(["added", "refreshed", "removed", "expired", "challenged", "refused", "displaced"])
    case .lookups: return own(["hit", "missed", "added", "ambiguous", "failed"])
    case .callLogs: return own(["logged", "failed", "postponed", "discarded", "unsent"])
    case .ledger, .account: return [:]
    }
  }

  private func own(_ names: [String]) -> [String: [String]] {
    Dictionary(uniqueKeysWithValues: names.map { ($0, [rawValue, $0]) })
  }
}

extension ExpectationReader {
  func summary(_ entry: Entry, _ section: SummarySection) -> [Expectation] {
    switch section {
    case .ledger: return ledger(entry)
    case .account: return account(entry)
    case .calls, .registrations, .lookups, .callLogs: break
    }
    let paths = section.paths
    return entry.dictionary(of: "numbers").compactMap { pair in
      guard let path = paths[pair.key] else {
        pair.keyEntry.reportUnknown("number", pair.key, among: paths.keys.sorted())
        return nil
      }
      return number(pair.value, at: path)
    }
  }

  private func ledger(_ entry: Entry) -> [Expectation] {
    entry.dictionary(of: "resources").flatMap { pair -> [Expectation] in
      guard vocabulary.resources.contains(pair.key) else {
        pair.keyEntry.reportUnknown("resource", pair.key, among: vocabulary.resources)
        return []
      }
      let keys = ["limit", "peak", "refused"]
      guard let mapping = pair.value.mapping(keys: keys) else { return [] }
      return keys.compactMap { key in mapping[key].flatMap { number($0, at: ["limits", pair.key, key]) } }
    }
  }

  private func account(_ entry: Entry) -> [Expectation] {
    let numbers = ["frames", "bytes", "messages", "framesThatMayHideMessages"]
    let keys = numbers + ["brokenTraces", "fates", "remarks", "onlyFates", "onlyRemarks"]
    guard let mapping = entry.mapping(keys: keys) else { return [] }
    var result = numbers.compactMap { key in mapping[key].flatMap { number($0, at: ["account", key]) } }
    if let entry = mapping["brokenTraces"], let expectation = number(entry, at: ["failures"]) {
      result.append(expectation)
    }
    for (key, only) in [("fates", "onlyFates"), ("remarks", "onlyRemarks")] {
      for pair in mapping[key]?.dictionary(of: "counts") ?? [] {
        if let expectation = number(pair.value, at: ["account", key, pair.key]) { result.append(expectation) }
      }
      guard let entry = mapping[only] else { continue }
      result.append(
        Expectation(
          label: entry.label, place: SourcePlace(entry.value.place),
          claim: .onlyNames(path: ["account", key], entry.list().compactMap { $0.text() })))
    }
    return result
  }

  private func number(_ entry: Entry, at path: [String]) -> Expectation? {
    entry.matcher().map {
      Expectation(
        label: entry.label, place: SourcePlace(entry.value.place), claim: .summary(path: path, $0),
        renewable: entry.renewable)
    }
  }
}
