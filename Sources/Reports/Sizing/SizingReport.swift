import HardwareProfiles
public import PBXModel
public import Primitives
public import Simulation

/// Which model carries the traffic of traces: everything the printed answer, its JSON and its picture say.
public struct SizingReport: Sendable {
  /// Version without the tool's name, as `1.2.0`.
  public var toolVersion: String
  /// The traces by the names they were given, in that order.
  public var inputs: [String]
  /// Name of the site file as it was given; nil for none.
  public var siteName: String?
  /// Where the PBX is and who says so, in words.
  public var pbx: String
  /// The zone in which times are told.
  public var timeZone: SiteTimeZone
  /// The answer.
  public var sizing: Sizing
  /// What the measuring leaned on, with how often.
  public var assumptions: [Assumption: Int]
  /// What the appliance does where nobody has documented it.
  public var settings = ApplianceSettings()

  /// Takes every part as it is.
  public init(
    toolVersion: String, inputs: [String], siteName: String?, pbx: String, timeZone: SiteTimeZone, sizing: Sizing,
    assumptions: [Assumption: Int]
  ) {
    self.toolVersion = toolVersion
    self.inputs = inputs
    self.siteName = siteName
    self.pbx = pbx
    self.timeZone = timeZone
    self.sizing = sizing
    self.assumptions = assumptions
  }

  /// In the order of their declaration.
  var orderedAssumptions: [(assumption: Assumption, times: Int)] {
    Assumption.allCases.compactMap { assumption in assumptions[assumption].map { (assumption, $0) } }
  }
}

extension SizingNeed.Subject {
  /// As JSON names it.
  var name: String {
    switch self {
    case .resource(let resource): resource.name
    case .extensionsSetUp: "extensionsSetUp"
    }
  }

  /// In a sentence, as "12 encrypted calls".
  var words: String {
    switch self {
    case .resource(let resource): resource.words
    case .extensionsSetUp: "extensions set up"
    }
  }
}

extension ModelSizing.Verdict {
  /// In a table.
  var words: String {
    switch self {
    case .fits: "fits"
    case .fitsUnlessOtherwise: "fits, but disputed"
    case .unknown: "not known"
    case .shortUnlessOtherwise: "too small, but disputed"
    case .short: "too small"
    }
  }
}

/// Numbers with a fixed count of digits after the point.
enum FixedPoint {
  /// With two digits, halves away from zero; of a number too large for that, `∞`.
  static func hundredths(_ value: Double) -> String {
    let scaled = (value * 100).rounded()
    guard scaled.magnitude < 1e15 else { return value < 0 ? "-∞" : "∞" }
    let number = Int(scaled.magnitude)
    let fraction = number % 100
    return (scaled < 0 ? "-" : "") + "\(number / 100)." + (fraction < 10 ? "0" : "") + "\(fraction)"
  }
}
