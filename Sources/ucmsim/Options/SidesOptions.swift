import ArgumentParser
import HardwareProfiles

/// The two models or firmwares of a comparison, and what both of them get.
struct SidesOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Replay traces on two models, with a comma between; or on one, with two of --firmware.", valueName: "models"))
  var models: String?

  @Option(
    help: ArgumentHelp(
      "The age of both models' firmware, or two with a comma between, the first for the first model.",
      valueName: "names"))
  var firmware: String?

  @OptionGroup var profiles: ProfilesOption
  @OptionGroup var seed: SeedOption

  @OptionGroup var reading: FrameOptions
  @OptionGroup var site: SiteOptions
  @OptionGroup var crm: CRMOptions

  /// Whether traces are to be replayed at all.
  var isGiven: Bool { models != nil || firmware != nil }

  mutating func validate() throws {
    guard !isGiven || models != nil else {
      throw ValidationError("--firmware is of a model: name one or two with --models.")
    }
    let isSetUp =
      site.site != nil || !site.pbx.isEmpty || crm.choice != nil || crm.data != nil || profiles.folder != nil
    guard isGiven || !isSetUp && reading.isEmpty && seed.number == 1 else {
      throw ValidationError(
        "--site, --pbx, --crm, --filter, --seed and the like are for traces, which are replayed with --models A,B; "
          + "two runs are compared as they are.")
    }
    guard !crm.transport.usesHTTPS, crm.cassettes.cassette == nil else {
      throw ValidationError(
        "Both sides have a CRM of their own, which starts with the same records: leave --crm-url, --crm-transport and "
          + "--cassette out, or replay one model at a time and compare the runs.")
    }
  }

  /// Both sides, in the order given.
  func both() throws -> (before: ReplayedSide, after: ReplayedSide) {
    let catalog = try profiles.catalog()
    let models = try chosen(self.models, "--models", of: "models") { try Profiles.model($0, in: catalog) }
    let ages = try chosen(firmware, "--firmware", of: "firmwares") { try Profiles.firmware($0, in: catalog) }
    guard let first = models.first, let last = models.last, models.count + ages.count > 1,
      max(models.count, ages.count) == 2
    else {
      throw Complaint("one model is no comparison: give --models A,B, or two of --firmware for it", .usage)
    }
    return (
      try side(first, ages.first, in: catalog), try side(last, ages.last, in: catalog)
    )
  }

  private func side(_ profile: Profile, _ age: Firmware?, in catalog: ProfileCatalog) throws -> ReplayedSide {
    ReplayedSide(
      profile: try Profiles.model(profile.model, firmware: age?.name, in: catalog), firmware: age, options: self)
  }

  private func chosen<Value: Equatable>(
    _ list: String?, _ option: String, of things: String, find: (String) throws -> Value
  ) throws -> [Value] {
    guard let list else { return [] }
    let count = list.split(separator: ",", omittingEmptySubsequences: false).count
    guard list.lowercased() != FleetOptions.everything, count <= 2 else {
      throw Complaint(
        "\(option) '\(list)': a comparison has two \(things), with a comma between; `ucmsim compare` puts more of them "
          + "side by side", .usage)
    }
    return try FleetOptions.chosen(list, option, all: [], find: find)
  }
}
