import ArgumentParser
import CRMConnectors
import ConfigurationFiles
import HardwareProfiles
import Primitives
import Reports
import Simulation
import SimulationRuntime

/// What a replay depends on beside the traces and the site.
struct SimulationOptions: ParsableArguments {
  @OptionGroup var crm: CRMOptions

  @Option(help: ArgumentHelp("The model to simulate; see `ucmsim models`.", valueName: "model"))
  var model: String

  @Option(
    help: ArgumentHelp(
      "The age of its firmware, which decides columns of CDRs and the menu the CRM is held against; see "
        + "`ucmsim models firmware`.", valueName: "name"))
  var firmware: String?

  @OptionGroup var profiles: ProfilesOption

  @Option(
    help: ArgumentHelp(
      "Plan for remote users with its additions, as plus or plus+calls-20; see `ucmsim models plans`.",
      valueName: "plan"))
  var plan: String?

  @OptionGroup var seed: SeedOption

  /// The model asked for.
  func profile() throws -> Profile {
    try Profiles.model(model, firmware: firmware, directory: profiles.folder)
  }

  /// The CRM systems of the firmware's menu; nil where none was named, or its menu is not known.
  func crmOffers() throws -> [CRMOffer]? {
    try firmware.flatMap { try Profiles.firmware($0, in: profiles.catalog()).crm }
  }

  func replayOptions(
    _ profile: Profile, _ reading: TraceReading, input: TraceOptions, site: SiteOptions
  ) throws -> Replay.Options {
    var options = try Replay.Options(profile, reading, input: input, site: site, crm: crm, seed: seed)
    if let plan { options.remote = try PlanOption.allowance(plan, site: reading.site, profiles: profiles.folder) }
    if let remark = try firmwareRemark(options.crm?.configuration.settings.system) { StandardError.note(remark) }
    return options
  }

  /// What the firmware's menu makes of the CRM that is asked; nil for nothing.
  private func firmwareRemark(_ system: CRMSystem?) throws -> String? {
    guard let firmware else { return nil }
    let found = try Profiles.firmware(firmware, in: profiles.catalog())
    return system.flatMap { FirmwareReport.remark(on: found, system: $0.rawValue) }
  }
}

extension Replay {
  /// Runs with a progress bar, and complains of what could not be begun.
  mutating func runForTerminal() throws -> RunSummary {
    let bar = ProgressBar()
    defer { bar.finish() }
    do throws(Replay.Failure) {
      return try run {
        bar.update($0)
        return !Interrupt.wasRequested
      }
    } catch {
      switch error {
      case .trace(let trace): throw trace.complaint
      case .directory(let failure): throw Complaint(failure.description, .internalError)
      }
    }
  }
}

extension CRMTrafficReport {
  /// Says everything on standard error.
  ///
  /// - Parameter whose: what every line begins with.
  func tell(_ whose: String = "") {
    for line in notices + findings + failures { StandardError.note(whose + line) }
  }

  /// Ends the program with the code that fits, after everything has been said.
  func complain() throws {
    if !failures.isEmpty { throw Complaint("", .unusableInput) }
    if !findings.isEmpty { throw Complaint("", .findings) }
  }
}
