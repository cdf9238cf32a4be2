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
    var isStarted = false
    var isTransferring: String?
    /// Numbers under which the call can be found.
    var keys: [String] = []
    /// Keys of the numbers that what was dialled may lead to, itself included.
    var reachable: Set<String> = []
    var callerEnded: Instant?
  }

  /// When a call is over whether or not its last leg was seen to end.
  struct Overdue: Comparable {
    let due: Instant
    let key: Int

    static func < (left: Overdue, right: Overdue) -> Bool { (left.due, left.key) < (right.due, right.key) }
  }

  /// The bounds given at the start.
  public let limits: Limits
  let site: Site
  /// Who is an extension and who a trunk, as known by now.
  var directory: PartyDirectory
  /// Classifications by what they leaned on, for the run's account of its assumptions.
  public internal(set) var grounds: [PartyDirectory.Ground: Int] = [:]
  var running: [Int: Running] = [:]
  /// Leg -> the call that holds it.
  var callOfLeg: [Leg.ID: Int] = [:]
  /// Number key -> running calls that may be meant, oldest first.
  var byNumber: [String: [Int]] = [:]
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
    running.values.filter(\.isStarted).map(\.call).sorted { $0.id < $1.id }
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
      if let key = callOfLeg[leg.id] { update(leg, in: key) }
    case .accepted(let leg):
      guard let key = adopt(leg, report) else { return }
      update(leg, in: key)
      start(key, report)
    case .ringing(let leg):
      guard let key = adopt(leg, report), let member = update(leg, in: key) else { return }
      if member.isCallee { report(.ringing(call(key), member.value)) }
    case .answered(let leg):
      guard let key = adopt(leg, report), let member = update(leg, in: key) else { return }
      report(member.isCallee ? .answered(call(key), member.value) : .connected(call(key)))
    case .transferRequested(let leg):
      guard let key = callOfLeg[leg.id] else { return }
      update(leg, in: key)
      running[key]?.isTransferring = leg.referTo
    case .ended(let leg): endLeg(leg, report)
    }
  }

  /// Lets time pass: ends calls whose last leg nobody will hear of again.
  public mutating func advance(to now: Instant, report: (CallEvent) -> Void) {
    finishOverdue(at: now, report)
  }

  private func call(_ key: Int) -> Call {
    // Every caller holds a key it has just looked up.
    running[key]?.call ?? Call(unknownKey: key)
  }

  private mutating func attempt(_ leg: Leg, _ report: (CallEvent) -> Void) {
    guard leg.role == .outgoing, let match = bestCall(for: leg) else {
      open(leg, report)
      return
    }
    start(match.key, report)
    guard running[match.key]?.call.calleeLegs.count ?? 0 < limits.calleeLegsMax else {
      legsLeftOut += 1
      return
    }
    let (party, ground) = directory.classify(leg, isCaller: false)
    grounds[ground, default: 0] += 1
    let member = Call.Member(leg: leg, party: party, join: match.join)
    running[match.key]?.call.calleeLegs.append(member)
    running[match.key]?.isTransferring = nil
    callOfLeg[leg.id] = match.key
    report(.dialled(call(match.key), member))
  }

  /// A leg the tracker had before it was told of an INVITE (the trace began in the middle) opens its call late.
  private mutating func adopt(_ leg: Leg, _ report: (CallEvent) -> Void) -> Int? {
    if let key = callOfLeg[leg.id] { return key }
    guard leg.isMidDialog else { return nil }
    attempt(leg, report)
    if let key = callOfLeg[leg.id] { start(key, report) }
    return callOfLeg[leg.id]
  }

  private mutating func open(_ leg: Leg, _ report: (CallEvent) -> Void) {
    lastKey += 1
    let isCaller = leg.role != .outgoing
    let (party, ground) = directory.classify(leg, isCaller: isCaller)
    var call = Call(unknownKey: lastKey)
    call.callerParty = isCaller ? party : originator(of: leg)
    call.callerNumber = leg.callerNumber
    call.callerName = leg.fromDisplayName
    call.dialled = leg.requestUser.isEmpty ? leg.toUser : leg.requestUser
    call.start = leg.start
    call.ranAtStart = leg.isMidDialog
    let member = Call.Member(leg: leg, party: party, join: .first)
    if isCaller { call.callerLeg = member } else { call.calleeLegs = [member] }
    var entry = Running(call: call)
    if leg.role == .incoming {
      entry.reachable = reachable(from: call)
      entry.keys = keys(of: call, leg: leg, reachable: entry.reachable)
      for key in entry.keys { byNumber[key, default: []].append(lastKey) }
    }
    grounds[ground, default: 0] += 1
    running[lastKey] = entry
    callOfLeg[leg.id] = lastKey
    if leg.role == .outgoing {
      let key = lastKey
      start(key, report)
      report(.dialled(self.call(key), member))
    }
  }

  /// Who a leg without a caller's leg comes from, as its From says.
  private func originator(of leg: Leg) -> Party {
    PartyDirectory.looksLikeExtension(leg.fromUser) || site.account(leg.fromUser) != nil
      ? .account(leg.fromUser) : .trunk(name: "", index: 0)
  }

  /// Gives the call its number and says that it began, once.
  mutating func start(_ key: Int, _ report: (CallEvent) -> Void) {
    guard var entry = running[key], !entry.isStarted else { return }
    lastCallID += 1
    entry.isStarted = true
    if let leg = entry.call.callerLeg?.leg {
      entry.call.start = leg.start
      // The challenge has been answered by now, which tells an extension from a trunk.
      let (party, _) = directory.classify(leg, isCaller: true)
      if party != entry.call.callerParty {
        entry.call.callerParty = party
        entry.reachable = reachable(from: entry.call)
      }
      entry.call.callerLeg = Call.Member(leg: leg, party: party, join: .first)
    }
    entry.call.id = Call.ID(rawValue: lastCallID)
    running[key] = entry
    report(.started(entry.call))
  }

  @discardableResult
  private mutating func update(_ leg: Leg, in key: Int) -> (value: Call.Member, isCallee: Bool)? {
    guard var entry = running[key] else { return nil }
    defer { running[key] = entry }
    if entry.call.callerLeg?.leg.id == leg.id {
      entry.call.callerLeg?.leg = leg
      return entry.call.callerLeg.map { ($0, false) }
    }
    guard let index = entry.call.calleeLegs.lastIndex(where: { $0.leg.id == leg.id }) else { return nil }
    entry.call.calleeLegs[index].leg = leg
    return (entry.call.calleeLegs[index], true)
  }
}

extension Call {
  /// A call before anything is known of it.
  init(unknownKey: Int) {
    self.init(
      id: ID(rawValue: 0), dialled: "", callerNumber: "", callerName: "", callerParty: .account(""), start: .epoch,
      ranAtStart: false)
  }
}
