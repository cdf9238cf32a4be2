import PBXModel
import Primitives

/// What stands above a call that is told at length: who called whom, how it ended, when.
struct CallHeading {
  let call: Call
  let timeZone: SiteTimeZone

  var lines: [String] { [title, period] }

  /// `Call 3: "Ann" 1000 → 1001, Internal, ANSWERED`.
  var title: String {
    let name = LadderMessage.cut(call.callerName)
    let caller = (name.isEmpty ? "" : "\"\(name)\" ") + (call.callerNumber.isEmpty ? "unknown" : call.callerNumber)
    let end = call.end == nil ? "running" : call.disposition.rawValue
    return "Call \(call.id.rawValue): \(LadderMessage.cut(caller)) → \(LadderMessage.cut(call.dialled)), "
      + "\(call.direction.rawValue), \(end)"
  }

  private var period: String {
    var text = "\(timeZone.local(call.start).text) \(timeZone.name)"
    if call.ranAtStart { text += " or earlier" }
    if let duration = call.duration {
      text += ", \(duration.wholeSeconds) s"
      if let billable = call.billable, call.answer != nil { text += ", of which \(billable.wholeSeconds) s connected" }
    }
    let legs = call.legs.count
    return text + ", \(legs) leg\(legs == 1 ? "" : "s")"
  }
}
