/// What a message meant for one leg. The leg's facts stand in the `Leg` that comes with it.
public enum LegEvent: Hashable, Sendable {
  /// A first INVITE. It may still be challenged.
  case attempted(Leg)
  /// The INVITE came again, as a challenge or a 422 asked. The leg counts from here.
  case renewed(Leg)
  /// The other side took it up: the first response that is no challenge.
  case accepted(Leg)
  case ringing(Leg)
  case answered(Leg)
  /// A party asked to be replaced (REFER).
  case transferRequested(Leg)
  case ended(Leg)
}
