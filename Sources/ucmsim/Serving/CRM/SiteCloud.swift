import CRMCloud
import CRMConnectors
import Primitives
import SimulationRuntime

/// The CRM inside this program, and what it was made for: a change of the pages that leaves that as it is goes on with
/// the same one, with all that was written to it.
struct SiteCloud: CRMBackend {
  /// What a cloud was made for.
  struct Key: Hashable, Sendable {
    let system: CRMSystem
    let contents: CloudContents

    init(_ setUp: CRMSetUp, contents: CloudContents) {
      system = setUp.settings.system
      self.contents = contents
    }
  }

  let key: Key
  private var backend: any CRMBackend

  init(_ key: Key, _ backend: any CRMBackend) {
    self.key = key
    self.backend = backend
  }

  /// - Parameter faults: the script before the cloud; nil for none.
  init(
    _ key: Key, _ cloud: CRMClouds, _ faults: (rules: [CloudFaultRule], patience: FaultyCloud.Patience)?, seed: UInt64
  ) {
    self.key = key
    backend =
      faults.map { FaultyCloud(cloud, rules: $0.rules, seed: seed, patience: $0.patience) } ?? InProcessCloud(cloud)
  }

  mutating func begin(_ request: CRMRequest, at now: Instant) -> PendingAnswer { backend.begin(request, at: now) }

  mutating func finish() -> CRMTrafficReport { backend.finish() }
}
