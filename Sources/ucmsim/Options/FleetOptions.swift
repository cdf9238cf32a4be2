import ArgumentParser
import HardwareProfiles
import PBXModel
import Primitives
import Simulation
import SimulationRuntime

/// Which models a comparison has, and the CRM that each has for itself.
struct FleetOptions: ParsableArguments {
  @OptionGroup var crm: CRMOptions

  @Option(help: ArgumentHelp("all, or models with commas between; see `ucmsim models`.", valueName: "models"))
  var models: String

  @Option(
    help: ArgumentHelp(
      "all, or ages of firmware with commas between, each with the models there was such firmware for; a model without "
        + "the CRM in its menu has none.",
      valueName: "names"))
  var firmware: String?

  @Option(
    help: ArgumentHelp(
      "Plan for remote users with its additions, the same for every model, as plus or plus+calls-20; see "
        + "`ucmsim models plans`.", valueName: "plan"))
  var plan: String?

  @OptionGroup var profiles: ProfilesOption
  @OptionGroup var seed: SeedOption

  static let everything = "all"

  mutating func validate() throws {
    guard !crm.transport.usesHTTPS else {
      throw ValidationError(
        "Every model of a comparison has a CRM of its own, which starts with the same records; servers over HTTPS "
          + "would be one for all. Leave --crm-url and --crm-transport out, or replay one model at a time.")
    }
    guard crm.cassettes.cassette == nil else {
      throw ValidationError(
        "A cassette holds the traffic of one run, and every model of a comparison has traffic of its own; leave "
          + "--cassette out, or replay one model at a time.")
    }
  }

  /// Each model with each firmware there was for it, in the order asked for.
  func members() throws -> [Fleet.Member] {
    let catalog = try profiles.catalog()
    let profiles = try Self.chosen(models, "--models", all: catalog.models) { try Profiles.model($0, in: catalog) }
    guard let firmware else { return profiles.map { Fleet.Member(profile: $0) } }
    let ages = try Self.chosen(firmware, "--firmware", all: catalog.firmware) {
      try Profiles.firmware($0, in: catalog)
    }
    let isEveryPairMeant = models.lowercased() != Self.everything && firmware.lowercased() != Self.everything
    let members = try profiles.flatMap { profile in
      try ages.compactMap { age in
        let running =
          isEveryPairMeant
          ? try Profiles.model(profile.model, firmware: age.name, in: catalog) : profile.running(age)
        return running.map { Fleet.Member(profile: $0, firmware: age) }
      }
    }
    guard !members.isEmpty else {
      throw Complaint("there never was firmware \(firmware) for any of these models", .usage)
    }
    return members
  }

  /// What a list with commas names, in its order, or everything.
  static func chosen<Value: Equatable>(
    _ list: String, _ option: String, all: [Value], find: (String) throws -> Value
  ) throws -> [Value] {
    if list.lowercased() == everything { return all }
    var result: [Value] = []
    for name in list.split(separator: ",", omittingEmptySubsequences: false) {
      let name = String(name.trimmingPrefix(while: \.isWhitespace))
      guard !name.isEmpty else {
        throw Complaint("\(option) '\(list)' has an empty name; write all, or names with commas between", .usage)
      }
      guard name.lowercased() != everything else {
        throw Complaint("\(option) '\(list)': all stands alone", .usage)
      }
      let value = try find(name)
      guard !result.contains(value) else { throw Complaint("\(option) names '\(name)' twice", .usage) }
      result.append(value)
    }
    return result
  }

  func replayOptions(
    _ members: [Fleet.Member], _ reading: TraceReading, input: TraceOptions, site: SiteOptions
  ) throws -> FleetReplay.Options {
    var options = FleetReplay.Options(
      scan: reading.scan, inputNames: input.traces, members: members, site: reading.site, pbx: reading.pbx,
      toolVersion: UCMSim.version)
    options.siteName = site.site
    options.seed = seed.number
    if let plan { options.remote = try PlanOption.allowance(plan, site: reading.site, profiles: profiles.folder) }
    options.crmLatency = .milliseconds(Int64(crm.latencyMilliseconds))
    options.crmDrain = .seconds(Int64(crm.drainSeconds))
    if let (configuration, backend) = try crm.setUp(file: reading.siteFile, seed: seed.number) {
      guard let copied = backend as? any CopiedCRMBackend else {
        throw Complaint("this CRM cannot be copied for every model; replay one model at a time", .usage)
      }
      options.crm = (configuration, copied)
    }
    return options
  }
}
