import PBXModel

extension Join {
  /// Whether a second call would have done for the leg.
  enum Rivalry: Hashable {
    case none
    /// Another call reached the least sum of evidence.
    case another
    /// Another call had as much evidence.
    case equal
  }

  /// Read off the confidence, which is the evidence's own unless a rival lowered it.
  var rivalry: Rivalry {
    let own = min(1, Double(weight) / 10)
    guard own > 0, !rests(on: .first) else { return .none }
    let share = confidence / own
    return share < 0.7 ? .equal : share < 0.95 ? .another : .none
  }
}
