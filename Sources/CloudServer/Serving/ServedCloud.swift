public import CRMCloud
public import CloudStorage
public import HTTPTypes
import JSON
public import Primitives
import Redaction

/// A cloud at work: one request after the other, each kept before it is answered.
///
/// The cloud's own clock, its fault script, its state on disk, the journal and the inspector all meet here, so that
/// one request sees what the one before it left.
public actor ServedCloud<Hosted: HostedCloud & CloudAdministration & Codable> {
  private var cloud: Hosted
  private let initial: Hosted
  private var clock: CloudClock
  private var faults: CloudFaults
  private let seed: UInt64
  private let archive: CloudArchive<Hosted>?
  private let journal: CloudJournal?
  private let wall: @Sendable () -> Instant
  private var inspector = ExchangeInspector()
  private var redaction = SecretRedaction(.kinds)
  /// Requests kept since the cloud was last written out whole.
  private var unkept = 0
  private var failure: CloudStoreError?

  /// Requests after which the cloud is written out whole, so that a start need not answer them all again.
  private static var requestsBetweenSnapshots: Int { 512 }

  /// - Parameters:
  ///   - cloud: with what it holds at its beginning; what `archive` has kept takes its place.
  ///   - wall: the machine's clock.
  public init(
    _ cloud: Hosted, clock: CloudClock?, faults: [CloudFaultRule] = [], seed: UInt64,
    archive: CloudArchive<Hosted>? = nil,
    journal: CloudJournal? = nil, wall: @escaping @Sendable () -> Instant
  ) throws(CloudStoreError) {
    initial = cloud
    self.seed = seed
    self.archive = archive
    self.journal = journal
    self.wall = wall
    self.faults = CloudFaults(rules: faults, seed: seed)
    guard let kept = try archive?.restored() else {
      self.cloud = cloud
      self.clock = clock ?? CloudClock(wall: wall())
      try archive?.keep(cloud, self.clock)
      return
    }
    self.cloud = kept.cloud
    // A clock that is asked for goes on from what the cloud has seen: time does not go back.
    var resumed = kept.clock
    resumed.resume(as: clock, wall: wall())
    self.clock = resumed
    try archive?.keep(kept.cloud, resumed)
  }

  /// Hosts the cloud answers for.
  public var hosts: [VirtualHost] { cloud.hosts }

  /// Answers one request, and keeps it before it says so.
  ///
  /// - Throws: when it cannot be kept, then and ever after: what is on disk is no longer what the cloud knows.
  public func answer(_ request: HTTPRequest, body: [UInt8]) throws(CloudStoreError) -> FaultyExchange {
    if let failure { throw failure }
    let received = wall()
    let now = clock.now(wall: received, for: request)
    let exchange = faults.exchange(request, body: body, at: now, with: &cloud)
    if exchange.wasSeen {
      // A fault may have changed the cloud as no request would.
      try keep { (archive) throws(CloudStoreError) in
        unkept += 1
        if exchange.rule == nil, unkept < Self.requestsBetweenSnapshots {
          try archive.append(request, body, at: now)
        } else {
          try archive.keep(cloud, clock)
          unkept = 0
        }
      }
    }
    let entry = ExchangeEntry(
      request, path: cloud.shownPath(of: request), body, exchange, time: now, received: received,
      took: wall() - received, redaction: &redaction)
    let number = inspector.add(entry)
    journal?.append(entry.json(number: number))
    return exchange
  }

  private func keep(
    _ write: (CloudArchive<Hosted>) throws(CloudStoreError) -> Void
  ) throws(CloudStoreError) {
    guard let archive else { return }
    do { try write(archive) } catch {
      failure = error
      throw error
    }
  }

  /// Writes the cloud out whole and closes what it is kept in; nothing may be asked of it afterwards.
  public func close() throws(CloudStoreError) {
    journal?.close()
    guard failure == nil else { return }
    try archive?.keep(cloud, clock)
    try archive?.close()
  }
}

// What the administrator sees and does.
extension ServedCloud {
  var now: Instant { clock.now(wall: wall()) }
  var clockMode: CloudClock.Mode { clock.mode }
  var faultRules: [(rule: CloudFaultRule, count: Int)] { Array(zip(faults.rules, faults.counts)) }
  var dumpKinds: [String] { cloud.dumpKinds }

  func dump(_ kind: String) -> [JSONValue]? { cloud.dump(kind) }

  func exchanges(_ filter: ExchangeFilter) -> [(number: Int, entry: ExchangeEntry)] { inspector.entries(filter) }
  func exchange(_ number: Int) -> ExchangeEntry? { inspector[number] }
  func forgetExchanges() { inspector = ExchangeInspector(after: inspector.lastNumber) }

  func carryOut(_ action: CloudAction) throws(CloudStoreError) -> CloudActionOutcome {
    let outcome = cloud.carryOut(action, at: now)
    switch outcome {
    case .done: try keepWhole()
    case .notFound, .refused, .unsupported: break
    }
    return outcome
  }

  func reset() throws(CloudStoreError) {
    cloud = initial
    try keepWhole()
  }

  func setFaults(_ rules: [CloudFaultRule]) { faults = CloudFaults(rules: rules, seed: seed) }

  /// False when the clock would go back.
  func setClock(to instant: Instant) throws(CloudStoreError) -> Bool {
    guard clock.set(to: instant, wall: wall()) else { return false }
    try keepWhole()
    return true
  }

  func setClock(_ mode: CloudClock.Mode) throws(CloudStoreError) {
    clock.go(mode, wall: wall())
    try keepWhole()
  }

  private func keepWhole() throws(CloudStoreError) {
    try keep { (archive) throws(CloudStoreError) in try archive.keep(cloud, clock) }
    unkept = 0
  }
}
