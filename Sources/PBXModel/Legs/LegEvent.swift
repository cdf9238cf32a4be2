/// What a message meant for one leg. The leg stands as it is after the event, until the next.
public enum LegEvent: Hashable, Sendable {
  /// A first INVITE. It may still be challenged.
  case attempted(Leg)
  /// The INVITE came again, as a challenge or a 422 asked. The leg counts from here.
  case renewed(Leg)
  /// The other side took it up: the first response that is no challenge.
  case accepted(Leg)
  /// The first 180 or later provisional response.
  case ringing(Leg)
  /// The first 2xx to the INVITE, or a dialog met in its middle.
  case answered(Leg)
  /// A party hands the other over (REFER): to the number of Refer-To, or to the far end of a leg it has besides.
  case transferRequested(Leg, to: Leg?)
  /// The PBX agreed to the latest REFER.
  case transferAccepted(Leg)
  /// The PBX refused the latest REFER.
  case transferRefused(Leg)
  /// A BYE, a final refusal, a CANCEL, or silence for too long; `outcome` says which.
  case ended(Leg)
}
