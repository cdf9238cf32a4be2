public import HardwareProfiles
public import PBXModel
import Primitives

extension Appliance {
  /// Of which resources an event may take one when it is received; what the appliance has enough of makes no
  /// difference.
  ///
  /// Two appliances that stand alike and lack the same of these answer the event alike: so one appliance may stand for
  /// many models until an event comes that some of them could not meet. Asked after `advance(to:effects:)` to the
  /// event's instant, for bindings that ran out give their places back first.
  public mutating func demand(of event: TraceModel.Event) -> ResourceSet {
    switch event {
    case .registration(let registration): demand(of: registration)
    case .call(let event): demand(of: event)
    }
  }

  /// From here on the limits are those of another model. What is taken stays taken, and is given back at its end.
  ///
  /// Only for a model that `behavesAs` this one; rows keep the look of the model the appliance was made for.
  public mutating func adopt(_ profile: Profile) {
    self.profile = profile
    ledger.adoptLimits(of: profile)
  }

  /// Whether a model differs from the appliance's own, as far as calls go, in nothing but how much it has of each
  /// resource: only then `demand(of:)` and `adopt(_:)` tell all.
  public func behavesAs(_ profile: Profile) -> Bool {
    let longest = site.outboundRoutes.reduce(0) { max($0, $1.failover.count) }
    return min(longest, Self.failoverTrunksMax(of: profile)) == min(longest, failoverTrunksMax)
  }

  var failoverTrunksMax: Int { Self.failoverTrunksMax(of: profile) }

  private static func failoverTrunksMax(of profile: Profile) -> Int { profile.limit(.failoverTrunks)?.value ?? .max }

  private mutating func demand(of event: RegistrationEvent) -> ResourceSet {
    let contacts: [RegistrationEvent.ContactChange]
    switch event.outcome {
    case .accepted(let changes), .unanswered(let changes): contacts = changes
    case .challenged, .queried, .refused, .removedAll: return []
    }
    guard contacts.contains(where: { $0.expiresSeconds > 0 }) else { return [] }
    var result: ResourceSet = registry.isRegistered(event.number) ? [] : ResourceSet(.users)
    if siteTraits.isRemote(event.source), !remoteUsers.contains(event.number) {
      result.insert(ResourceSet(.remoteUsers))
    }
    return result
  }

  private mutating func demand(of event: CallEvent) -> ResourceSet {
    switch event {
    case .started(let call):
      var result = demandOfCall(call)
      if let caller = call.callerLeg { result.formUnion(demand(of: caller.leg, call.callerParty, call)) }
      if call.callerLeg?.leg.offersVideo == true, rooms.room(of: call) != nil {
        result.insert(ResourceSet(.videoParticipants))
      }
      return result
    case .dialled(let call, let member):
      guard let standing = calls[call: call.id], !standing.isAbsent else { return [] }
      var result = demandOfLeg(member, call, standing)
      result.formUnion(demandOfLine(member, call))
      if member.leg.offersVideo, rooms.room(of: call) != nil { result.insert(ResourceSet(.videoParticipants)) }
      return result
    case .answered(let call, let member):
      guard siteTraits.hasRecording, let standing = calls[call: call.id], !standing.isAbsent,
        !standing.isRecordingDecided, records(call, member)
      else { return [] }
      return ResourceSet(.recordings)
    case .ringing, .connected, .cameIn, .legEnded, .ended: return []
    }
  }

  /// What a call takes for itself when it begins, and what it already shows that it needs.
  mutating func demandOfCall(_ call: Call) -> ResourceSet {
    var result = ResourceSet(.calls)
    guard let leg = call.callerLeg?.leg else { return result }
    if leg.offersEncryption { result.insert(ResourceSet(.srtpCalls)) }
    if siteTraits.isRemote(leg, call.callerParty) { result.insert(ResourceSet(.remoteCalls)) }
    return result
  }

  /// What a callee's leg takes beside its line, for the call where that has it not yet.
  mutating func demandOfLeg(_ member: Call.Member, _ call: Call, _ standing: Standing) -> ResourceSet {
    var result: ResourceSet = []
    if member.leg.offersEncryption, !standing.resources.contains(.srtpCalls) { result.insert(ResourceSet(.srtpCalls)) }
    if siteTraits.isRemote(member.leg, member.party), !standing.resources.contains(.remoteCalls) {
      result.insert(ResourceSet(.remoteCalls))
    }
    if siteTraits.hasConferences, let room = rooms.room(of: call) { result.formUnion(demandOfSeat(room)) }
    return result
  }

  /// What a caller's leg takes for itself.
  mutating func demand(of leg: Leg, _ party: Party, _ call: Call) -> ResourceSet {
    var result = lineResource(of: party)
    if siteTraits.hasConferences, let room = rooms.room(of: call) { result.formUnion(demandOfSeat(room)) }
    return result
  }

  mutating func demandOfSeat(_ room: Int) -> ResourceSet {
    rooms.isEmpty(room)
      ? [ResourceSet(.conferenceAttendees), ResourceSet(.conferenceRooms)] : ResourceSet(.conferenceAttendees)
  }

  /// What carries a trunk's call besides the network.
  mutating func lineResource(of party: Party) -> ResourceSet {
    guard siteTraits.hasTrunkLines, let slot = trunks.slot(of: party) else { return [] }
    return lineResource(ofTrunk: slot)
  }

  mutating func lineResource(ofTrunk slot: Int) -> ResourceSet {
    switch trunks.uses[slot].line {
    case .voip: []
    case .fxo: ResourceSet(.fxoPorts)
    case .t1e1j1: ResourceSet(.digitalChannels)
    }
  }

  /// Of the trunk a leg leaves by, and of those it might have to leave by.
  private mutating func demandOfLine(_ member: Call.Member, _ call: Call) -> ResourceSet {
    guard siteTraits.hasTrunkLines, member.party.isTrunk else { return [] }
    var result = lineResource(of: member.party)
    for name in failoverTrunks(of: call, member.party) {
      if let slot = trunks.slot(named: name) { result.formUnion(lineResource(ofTrunk: slot)) }
    }
    return result
  }

  /// The trunks tried when `trunk` cannot take the call, as many as the model allows.
  mutating func failoverTrunks(of call: Call, _ trunk: Party) -> ArraySlice<String> {
    guard let route = call.route?.outbound, case .trunk(route.trunk, _) = trunk else { return [] }
    return route.failover.prefix(failoverTrunksMax)
  }
}
