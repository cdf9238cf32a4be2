public import PBXModel
import Primitives

/// Use of one trunk over a run.
public struct TrunkUse: Hashable, Sendable {
  /// As in the site file; of a trunk that none names its address.
  public let name: String
  /// The `n` of `trunk_<n>` in CDR channels.
  public let index: Int
  /// What carries its calls here.
  public let line: Trunk.Line
  /// Calls out at once that the site file allows; nil for no cap.
  public let outgoingMax: Int?
  /// Calls in at once that the site file allows; nil for no cap.
  public let incomingMax: Int?
  /// Calls in and out from which on there is an alert; nil for never.
  public let alertAt: Int?
  /// Calls that went out over it, other trunks' calls included.
  public internal(set) var outgoing = ResourceUse(limit: nil)
  /// Calls that came in over it.
  public internal(set) var incoming = ResourceUse(limit: nil)
  /// Calls it took that the recorded box sent over another trunk.
  public internal(set) var takenOver = 0

  init(_ trunk: Trunk) {
    name = trunk.name
    index = trunk.index
    line = trunk.line
    outgoingMax = trunk.outgoingCallsMax
    incomingMax = trunk.incomingCallsMax
    alertAt = trunk.concurrentCallsAlert
  }

  /// Calls over it at this moment.
  public var inUse: Int { outgoing.inUse + incoming.inUse }

  /// Whether one more would be over the cap.
  public func isFull(isOutgoing: Bool) -> Bool {
    isOutgoing ? outgoingMax.map { outgoing.inUse >= $0 } ?? false : incomingMax.map { incoming.inUse >= $0 } ?? false
  }
}

/// What is in use of each trunk: those of the site file, and those told from extensions by their addresses.
public struct TrunkLedger: Sendable {
  /// Trunks kept, the site file's first; calls over further ones are not counted by trunk.
  static let trunksMax = 4096

  /// In the order of the site file, then in the order seen.
  public private(set) var uses: [TrunkUse]
  /// Place in `uses` by the trunk's index.
  private var slots = SerialTable()

  init(site: Site) {
    uses = site.trunks.prefix(Self.trunksMax).map { TrunkUse($0) }
    for slot in uses.indices { slots[uses[slot].index] = slots[uses[slot].index] ?? slot }
  }

  /// Place of a trunk that was seen or is in the site file; nil for an extension.
  func slot(of party: Party) -> Int? {
    switch party {
    case .account: nil
    case .trunk(_, let index): slots[index]
    }
  }

  /// The same, and one that was not seen before gets a place.
  mutating func enter(_ party: Party) -> Int? {
    switch party {
    case .account: return nil
    case .trunk(let name, let index):
      if let slot = slots[index] { return slot }
      guard index > 0, uses.count < Self.trunksMax else { return nil }
      slots[index] = uses.count
      uses.append(TrunkUse(Trunk(index: index, name: name, addresses: [])))
      return uses.count - 1
    }
  }

  func slot(named name: String) -> Int? { uses.firstIndex { $0.name == name } }

  func party(_ slot: Int) -> Party { .trunk(name: uses[slot].name, index: uses[slot].index) }

  mutating func take(_ slot: Int, isOutgoing: Bool, at now: Instant) {
    if isOutgoing { uses[slot].outgoing.take(at: now) } else { uses[slot].incoming.take(at: now) }
  }

  mutating func giveBack(_ slot: Int, isOutgoing: Bool, at now: Instant) {
    if isOutgoing { uses[slot].outgoing.giveBack(at: now) } else { uses[slot].incoming.giveBack(at: now) }
  }

  mutating func refuse(_ slot: Int, isOutgoing: Bool, at now: Instant) {
    if isOutgoing { uses[slot].outgoing.refuse(at: now) } else { uses[slot].incoming.refuse(at: now) }
  }

  mutating func noteTakenOver(_ slot: Int) { uses[slot].takenOver += 1 }

  /// Everything is given back at once.
  mutating func clear(at now: Instant) {
    for slot in uses.indices {
      uses[slot].outgoing.clear(at: now)
      uses[slot].incoming.clear(at: now)
    }
  }

  mutating func settle(at now: Instant) {
    for slot in uses.indices {
      uses[slot].outgoing.settle(at: now)
      uses[slot].incoming.settle(at: now)
    }
  }
}
