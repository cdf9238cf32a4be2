import HeapModule
public import Primitives

/// Puts the legs of a back-to-back user agent together into calls.
///
/// The PBX gives each side of a call a dialog of its own, so nothing on the wire says which belong together. A leg the
/// PBX sends joins the running call it fits best: by the caller's number, by the number dialled or what the site file
/// says that leads to, by the time between them. Every join carries its evidence.
///
/// As with `LegTracker`, what is asked often is asked where the assembler lies, and is `mutating` for that alone.
public struct CallAssembler {
  /// Bounds of memory and patience; the defaults are what the PBX and RFC 3261's timers suggest (assumed).
  public struct Limits: Hashable, Sendable {
    /// Running calls looked at for one leg, newest first.
    public var candidatesMax = 64
    /// A call whose caller is gone and whose callee's BYE the capture missed is over after this long.
    public var graceAfterCaller = Instant.Span.seconds(32)
    /// Below this sum of evidence a leg is a call of its own.
    public var evidenceMin = 6
    /// Legs one call may dial; a queue dials its members again and again.
    public var calleeLegsMax = 2048
    /// Transfers, stays in the parking lot and pick-ups one call may have.
    public var turnsMax = 256
    /// How long a call found in the middle waits for its other leg to show itself.
    public var waitForOtherLeg = Instant.Span.seconds(2)
    /// Every bound at its default.
    public init() {}
  }

  /// When a call is over whether or not its last leg was seen to end.
  struct Overdue: Comparable {
    let due: Instant
    let key: Int
    let slot: Int

    static func < (left: Overdue, right: Overdue) -> Bool { (left.due, left.key) < (right.due, right.key) }
  }

  /// The bounds given at the start.
  public let limits: Limits
  let site: Site
  /// Who is an extension and who a trunk, as known by now.
  var directory: PartyDirectory
  /// Classifications by the raw value of what they leaned on, for the run's account of its assumptions.
  private var classifications = [Int](repeating: 0, count: PartyDirectory.Ground.allCases.count)
  /// Running calls; nil for a slot that holds none.
  var slots: [Call?] = []
  var freeSlots: [Int] = []
  var byNumber = NumberIndex()
  /// Calls without a callee, by caller and number dialled together.
  var waiting = NumberIndex()
  var dialPlan: DialPlan
  var parkingLot = ParkingLot()
  var possible: [Candidate] = []
  var lastKey = 0
  var lastCallID = 0
  var overdue = Heap<Overdue>()
  /// Calls ended because the caller was gone and no BYE of the callee came by.
  public internal(set) var callsEndedWithoutBye = 0
  /// Turns left out because their call had `turnsMax` already.
  public internal(set) var turnsLeftOut = 0
  /// Running calls looked at so far to find those legs belong to: the work that joining was.
  public internal(set) var candidatesLookedAt = 0
  /// Legs left out because their call had dialled `calleeLegsMax` already.
  public internal(set) var legsLeftOut = 0

  /// An assembler without a call.
  ///
  /// - Parameter site: numbers, trunks and routes; an empty one leaves only numbers and times to join legs by.
  public init(site: Site, limits: Limits = Limits()) {
    self.site = site
    self.limits = limits
    directory = PartyDirectory(site: site)
    dialPlan = DialPlan(site: site)
  }

  /// How many ends of legs were told to be extension or trunk on this ground.
  public func classifications(by ground: PartyDirectory.Ground) -> Int { classifications[ground.rawValue] }

  /// Calls still up, in order of their ids.
  public var runningCalls: [Call] {
    slots.compactMap(\.self).filter(\.assembly.isStarted).sorted { $0.id < $1.id }
  }

  /// Takes note that `number` is an extension, whose phone sends from `endpoint`.
  mutating func noteRegistration(of number: String, from endpoint: IPEndpoint) {
    directory.noteRegistration(of: number, from: endpoint)
  }

  /// Takes in what happened to a leg and reports what that means for its call, in order.
  ///
  /// Events come in the order of the trace; `now` is the time of the message behind this one. Time passes first, so
  /// calls overdue by then end before it.
  public mutating func receive(_ event: LegEvent, at now: Instant, report: (CallEvent) -> Void) {
    advance(to: now, report: report)
    switch event {
    case .attempted(let leg): attempt(leg, report)
    case .renewed: break
    case .accepted(let leg):
      if let call = adopt(leg, report) { start(call, report) }
    case .ringing(let leg):
      if let call = adopt(leg, report), let member = call.callee(leg) { report(.ringing(call, member)) }
    case .answered(let leg):
      guard let call = adopt(leg, report) else { return }
      if call.callerLeg?.leg === leg {
        completePickup(of: call, at: leg.answer ?? now)
        report(.connected(call))
        if leg.replaced == nil { fetch(by: call, report) } else { takePlace(by: call, report) }
      } else if let member = call.callee(leg) {
        call.assembly.handover = nil
        report(.answered(call, member))
      }
    case .transferRequested(let leg, let other): requestTransfer(leg, to: other, report)
    case .transferAccepted(let leg): acceptTransfer(leg, report)
    case .transferRefused(let leg): refuseTransfer(leg)
    case .ended(let leg): endLeg(leg, report)
    }
  }

  /// Lets time pass: ends calls whose last leg nobody will hear of again.
  public mutating func advance(to now: Instant, report: (CallEvent) -> Void) {
    if let first = overdue.min, first.due <= now { finishOverdue(at: now, report) }
  }

  mutating func call(of leg: Leg) -> Call? { leg.callSlot.flatMap { slots[$0] } }

  private mutating func attempt(_ leg: Leg, _ report: (CallEvent) -> Void) {
    guard leg.role == .outgoing, let (call, join) = bestCall(for: leg) else {
      open(leg, report)
      return
    }
    start(call, report)
    guard call.calleeLegs.count < limits.calleeLegsMax else {
      legsLeftOut += 1
      return
    }
    let member = Call.Member(leg: leg, party: classify(leg, isCaller: false), join: join)
    call.state.calleeLegs.append(member)
    waiting.remove(&call.assembly.entriesOfWaiting)
    if call.assembly.handover?.targets.count == 1 { call.assembly.handover = nil }
    leg.callSlot = call.assembly.slot
    endParking(of: call, at: leg.start)
    report(.dialled(call, member))
  }

  private mutating func classify(_ leg: Leg, isCaller: Bool) -> Party {
    let (party, ground) = directory.classify(leg, isCaller: isCaller)
    classifications[ground.rawValue] += 1
    return party
  }

  /// A leg the tracker had before it was told of an INVITE (the trace began in the middle) opens its call late.
  private mutating func adopt(_ leg: Leg, _ report: (CallEvent) -> Void) -> Call? {
    if let call = call(of: leg) { return call }
    guard leg.isMidDialog else { return nil }
    attempt(leg, report)
    guard let call = call(of: leg) else { return nil }
    start(call, report)
    return call
  }

  private mutating func open(_ leg: Leg, _ report: (CallEvent) -> Void) {
    let isCaller = leg.role != .outgoing
    let party = classify(leg, isCaller: isCaller)
    let call = Call(opener: leg, callerParty: isCaller ? party : originator(of: leg))
    let member = Call.Member(leg: leg, party: party, join: .first)
    if isCaller { call.state.callerLeg = member } else { call.state.calleeLegs = [member] }
    lastKey += 1
    call.assembly.key = lastKey
    let slot = freeSlots.popLast() ?? slots.count
    call.assembly.slot = slot
    call.state.route = dialPlan.route(of: call)
    leg.callSlot = slot
    if slot == slots.count { slots.append(call) } else { slots[slot] = call }
    if leg.role == .incoming { enter(call, slot) }
    if leg.role == .outgoing {
      start(call, report)
      report(.dialled(call, member))
    }
  }

  /// Makes the call known under the numbers its callees may show.
  private mutating func enter(_ call: Call, _ slot: Int) {
    let reachable = call.route?.reachable ?? []
    for key in reachable { byNumber.insert(key, slot: slot, into: &call.assembly.entries) }
    let opener = call.opener
    let keys = opener.keys
    if !opener.texts.isEmpty(.fromUser) { byNumber.insert(keys.from, slot: slot, into: &call.assembly.entries) }
    if keys.callerSpelling != nil { byNumber.insert(keys.caller, slot: slot, into: &call.assembly.entries) }
    if !opener.texts.isEmpty(.toUser) { byNumber.insert(keys.to, slot: slot, into: &call.assembly.entries) }
    byNumber.insert(NumberKey(hash: opener.callIDHash), slot: slot, into: &call.assembly.entries)
    for mark in opener.marks.searchKeys { byNumber.insert(mark, slot: slot, into: &call.assembly.entries) }
    for key in reachable {
      for pair in opener.pairKeys(with: key) {
        byNumber.insertNew(pair, slot: slot, into: &call.assembly.entries)
      }
    }
    // Of a group with many members the number dialled has to do.
    for key in reachable.prefix(reachable.count > 2 ? 1 : 2) {
      waiting.insertNew(
        NumberKey(pairing: keys.caller.rawValue, with: key), slot: slot, into: &call.assembly.entriesOfWaiting)
    }
  }

  /// Who a leg without a caller's leg comes from, as its From says.
  private mutating func originator(of leg: Leg) -> Party {
    leg.texts.withText(.fromUser, PartyDirectory.looksLikeExtension) || site.account(leg.fromUser) != nil
      ? .account(directory.copy.number(leg.fromUser)) : .trunk(name: "", index: 0)
  }

  /// Gives the call its number and says that it began, once.
  mutating func start(_ call: Call, _ report: (CallEvent) -> Void) {
    guard !call.assembly.isStarted else { return }
    lastCallID += 1
    call.assembly.isStarted = true
    if let leg = call.callerLeg?.leg {
      call.state.start = leg.start
      // The challenge has been answered by now, which tells an extension from a trunk.
      let (party, _) = directory.classify(leg, isCaller: true)
      if party != call.callerParty {
        call.state.callerParty = party
        call.state.callerLeg = Call.Member(leg: leg, party: party, join: .first)
        call.state.route = dialPlan.route(of: call)
        if leg.role == .incoming {
          byNumber.remove(&call.assembly.entries)
          waiting.remove(&call.assembly.entriesOfWaiting)
          enter(call, call.assembly.slot)
        }
      }
    }
    call.state.id = Call.ID(rawValue: lastCallID)
    report(.started(call))
  }
}

extension Call {
  /// The latest member whose leg this is.
  fileprivate func callee(_ leg: Leg) -> Member? { calleeLegs.last { $0.leg === leg } }
}
