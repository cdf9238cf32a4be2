import ArgumentParser
import CRMConnectors
import ConfigurationFiles
import Simulation
import SimulationRuntime

/// The CRM the appliance talks to.
struct CRMOptions: ParsableArguments {
  @Option(
    name: .customLong("crm"),
    help: ArgumentHelp("none, or the system in place of the site file's: zoho-v2.", valueName: "system"))
  var system: String?

  @Option(
    name: .customLong("crm-latency"),
    help: ArgumentHelp("From a CRM request to its answer.", valueName: "ms"))
  var crmLatencyMilliseconds = 120

  mutating func validate() throws {
    guard (0...600_000).contains(crmLatencyMilliseconds) else {
      throw ValidationError("--crm-latency takes 0 to 600000 milliseconds.")
    }
  }

  func setUp(file: SiteFile?, seed: UInt64) throws -> (configuration: CRMConfiguration, backend: any CRMBackend)? {
    nil
  }
}
