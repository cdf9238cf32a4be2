public import PBXModel
public import Primitives

/// A call that is up, as the appliance's page of active calls knows it.
public struct LiveCall: Hashable, Sendable {
  /// One side of a call.
  public struct Channel: Hashable, Sendable {
    /// As the call's rows will name it.
    public var name: String
    /// The number at the far end.
    public var number: String
    /// The name at the far end; may be empty.
    public var displayName: String
    /// Since when it is there.
    public var start: Instant
    /// When its far end lifted; nil while it has not.
    public var answer: Instant?
    /// Whether it rings.
    public var isRinging: Bool
  }

  /// The call's number within the run.
  public var id: Call.ID
  /// When it began.
  public var start: Instant
  /// The caller.
  public var caller: Channel
  /// Those dialled that are still there, in the order dialled.
  public var callees: [Channel]
  /// What was dialled.
  public var dialled: String
  /// The trunk it came by; nil for none.
  public var inboundTrunk: String?
}

extension Appliance {
  /// What the call looks like here at this moment; nil for one that is not here.
  public func live(_ call: Call) -> LiveCall? {
    guard call.end == nil, !isAbsent(call), call.joinedInto == nil else { return nil }
    let spelled = cdr.channels(of: call, nameByCRM: names[call.id])
    let caller = LiveCall.Channel(
      name: spelled.caller, number: call.callerNumber, displayName: spelled.callerName, start: call.start,
      answer: call.answer, isRinging: false)
    var callees: [LiveCall.Channel] = []
    for (member, name) in zip(call.calleeLegs, spelled.callees) {
      guard member.leg.end == nil, member.wentOut == nil, legs[leg: member.leg.id]?.isAbsent != true else { continue }
      let number = member.party.accountNumber ?? member.leg.requestUser
      callees.append(
        LiveCall.Channel(
          name: name, number: number, displayName: site.account(number)?.name ?? "", start: member.leg.start,
          answer: member.answer, isRinging: member.answer == nil))
    }
    let trunk: String? =
      switch call.callerParty {
      case .trunk(let name, _): name
      case .account: nil
      }
    return LiveCall(
      id: call.id, start: call.start, caller: caller, callees: callees, dialled: call.dialled, inboundTrunk: trunk)
  }
}
