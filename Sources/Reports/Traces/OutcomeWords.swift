import PBXModel

extension Leg.Outcome {
  /// How a leg ended, as every report says it.
  var words: String {
    switch self {
    case .hungUp(let byCaller): byCaller ? "BYE from caller" : "BYE from callee"
    case .cancelled: "cancelled"
    case .rejected(let status): String(status)
    case .unauthenticated: "unauthenticated"
    case .lost: "lost"
    }
  }
}
