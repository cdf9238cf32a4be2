import PBXModel

/// Which legs hold a channel of a trunk, from their first INVITE until they are over: ringing holds it too.
struct TrunkSeizures: Sendable {
  /// A trunk met in the traffic.
  struct Line: Hashable, Sendable {
    let name: String
    let index: Int
  }

  /// What changed.
  typealias Report = (_ line: Int, _ isOutgoing: Bool, _ delta: Int) -> Void

  private(set) var lines: [Line] = []
  private var places: [Line: Int] = [:]
  private var held: [Leg.ID: (line: Int, isOutgoing: Bool)] = [:]

  /// Trunks the site names come first, used or not.
  init(site: Site) {
    for trunk in site.trunks { _ = place(of: Line(name: trunk.name, index: trunk.index)) }
  }

  mutating func receive(_ event: CallEvent, _ report: Report) {
    switch event {
    case .started(let call): call.forEachLeg { seize($0, report) }
    case .dialled(_, let member), .ringing(_, let member), .answered(_, let member), .cameIn(_, let member):
      seize(member, report)
    case .connected: break
    case .legEnded(_, let member): release(member.leg, report)
    case .ended(let call): end(call, report)
    }
    // Of the caller's leg no event tells that it is over while the call goes on.
    if let caller = event.call.callerLeg?.leg, caller.end != nil { release(caller, report) }
  }

  private mutating func seize(_ member: Call.Member, _ report: Report) {
    guard case .trunk(let name, let index) = member.party, member.leg.end == nil, held[member.leg.id] == nil else {
      return
    }
    let line = place(of: Line(name: name, index: index))
    let isOutgoing = member.leg.role == .outgoing
    held[member.leg.id] = (line, isOutgoing)
    report(line, isOutgoing, 1)
  }

  private mutating func release(_ leg: Leg, _ report: Report) {
    guard let (line, isOutgoing) = held.removeValue(forKey: leg.id) else { return }
    report(line, isOutgoing, -1)
  }

  private mutating func end(_ call: Call, _ report: Report) {
    call.forEachLeg { member in
      // Legs that went on in another call are given back when that is over.
      guard member.leg.end != nil || (member.wentOut == nil && call.joinedInto == nil) else { return }
      release(member.leg, report)
    }
  }

  private mutating func place(of line: Line) -> Int {
    if let place = places[line] { return place }
    places[line] = lines.count
    lines.append(line)
    return lines.count - 1
  }
}
