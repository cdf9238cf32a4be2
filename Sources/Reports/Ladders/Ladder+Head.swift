import PBXModel
import Primitives

extension Ladder {
  /// What stands above the picture: who called whom, how it ended, when.
  var headLines: [String] { [title, period] }

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
    return text + ", \(legs.count) leg\(legs.count == 1 ? "" : "s")"
  }
}

extension SiteTimeZone {
  /// The wall clock to the millisecond: `09:57:50.123`.
  func clock(_ instant: Instant) -> String {
    let milliseconds = String(instant.microsecondsOfSecond / 1000)
    return local(instant).text.suffix(8) + "." + String(repeating: "0", count: 3 - milliseconds.utf8.count)
      + milliseconds
  }
}

extension Instant.Span {
  /// `+0.000412`, from ten seconds on to the millisecond: `+12.345`.
  var signedSeconds: String {
    let microseconds = nanoseconds / 1000
    let magnitude = microseconds.magnitude
    let isShort = magnitude < 10_000_000
    let fraction = isShort ? magnitude % 1_000_000 : magnitude % 1_000_000 / 1000
    let digits = String(fraction)
    return (nanoseconds < 0 ? "-" : "+") + "\(magnitude / 1_000_000)."
      + String(repeating: "0", count: max(0, (isShort ? 6 : 3) - digits.utf8.count)) + digits
  }
}
