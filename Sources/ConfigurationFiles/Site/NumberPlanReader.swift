import CRMConnectors
import Primitives

/// `crm.numbers:` of a site file: how its CRM is asked for numbers.
struct NumberPlanReader {
  func read(_ entry: Entry) -> NumberPlan {
    var plan = NumberPlan()
    let keys = [
      "countryCode", "trunkPrefix", "internationalPrefix", "compare", "searchDigits", "maximumSearches", "severalHits",
      "manner",
    ]
    guard let mapping = entry.mapping(keys: keys) else { return plan }
    plan.countryCode = mapping["countryCode"]?.prefixDigits(1...3)
    plan.trunkPrefix = mapping["trunkPrefix"]?.prefixDigits(1...3)
    plan.internationalPrefix = mapping["internationalPrefix"]?.prefixDigits(1...6)
    if let comparison = mapping["compare"]?.comparison() { plan.comparison = comparison }
    plan.searchedDigits = mapping["searchDigits"]?.integer(in: 5...15)
    if let searches = mapping["maximumSearches"]?.integer(in: 1...100) { plan.maximumSearches = searches }
    if let rule = mapping["severalHits"]?.choice(of: SeveralHits.self) { plan.severalHits = rule }
    if let manner = mapping["manner"]?.choice(of: LookupManner.self) { plan.manner = manner }
    if plan.trunkPrefix != nil, plan.countryCode == nil {
      mapping["trunkPrefix"]?.report(
        "a trunk prefix says nothing without a country code", remedy: "add countryCode, as 49")
    }
    return plan
  }
}

extension Entry {
  fileprivate func prefixDigits(_ lengths: ClosedRange<Int>) -> String? {
    parsed(as: "\(lengths.lowerBound) to \(lengths.upperBound) digits", remedy: "write it in quotes, as \"00\"") {
      $0.isDigits(lengths) ? $0 : nil
    }
  }

  /// `equal`, or how many last digits have to be.
  fileprivate func comparison() -> NumberComparison? {
    parsed(as: "`equal` or a number of last digits from 5 to 15") { text in
      if text == "equal" { return .equal }
      guard text.isDigits(1...2), let count = Int(text), (5...15).contains(count) else { return nil }
      return .lastDigits(count)
    }
  }
}
