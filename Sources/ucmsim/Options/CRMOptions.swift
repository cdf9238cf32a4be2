import ArgumentParser
import CRMCloud
import CRMConnectors
import ConfigurationFiles
import Primitives
import Simulation
import SimulationRuntime

/// The CRM the appliance talks to.
struct CRMOptions: ParsableArguments {
  enum Choice: String, CaseIterable, ExpressibleByArgument {
    case none
    case zohoV1 = "zoho-v1"
    case zohoV2 = "zoho-v2"
    case vtiger
    case sugarCRM = "sugarcrm"
    case salesforce
    case described

    var system: CRMSystem? { CRMSystem(rawValue: rawValue) }
  }

  @Option(
    name: .customLong("crm"),
    help: ArgumentHelp(
      "none, or the system of the site file's CRM page, which counts without this option.", valueName: "system"))
  var choice: Choice?

  @Option(
    name: .customLong("crm-data"),
    help: ArgumentHelp(
      "What the CRM on this machine holds (YAML); otherwise it knows the site's users and nobody else.",
      valueName: "file"))
  var data: String?

  @Option(
    name: .customLong("crm-faults"),
    help: ArgumentHelp(
      "Script of what goes wrong with the CRM on this machine (YAML), as `ucmsim cloud --faults` takes it.",
      valueName: "file"))
  var faults: String?

  @Option(
    name: .customLong("crm-latency"),
    help: ArgumentHelp("From a CRM request to its answer.", valueName: "ms"))
  var latencyMilliseconds = 120

  @Option(
    name: .customLong("crm-drain"),
    help: ArgumentHelp(
      "How long after the trace's end call logs that the CRM did not take are still sent.", valueName: "s"))
  var drainSeconds = 3600

  @OptionGroup var transport: CRMTransportOptions
  @OptionGroup var cassettes: CassetteOptions

  mutating func validate() throws {
    guard !cassettes.isPlayback || (!transport.usesHTTPS && data == nil) else {
      throw ValidationError("A cassette that is replayed needs no CRM: leave --crm-url and --crm-data out.")
    }
    guard data == nil || !transport.usesHTTPS else {
      throw ValidationError("--crm-data is for the CRM inside this program; give it to `ucmsim cloud` instead.")
    }
    guard faults == nil || !(transport.usesHTTPS || cassettes.isPlayback) else {
      throw ValidationError("--crm-faults is for the CRM inside this program; `ucmsim cloud` takes it as --faults.")
    }
    guard (0...600_000).contains(latencyMilliseconds) else {
      throw ValidationError("--crm-latency takes 0 to 600000 milliseconds.")
    }
    guard (0...604_800).contains(drainSeconds) else {
      throw ValidationError("--crm-drain takes 0 to 604800 seconds.")
    }
  }

  /// The appliance's CRM module and the cloud it talks to; nil for no CRM.
  func setUp(file: SiteFile?, seed: UInt64) throws -> (configuration: CRMConfiguration, backend: any CRMBackend)? {
    guard choice != Choice.none, choice != nil || file?.crm != nil else { return nil }
    guard let file, let settings = file.crm else {
      throw Complaint(
        "--crm needs a site file with a `crm` section: server address, lookups and the users' credentials", .usage)
    }
    if let system = choice?.system, system != settings.system {
      throw Complaint(
        "--crm \(system.rawValue), but the site file's users have the credentials of \(settings.system.rawValue)",
        .usage)
    }
    let setUp = CRMSetUp(file: file, settings: settings)
    return (try setUp.configuration(), try backend(setUp, seed: seed))
  }

  /// Who answers from here on, at the beginning of what it has to tell.
  func backend(_ setUp: CRMSetUp, seed: UInt64) throws -> any CRMBackend {
    try cassettes.around { try liveBackend(setUp, seed: seed) }
  }

  /// What the appliance puts up with before a fault script.
  var patience: FaultyCloud.Patience {
    var patience = FaultyCloud.Patience()
    patience.latency = .milliseconds(Int64(latencyMilliseconds))
    patience.answerTime = .milliseconds(Int64(transport.timeoutMilliseconds))
    return patience
  }

  /// The CRM in this process or over HTTPS.
  private func liveBackend(_ setUp: CRMSetUp, seed: UInt64) throws -> any CRMBackend {
    if transport.usesHTTPS { return try transport.httpsBackend() }
    let cloud = try setUp.cloud(
      data: try data.map { try CloudDataText.read($0, for: setUp.settings.system) }, dataName: data, seed: seed)
    guard let faults else { return InProcessCloud(cloud) }
    return FaultyCloud(cloud, rules: try FaultScriptText.read(faults), seed: seed, patience: patience)
  }
}
