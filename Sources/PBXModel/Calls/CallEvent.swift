/// What happened to a call. The call and leg stand as they are after the event, until the next.
public enum CallEvent: Hashable, Sendable {
  /// The PBX took the caller's INVITE up, or dialled on its own account.
  case started(Call)
  /// The PBX dialled a phone or a trunk.
  case dialled(Call, Call.Member)
  /// A callee's phone rings (the first 180 or later provisional response).
  case ringing(Call, Call.Member)
  /// A callee answered.
  case answered(Call, Call.Member)
  /// The caller was connected.
  case connected(Call)
  /// A leg of another call came into this one: by an attended transfer, out of the parking lot, or as a pick-up.
  case cameIn(Call, Call.Member)
  /// A callee's leg is over; the call may go on.
  case legEnded(Call, Call.Member)
  /// The last leg is over.
  case ended(Call)
}

extension CallEvent {
  /// The call it happened to.
  public var call: Call {
    switch self {
    case .started(let call), .dialled(let call, _), .ringing(let call, _), .answered(let call, _),
      .connected(let call), .cameIn(let call, _), .legEnded(let call, _), .ended(let call):
      call
    }
  }
}
