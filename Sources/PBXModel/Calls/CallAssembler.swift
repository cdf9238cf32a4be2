import HeapModule
public import Primitives

/// Puts the legs of a back-to-back user agent together into calls.
///
/// The PBX gives each side of a call a dialog of its own, so nothing on the wire says which belong together. A leg the
/// PBX sends joins the running call it fits best: by the caller's number, by the number dialled or what the site file
/// says that leads to, by the time between them. Every join carries its evidence.
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
    /// How long a call found in the middle waits for its other leg to show itself.
    public var waitForOtherLeg = Instant.Span.seconds(2)
    /// Every bound at its default.
    public init() {}
  }

  struct Running {
    var call: Call
    /// Numbered from 1 in the order opened; 0 for a slot that holds no call.
    var key = 0
    var isStarted = false
    /// The number asked for by REFER.
    var isTransferring: NumberKey?
    /// Numbers under which the call can be found.
    var keys: [NumberKey] = []
    var dialledKey: NumberKey
    /// Of the numbers that what was dialled may lead to, itself included.
    var reachable: [NumberKey] = []
    var callerEnded: Instant?

    init(_ call: Call) {
      self.call = call
      dialledKey = NumberKey(call.dialled)
    }
  }

  /// When a call is over whether or not its last leg was seen to end.
  struct Overdue: Comparable {
    let due: Instant
    let key: Int
    let slot: Int

    static func < (left: Overdue, right: Overdue) -> Bool { (left.due, left.key) < (right.due, right.key) }
  }

  /// What `Site.reachable` says, by what was asked.
  struct ReachableQuestion: Hashable {
    let dialled: String
    let caller: Party
  }

  /// The bounds given at the start.
  public let limits: Limits
  let site: Site
  /// Who is an extension and who a trunk, as known by now.
  var directory: PartyDirectory
  /// Classifications by what they leaned on, for the run's account of its assumptions.
  public internal(set) var grounds: [PartyDirectory.Ground: Int] = [:]
  /// Changed where they lie, for a call is large and changes often.
  var slots: [Running] = []
  var freeSlots: [Int] = []
  /// Leg -> the slot of the call that holds it.
  var slotOfLeg = LegTable()
  /// Number -> slots of running calls that may be meant, oldest first.
  var byNumber: [NumberKey: ShortList<Int>] = [:]
  /// Answers of `Site.reachable` kept, for the same few numbers are dialled again and again.
  var reachableKnown: [ReachableQuestion: [NumberKey]] = [:]
  var possible: [(slot: Int, grounds: Join.Grounds)] = []
  var lastKey = 0
  var lastCallID = 0
  var overdue = Heap<Overdue>()
  /// Calls ended because the caller was gone and no BYE of the callee came by.
  public internal(set) var callsEndedWithoutBye = 0
  /// Legs left out because their call had dialled `calleeLegsMax` already.
  public private(set) var legsLeftOut = 0

  /// An assembler without a call.
  ///
  /// - Parameter site: numbers, trunks and routes; an empty one leaves only numbers and times to join legs by.
  public init(site: Site, limits: Limits = Limits()) {
    self.site = site
    self.limits = limits
    directory = PartyDirectory(site: site)
  }

  /// Calls still up, in order of their ids.
  public var runningCalls: [Call] {
    slots.filter { $0.key != 0 && $0.isStarted }.map(\.call).sorted { $0.id < $1.id }
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
    case .renewed(let leg):
      if let slot = slotOfLeg[leg.id] { update(leg, in: slot) }
    case .accepted(let leg):
      guard let slot = adopt(leg, report) else { return }
      update(leg, in: slot)
      start(slot, report)
    case .ringing(let leg):
      guard let slot = adopt(leg, report), case .callee(let index) = update(leg, in: slot) else { return }
      report(.ringing(slots[slot].call, slots[slot].call.calleeLegs[index]))
    case .answered(let leg):
      guard let slot = adopt(leg, report) else { return }
      switch update(leg, in: slot) {
      case .callee(let index): report(.answered(slots[slot].call, slots[slot].call.calleeLegs[index]))
      case .caller: report(.connected(slots[slot].call))
      case nil: break
      }
    case .transferRequested(let leg):
      guard let slot = slotOfLeg[leg.id] else { return }
      update(leg, in: slot)
      slots[slot].isTransferring = leg.referTo.map { NumberKey($0) }
    case .ended(let leg): endLeg(leg, report)
    }
  }

  /// Lets time pass: ends calls whose last leg nobody will hear of again.
  public mutating func advance(to now: Instant, report: (CallEvent) -> Void) {
    if let first = overdue.min, first.due <= now { finishOverdue(at: now, report) }
  }

  private mutating func attempt(_ leg: Leg, _ report: (CallEvent) -> Void) {
    guard leg.role == .outgoing, let match = bestCall(for: leg) else {
      open(leg, report)
      return
    }
    start(match.slot, report)
    guard slots[match.slot].call.calleeLegs.count < limits.calleeLegsMax else {
      legsLeftOut += 1
      return
    }
    let (party, ground) = directory.classify(leg, isCaller: false)
    grounds[ground, default: 0] += 1
    let member = Call.Member(leg: leg, party: party, join: match.join)
    slots[match.slot].call.calleeLegs.append(member)
    slots[match.slot].isTransferring = nil
    slotOfLeg[leg.id] = match.slot
    report(.dialled(slots[match.slot].call, member))
  }

  /// A leg the tracker had before it was told of an INVITE (the trace began in the middle) opens its call late.
  private mutating func adopt(_ leg: Leg, _ report: (CallEvent) -> Void) -> Int? {
    if let slot = slotOfLeg[leg.id] { return slot }
    guard leg.isMidDialog else { return nil }
    attempt(leg, report)
    if let slot = slotOfLeg[leg.id] { start(slot, report) }
    return slotOfLeg[leg.id]
  }

  private mutating func open(_ leg: Leg, _ report: (CallEvent) -> Void) {
    let isCaller = leg.role != .outgoing
    let (party, ground) = directory.classify(leg, isCaller: isCaller)
    grounds[ground, default: 0] += 1
    var call = Call(
      dialled: leg.requestUser.isEmpty ? leg.toUser : leg.requestUser,
      callerNumber: leg.callerNumber, callerName: leg.fromDisplayName,
      callerParty: isCaller ? party : originator(of: leg), start: leg.start, ranAtStart: leg.isMidDialog)
    let member = Call.Member(leg: leg, party: party, join: .first)
    if isCaller { call.callerLeg = member } else { call.calleeLegs = [member] }
    lastKey += 1
    var entry = Running(call)
    entry.key = lastKey
    let slot = freeSlots.popLast() ?? slots.count
    if leg.role == .incoming {
      entry.reachable = reachable(from: call)
      entry.keys = keys(of: call, leg: leg, reachable: entry.reachable)
      for key in entry.keys where byNumber[key]?.append(slot) == nil { byNumber[key] = ShortList(slot) }
    }
    if slot == slots.count { slots.append(entry) } else { slots[slot] = entry }
    slotOfLeg[leg.id] = slot
    if leg.role == .outgoing {
      start(slot, report)
      report(.dialled(slots[slot].call, member))
    }
  }

  /// Who a leg without a caller's leg comes from, as its From says.
  private func originator(of leg: Leg) -> Party {
    PartyDirectory.looksLikeExtension(leg.fromUser) || site.account(leg.fromUser) != nil
      ? .account(leg.fromUser) : .trunk(name: "", index: 0)
  }

  /// Gives the call its number and says that it began, once.
  mutating func start(_ slot: Int, _ report: (CallEvent) -> Void) {
    guard !slots[slot].isStarted else { return }
    lastCallID += 1
    slots[slot].isStarted = true
    if let leg = slots[slot].call.callerLeg?.leg {
      slots[slot].call.start = leg.start
      // The challenge has been answered by now, which tells an extension from a trunk.
      let (party, _) = directory.classify(leg, isCaller: true)
      if party != slots[slot].call.callerParty {
        slots[slot].call.callerParty = party
        slots[slot].reachable = reachable(from: slots[slot].call)
      }
      slots[slot].call.callerLeg = Call.Member(leg: leg, party: party, join: .first)
    }
    slots[slot].call.id = Call.ID(rawValue: lastCallID)
    report(.started(slots[slot].call))
  }

  private enum Side {
    case caller
    case callee(index: Int)
  }

  @discardableResult
  private mutating func update(_ leg: Leg, in slot: Int) -> Side? {
    if slots[slot].call.callerLeg?.leg.id == leg.id {
      slots[slot].call.callerLeg?.leg = leg
      return .caller
    }
    guard let index = slots[slot].call.calleeLegs.lastIndex(where: { $0.leg.id == leg.id }) else { return nil }
    slots[slot].call.calleeLegs[index].leg = leg
    return .callee(index: index)
  }
}
