import HardwareProfiles
import PBXModel
import Primitives

/// Whether a call is carried and a leg dialled, and what they hold while they last.
extension Appliance {
  /// Takes what a call needs to begin.
  ///
  /// - Returns: what it was refused for; nil when it is carried.
  mutating func admit(_ call: Call) -> CallRefusal? {
    let ofCall = demandOfCall(call)
    let ofLeg = call.callerLeg.map { demand(of: $0.leg, call.callerParty, call) } ?? []
    if let short = ledger.firstShortage(of: ofCall.union(ofLeg)) {
      ledger.refuse(short, at: now)
      return .resource(short)
    }
    let slot = call.callerLeg == nil ? nil : trunks.enter(call.callerParty)
    if let slot, trunks.uses[slot].isFull(isOutgoing: false) {
      trunks.refuse(slot, isOutgoing: false, at: now)
      return .trunkIncoming(trunks.uses[slot].name)
    }
    _ = ledger.take(ofCall, at: now)
    var standing = Standing()
    standing.resources = ofCall
    calls[call: call.id] = standing
    guard let leg = call.callerLeg?.leg else { return nil }
    hold(leg, ofLeg, trunk: slot.map { ($0, false) }, room: siteTraits.hasConferences ? rooms.room(of: call) : nil)
    return nil
  }

  /// Takes what a leg holds until it ends. The demand can be met, as the caller has found out.
  private mutating func hold(_ leg: Leg, _ demand: ResourceSet, trunk: (slot: Int, isOutgoing: Bool)?, room: Int?) {
    guard !demand.isEmpty || trunk != nil || room != nil else { return }
    _ = ledger.take(demand, at: now)
    var standing = legs[leg: leg.id] ?? Standing()
    // The room is the parties' together, and goes with the last of them.
    standing.resources = demand.subtracting(ResourceSet(.conferenceRooms))
    standing.trunk = trunk
    if let room {
      standing.room = room
      rooms.enter(room)
      if leg.offersVideo {
        if ledger.take(ResourceSet(.videoParticipants), at: now) == nil {
          standing.resources.insert(ResourceSet(.videoParticipants))
        } else {
          tally.partiesWithoutVideo += 1
          leanOn(.partyOverVideoLimitIsHeard)
        }
      }
    }
    legs[leg: leg.id] = standing
    if let trunk { trunks.take(trunk.slot, isOutgoing: trunk.isOutgoing, at: now) }
  }

  /// Takes what a callee's leg needs.
  ///
  /// - Returns: why it is not dialled; nil when it is.
  mutating func admit(_ member: Call.Member, of call: Call, _ effects: inout [Effect]) -> CallRefusal? {
    guard var standing = calls[call: call.id] else { return nil }
    if !absentContacts.isEmpty, let number = member.party.accountNumber,
      absentContacts.isAbsent(number, at: member.leg.destination, registry)
    {
      return .notRegistered(number)
    }
    let demand = demandOfLeg(member, call, standing)
    if !demand.isEmpty, let short = ledger.firstShortage(of: demand) {
      ledger.refuse(short, at: now)
      return .resource(short)
    }
    var line: ResourceSet = []
    var slot: Int?
    if member.party.isTrunk {
      let chosen = chooseTrunk(for: member, of: call)
      guard let chosen else { return .trunkOutgoing(trunks.slot(of: member.party).map { trunks.uses[$0].name } ?? "") }
      slot = chosen.slot
      line = chosen.line
      if chosen.isFailover { noteFailover(of: member, call, to: chosen.slot, &effects) }
    }
    let ofCall: ResourceSet = [ResourceSet(.srtpCalls), ResourceSet(.remoteCalls)]
    let forCall = demand.intersection(ofCall)
    if !forCall.isEmpty {
      _ = ledger.take(forCall, at: now)
      standing = calls[call: call.id] ?? standing
      standing.resources.formUnion(forCall)
      calls[call: call.id] = standing
    }
    hold(
      member.leg, demand.subtracting(ofCall).union(line), trunk: slot.map { ($0, true) },
      room: siteTraits.hasConferences ? rooms.room(of: call) : nil)
    if let slot { watchLevel(of: slot, &effects) }
    return nil
  }

  /// The trunk a leg leaves by: its own, or the first of the route's failover trunks that has a place; nil when none
  /// has. The slot is nil for a trunk that is not counted.
  private mutating func chooseTrunk(
    for member: Call.Member, of call: Call
  ) -> (slot: Int?, line: ResourceSet, isFailover: Bool)? {
    guard let own = trunks.enter(member.party) else { return (nil, [], false) }
    if let line = freeLine(ofTrunk: own) { return (own, line, false) }
    for name in failoverTrunks(of: call, member.party) {
      if let slot = trunks.slot(named: name), slot != own, let line = freeLine(ofTrunk: slot) {
        return (slot, line, true)
      }
    }
    return nil
  }

  /// What the trunk's line takes; nil, and counted as refused, when it has no place.
  private mutating func freeLine(ofTrunk slot: Int) -> ResourceSet? {
    guard !trunks.uses[slot].isFull(isOutgoing: true) else {
      trunks.refuse(slot, isOutgoing: true, at: now)
      return nil
    }
    let line = lineResource(ofTrunk: slot)
    if let short = ledger.firstShortage(of: line) {
      ledger.refuse(short, at: now)
      trunks.refuse(slot, isOutgoing: true, at: now)
      return nil
    }
    return line
  }

  private mutating func noteFailover(
    of member: Call.Member, _ call: Call, to slot: Int?, _ effects: inout [Effect]
  ) {
    guard let slot else { return }
    tally.failovers += 1
    leanOn(.failoverTrunkCarriesAsRecorded)
    trunks.noteTakenOver(slot)
    let party = trunks.party(slot)
    vary(call) { $0.failovers.append((member.leg.id, party)) }
    let (from, to) = (trunks.slot(of: member.party).map { trunks.uses[$0].name } ?? "", trunks.uses[slot].name)
    journal(.failedOver(call: call.id, from: from, to: to), at: now, &effects)
  }

  mutating func vary(_ call: Call, _ body: (inout CallVariation) -> Void) {
    body(&variations[call.id, default: CallVariation()])
    guard var standing = calls[call: call.id] else { return }
    standing.isVaried = true
    calls[call: call.id] = standing
  }

  /// Gives back what a leg held.
  mutating func giveBack(_ leg: Leg, _ effects: inout [Effect]) {
    guard let standing = legs[leg: leg.id] else { return }
    legs[leg: leg.id] = nil
    if standing.isAbsent { absentLegs -= 1 }
    ledger.giveBack(standing.resources, at: now)
    if let room = standing.room, rooms.leave(room) { ledger.giveBack(ResourceSet(.conferenceRooms), at: now) }
    guard let trunk = standing.trunk else { return }
    trunks.giveBack(trunk.slot, isOutgoing: trunk.isOutgoing, at: now)
    watchLevel(of: trunk.slot, &effects)
  }

  /// Gives back what the legs of an ended call held; one that went on in another call keeps it.
  mutating func giveBackLegs(of call: Call, _ effects: inout [Effect]) {
    let isJoined = call.joinedInto != nil
    if let caller = call.callerLeg, !Self.goesOn(caller, isJoined) { giveBack(caller.leg, &effects) }
    let members = call.calleeLegs
    for index in members.indices where !Self.goesOn(members[index], isJoined) { giveBack(members[index].leg, &effects) }
  }

  private static func goesOn(_ member: Call.Member, _ isJoined: Bool) -> Bool {
    member.leg.end == nil && (isJoined || member.wentOut != nil)
  }

  /// Whether somebody on the call has it recorded now that `member` answered.
  mutating func records(_ call: Call, _ member: Call.Member) -> Bool {
    let direction = call.direction
    if case .queue(let queue) = call.route?.target, queue.autoRecord.records(direction) { return true }
    return autoRecord(of: call.callerParty).records(direction) || autoRecord(of: member.party).records(direction)
  }

  private mutating func autoRecord(of party: Party) -> AutoRecord {
    switch party {
    case .account(let number): site.account(number)?.autoRecord ?? .off
    case .trunk(let name, _): site.trunks.first { $0.name == name }?.autoRecord ?? .off
    }
  }

  /// Begins to record, where somebody wants it and there is a place left.
  mutating func record(_ call: Call, _ member: Call.Member, _ effects: inout [Effect]) {
    guard siteTraits.hasRecording, var standing = calls[call: call.id], !standing.isRecordingDecided,
      records(call, member)
    else { return }
    standing.isRecordingDecided = true
    if ledger.take(ResourceSet(.recordings), at: now) == nil {
      standing.resources.insert(ResourceSet(.recordings))
    } else {
      tally.recordingsMissed += 1
      leanOn(.callOverRecordingLimitGoesOn)
      journal(.callNotRecorded(call: call.id), at: now, &effects)
    }
    calls[call: call.id] = standing
  }
}
