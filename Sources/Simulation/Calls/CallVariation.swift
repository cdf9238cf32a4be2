import PBXModel
import Primitives

/// In what a call went otherwise here than on the recorded box.
struct CallVariation: Sendable {
  /// Legs that were not dialled here.
  var absent: [Leg.ID] = []
  /// Legs that left over another trunk than the recorded one.
  var failovers: [(leg: Leg.ID, trunk: Party)] = []
  /// When it was over here, before the trace shows its end; nil where it ended as recorded.
  var endedAt: Instant?

  func isAbsent(_ leg: Leg.ID) -> Bool { absent.contains(leg) }
  func trunk(of leg: Leg.ID) -> Party? { failovers.last { $0.leg == leg }?.trunk }

  /// How the call ended here: as on the recorded box, without the callees that were not dialled here.
  func disposition(of call: Call) -> Disposition {
    guard !absent.isEmpty, call.answer == nil else { return call.disposition }
    var result = Disposition.failed
    for member in call.calleeLegs where !isAbsent(member.leg.id) {
      switch member.disposition {
      case .busy: return .busy
      case .noAnswer, .answered: result = .noAnswer
      case .failed: break
      }
    }
    return result
  }
}
