import Primitives

/// Answers of `/apiauthtoken`: `text/plain` with status 200 whatever came of it, lines as Java writes properties
/// (documented). Clients read by the line's number, so order and the last line's end matter.
enum AuthTokenReply {
  static func made(_ token: String, at now: Instant) -> CloudResponse {
    lines(["AUTHTOKEN=" + token, "RESULT=TRUE"], now)
  }

  static func refused(_ cause: String, at now: Instant) -> CloudResponse {
    // A setting's line end would be a line more.
    lines(["CAUSE=" + cause.filter { !$0.isNewline }, "RESULT=FALSE"], now)
  }

  /// The layout is that of the others (assumed).
  static func deleted(at now: Instant) -> CloudResponse { lines(["RESULT=TRUE"], now) }

  private static func lines(_ lines: [String], _ now: Instant) -> CloudResponse {
    .text(200, (["#", "#" + date(now)] + lines).map { $0 + "\n" }.joined())
  }

  /// `Wed Feb 29 03:07:33 PST 2012`: California's clock in every data centre (observed in `com`, assumed elsewhere).
  static func date(_ now: Instant) -> String {
    let offset = pacific.offsetSeconds(at: now)
    let time = pacific.local(now)
    let days = CivilTime.daysSince1970(year: time.year, month: time.month, day: time.day)
    // 1970-01-01 was a Thursday.
    let weekday = weekdays[Int(((days + 4) % 7 + 7) % 7)]
    let clock = [time.hour, time.minute, time.second].map(twoDigits).joined(separator: ":")
    let zone = offset == -25_200 ? "PDT" : "PST"
    return "\(weekday) \(months[(time.month + 11) % 12]) \(twoDigits(time.day)) \(clock) \(zone) \(time.year)"
  }

  private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
  private static let pacific = (try? POSIXTimeZone("PST8PDT,M3.2.0,M11.1.0"))?.siteTimeZone() ?? .utc

  private static func twoDigits(_ value: Int) -> String { value < 10 ? "0\(value)" : String(value) }
}
