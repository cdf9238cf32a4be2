import ApplianceWeb
public import CDRStorage
public import CRMConnectors
public import HardwareProfiles
public import JSON
public import PBXModel
public import Primitives
import Reports
public import SIPCapture
public import Simulation
public import SimulationRuntime
import Synchronization

/// An appliance that a replay keeps alive: what the replay does is seen here at once, from any thread.
///
/// Give it to a `Replay` as its output and its observer, on one thread; ask `view` on others.
public final class LiveAppliance: RunOutput, ReplayObserver, Sendable {
  /// The model.
  public let profile: Profile
  /// The office.
  public let site: Site
  /// How fast the replay goes.
  public let pace: ReplayPace
  /// Where its files are; nil, because they are no run.
  public var directoryPath: String? { nil }
  let rows: LiveRows
  let identity: SystemIdentity
  private let state = Mutex(LiveState())
  private let events: LiveEvents
  let orders = LiveOrders()
  let history: CallHistory
  /// The other model of two, and what their rows are held against one another by; nil for one alone.
  let pair: Pair?

  /// One of two models that take the same traffic at the same time.
  public struct Pair: Sendable {
    let tandem: Tandem
    let rows: RowPairing
    let side: Tandem.Side

    /// - Parameter side: the leader goes by the pace; the follower shows its time and goes by the leader.
    public init(_ tandem: Tandem, _ rows: RowPairing, _ side: Tandem.Side) {
      self.tandem = tandem
      self.rows = rows
      self.side = side
    }
  }

  private let hasEnded = Atomic<Bool>(false)
  /// Not while a message is let through that the other model of two counts as well.
  private let mayTakeOrders = Atomic<Bool>(true)

  /// - Parameters:
  ///   - database: the file for its rows.
  ///   - existing: what is to become of the rows of an earlier run.
  ///   - kept: what else an earlier run left.
  ///   - seed: what the invented numbers of the box follow from.
  ///   - background: what calls are explained by.
  ///   - pair: where another model takes the same traffic beside this one.
  ///   - tell: hears of preparations of kept rows that take a while, before this returns.
  public init(
    profile: Profile, site: Site, database: String, existing: ExistingDatabase = .replace,
    kept: KeptState = KeptState(), pace: ReplayPace, seed: UInt64,
    background: CallHistory.Background = CallHistory.Background(), pair: Pair? = nil,
    tell: (StorePreparation) -> Void = { _ in }
  ) throws(CDRStoreError) {
    self.profile = profile
    self.site = site
    self.pace = pace
    self.pair = pair
    identity = SystemIdentity(profile: profile, seed: seed)
    events = LiveEvents()
    history = CallHistory(profile: profile, site: site, background)
    rows = try LiveRows(
      path: database, existing: existing, layout: CDRLayout(profile.traits), timeZone: site.timeZone, tell: tell)
    state.withLock { $0.resume(kept.systemEvents) }
  }

  /// What is on the flash before the appliance boots; nil for nothing.
  public func rowsOnFlash() throws(CDRStoreError) -> RowsOnFlash? {
    try rows.storedRows().map { stored in
      RowsOnFlash(lastAcctID: stored.lastAcctID, lastStart: stored.lastStart, counts: stored.quarters)
    }
  }

  /// The appliance as of now, for its doors.
  public var view: LiveView {
    let (state, time) = state.withLock { ($0, pace.now(reached: $0.now)) }
    let clock = ReplayClock(
      speed: pace.speed, isPaused: pace.isPaused, isFinished: isFinished, isLive: pace.isLive)
    return LiveView(appliance: self, state: state, now: time, clockState: clock)
  }

  /// Whether the replay has come to its end.
  public var isFinished: Bool { hasEnded.load(ordering: .relaxed) }

  /// No replay writes any more.
  public func finish() {
    if let pair { pair.tandem.end(pair.side) }
    hasEnded.store(true, ordering: .relaxed)
    try? rows.flush()
  }

  /// Another replay begins, with an appliance that knows nothing yet.
  public func restart() throws(CDRStoreError) {
    try rows.restart()
    state.withLock { $0 = LiveState() }
    history.removeAll()
    if pair?.side != .follower { pace.restart() }
    hasEnded.store(false, ordering: .relaxed)
  }

  /// Ends it; its rows stay in the file.
  public func closeDatabase() throws(CDRStoreError) { try rows.close() }

  // MARK: From the replay

  /// Waits as the pace has it; of two models the follower for the leader.
  public func mayProceed(to instant: Instant) -> Bool {
    history.end()
    if let pair, pair.side == .follower {
      mayTakeOrders.store(!pair.tandem.follow(), ordering: .relaxed)
      guard !pace.wasStopped else { return false }
    } else {
      guard pace.wait(for: instant, unless: { !orders.isEmpty }) else { return false }
      // An order is carried out first, and then this is asked again.
      let isThrough = orders.isEmpty
      mayTakeOrders.store(!isThrough, ordering: .relaxed)
      if isThrough { pair?.tandem.lead(to: instant) }
    }
    history.begin()
    return true
  }

  /// Waits as the pace has it; it is no step of its own.
  public func mayPass(to instant: Instant) -> Bool {
    history.end()
    if let pair, pair.side == .follower {
      let isThrough = pair.tandem.follow(to: instant) { pace.now(reached: $0) }
      mayTakeOrders.store(!isThrough, ordering: .relaxed)
      guard !pace.wasStopped else { return false }
    } else {
      guard pace.wait(for: instant, countsAsStep: false, unless: { !orders.isEmpty }) else { return false }
      let isThrough = orders.isEmpty
      mayTakeOrders.store(!isThrough, ordering: .relaxed)
      if isThrough { pair?.tandem.pass(to: instant) }
    }
    history.begin()
    return true
  }

  /// The next order, at the moment the clock shows; of two models the follower takes what the leader has taken.
  public func takeOrder() -> (order: ReplayOrder, at: Instant)? {
    guard mayTakeOrders.load(ordering: .relaxed) else { return nil }
    if let pair, pair.side == .follower { return pair.tandem.takeOrder() }
    guard let taken = orders.takeFirst() else { return nil }
    let now = view.now
    if let beside = taken.beside { pair?.tandem.hand(beside, at: now) }
    return (taken.order, now)
  }

  /// Keeps it, with its secrets, to be sent again.
  public func didAsk(_ request: CRMRequest) { state.withLock { $0.note(request: request) } }

  /// A request to the CRM by its number; nil for none, and for one that is forgotten.
  func request(numbered number: Int) -> CRMRequest? { state.withLock { $0.requests[number] } }

  /// Keeps it, where it may be of a call.
  public func willReceive(_ captured: CapturedMessage) { history.receive(captured) }

  /// Goes on to the calls' ends.
  public func willFinish(at instant: Instant) { history.begin() }

  /// Lets calls be looked at meanwhile.
  public func willWait() { history.pause() }

  /// Nobody looks at calls any more.
  public func didWait() { history.resume() }

  /// Once the pace was stopped.
  public var isOver: Bool { pace.wasStopped }

  /// Notes what the run has leaned on before.
  public func willReceive(_ event: TraceModel.Event, _ appliance: borrowing Appliance) {
    history.noteLeanings(appliance.tally.leanings)
  }

  /// The same.
  public func willDeliver(to envelope: CRMEnvelope, _ appliance: borrowing Appliance) {
    history.noteLeanings(appliance.tally.leanings)
  }

  /// Notes what it means for calls and phones.
  public func didReceive(_ event: TraceModel.Event, at instant: Instant, _ appliance: borrowing Appliance) {
    let live: LiveCall? =
      switch event {
      case .registration: nil
      case .call(let event): appliance.live(event.call)
      }
    if case .call(let event) = event { history.receive(event, appliance) }
    state.withLock { $0.receive(event, live: live) }
  }

  /// Looks at what may have changed.
  public func didProceed(to instant: Instant, _ appliance: borrowing Appliance) {
    history.noteLeanings(appliance.tally.leanings)
    defer { history.end() }
    guard let wanted = state.withLock({ $0.proceed(to: instant) }) else { return }
    let look = LiveState.Look(at: appliance, wanted)
    state.withLock { $0.apply(look) }
  }

  /// Adds the rows of a call, and tells them.
  public func write(_ session: CDRSession) throws(RunDirectory.Failure) {
    do throws(CDRStoreError) { history.noteRows(try rows.append(session)) } catch { throw .store(error) }
    state.withLock { $0.counts.rows += 1 + session.others.count }
    events.tell(session)
  }

  /// Notes what the doors show of it.
  public func write(_ entry: JournalEntry) throws(RunDirectory.Failure) {
    state.withLock { $0.note(entry.event, at: entry.time) }
    pace.noteEvent()
  }

  /// Keeps it for the inspector, and counts it.
  public func writeExchange(_ line: JSONValue) throws(RunDirectory.Failure) {
    state.withLock { $0.note(exchange: line) }
  }

  /// Notes what it means for one call.
  public func didCarryOut(_ effect: Effect) {
    history.receive(effect)
    if let pair, case .writeCDR(let draft) = effect { pair.rows.note(pair.side, draft.call, draft.session) }
  }

  /// Notes what the CRM said of a call.
  public func didDeliver(
    _ answer: CRMAnswer, to envelope: CRMEnvelope, sent: Instant, answered: Instant, _ appliance: borrowing Appliance
  ) {
    history.receive(answer, to: envelope, sent: sent, answered: answered, leaningOn: appliance.tally.leanings)
  }

  /// How a call of the list went; waits for a moment at which the replay changes nothing.
  ///
  /// - Parameter row: the id of one of its rows.
  func callFlow(_ row: Int64) async -> CallFlow {
    let number = await ReadingThreads.run { [rows] in (try? rows.call(ofRow: row))?.number }
    guard let number else { return .noLongerKept }
    return await history.flow(ofSession: number)
  }

  /// Takes away what the cleaner takes away.
  public func clean(_ cleaning: CDRCleaning, at now: Instant) throws(RunDirectory.Failure) {
    do throws(CDRStoreError) { try rows.clean(cleaning, at: now) } catch { throw .store(error) }
  }

  /// Makes every row durable; the database stays open for the doors.
  public func close(summary: JSONValue) throws(RunDirectory.Failure) {
    do throws(CDRStoreError) { try rows.flush() } catch { throw .store(error) }
  }

  /// As at the end of a run, as far as it can be done.
  public func abandon() { try? rows.flush() }

  /// Hears every call's rows once they are written, on the replay's thread; one listener.
  public func onRows(_ listener: @escaping @Sendable (CDRSession) -> Void) { events.setListener(listener) }
}

/// Who hears of rows.
final class LiveEvents: Sendable {
  private let listener = Mutex<(@Sendable (CDRSession) -> Void)?>(nil)

  func setListener(_ listener: @escaping @Sendable (CDRSession) -> Void) {
    self.listener.withLock { $0 = listener }
  }

  func tell(_ session: CDRSession) {
    let listener = listener.withLock { $0 }
    listener?(session)
  }
}
