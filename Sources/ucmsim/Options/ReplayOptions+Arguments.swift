import HardwareProfiles
import Primitives
import SimulationRuntime

extension Replay.Options {
  /// One model's replay of what was opened, with the CRM that the arguments name.
  ///
  /// - Parameter input: the same traces, for their names.
  init(
    _ profile: Profile, _ reading: TraceReading, input: TraceOptions, site: SiteOptions, crm: CRMOptions,
    seed: SeedOption
  ) throws {
    self.init(
      scan: reading.scan, inputNames: input.traces, profile: profile, site: reading.site, pbx: reading.pbx,
      toolVersion: UCMSim.version)
    siteName = site.site
    self.seed = seed.number
    crmLatency = .milliseconds(Int64(crm.latencyMilliseconds))
    crmDrain = .seconds(Int64(crm.drainSeconds))
    self.crm = try crm.setUp(file: reading.siteFile, seed: seed.number)
  }
}
