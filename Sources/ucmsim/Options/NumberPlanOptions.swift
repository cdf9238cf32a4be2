import ArgumentParser
import CRMConnectors
import Primitives

/// How a site writes and compares numbers, as `crm.numbers` of a site file says it.
struct NumberPlanOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The site's country code, as 49.", valueName: "digits"))
  var countryCode: String?

  @Option(help: ArgumentHelp("What is dialled before a national number, as 0.", valueName: "digits"))
  var trunkPrefix: String?

  @Option(help: ArgumentHelp("What is dialled before an international number, as 00.", valueName: "digits"))
  var internationalPrefix: String?

  @Option(help: ArgumentHelp("Ask for the last so many digits as well, 5 to 15.", valueName: "n"))
  var searchDigits: Int?

  @Option(help: ArgumentHelp("`equal`, or how many last digits of a hit have to be, 5 to 15.", valueName: "rule"))
  var compare: String?

  @Option(help: "verified, or vendor-add-in: as the vendor's softphone asks, the first hit believed.")
  var manner = Manner.verified

  enum Manner: String, CaseIterable, ExpressibleByArgument {
    case verified
    case vendorAddIn = "vendor-add-in"

    var manner: LookupManner {
      switch self {
      case .verified: .verified
      case .vendorAddIn: .vendorAddIn
      }
    }
  }

  mutating func validate() throws {
    for (name, text, lengths) in [
      ("--country-code", countryCode, 1...3), ("--trunk-prefix", trunkPrefix, 1...3),
      ("--international-prefix", internationalPrefix, 1...6),
    ] {
      guard text?.isDigits(lengths) ?? true else {
        throw ValidationError("\(name) takes \(lengths.lowerBound) to \(lengths.upperBound) digits.")
      }
    }
    guard trunkPrefix == nil || countryCode != nil else {
      throw ValidationError("--trunk-prefix says nothing without --country-code.")
    }
    guard (5...15).contains(searchDigits ?? 5) else { throw ValidationError("--search-digits takes 5 to 15.") }
    guard compare == nil || comparison != nil else {
      throw ValidationError("--compare takes `equal` or a number of last digits from 5 to 15.")
    }
  }

  /// The plan they describe.
  var plan: NumberPlan {
    var plan = NumberPlan()
    plan.countryCode = countryCode
    plan.trunkPrefix = trunkPrefix
    plan.internationalPrefix = internationalPrefix
    plan.searchedDigits = searchDigits
    if let comparison { plan.comparison = comparison }
    plan.manner = manner.manner
    return plan
  }

  private var comparison: NumberComparison? {
    if compare == "equal" { return .equal }
    guard let compare, compare.isDigits(1...2), let count = Int(compare), (5...15).contains(count) else { return nil }
    return .lastDigits(count)
  }
}
