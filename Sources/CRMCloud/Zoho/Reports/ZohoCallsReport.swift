import JSON
import Primitives

/// A report over Calls (documented: Reports > Activity reports > Todays Calls; its filter by the start of the call in
/// the viewer's time zone follows from Zoho's reports, and that zone is the organisation's here, assumed).
struct ZohoCallsReport {
  /// The days a call may have begun on.
  enum Range: String, CaseIterable {
    case today = "todays-calls"
    case yesterday = "yesterdays-calls"
    /// From Monday on (assumed: a setting of each user).
    case thisWeek = "this-weeks-calls"

    var title: String {
      switch self {
      case .today: "Todays Calls"
      case .yesterday: "Yesterdays Calls"
      case .thisWeek: "This Weeks Calls"
      }
    }

    /// Days counted from 1970-01-01, a Thursday.
    fileprivate func days(today: Int64) -> ClosedRange<Int64> {
      switch self {
      case .today: today...today
      case .yesterday: (today - 1)...(today - 1)
      case .thisWeek: (today - ((today + 3) % 7 + 7) % 7)...today
      }
    }
  }

  /// The calls of one owner, by their start.
  struct Group {
    let ownerIndex: Int
    let calls: [ZohoRecord]
    let seconds: Int

    var duration: String { ZohoCallsReport.text(seconds) }
  }

  let range: Range
  /// First and last day on the organisation's clock, `2027-01-15`.
  let firstDay: String
  let lastDay: String
  /// In the order of the users.
  let groups: [Group]

  var count: Int { groups.reduce(0) { $0 + $1.calls.count } }

  var duration: String { Self.text(groups.reduce(0) { $0 + $1.seconds }) }

  init(_ range: Range, of organisation: ZohoOrganisation, at now: Instant) {
    self.range = range
    let zone = organisation.timeZone
    let today = Self.day(now, in: zone)
    let days = range.days(today: today)
    firstDay = Self.text(day: days.lowerBound)
    lastDay = Self.text(day: days.upperBound)
    var byOwner: [Int: [(start: Int64, call: ZohoRecord)]] = [:]
    for call in organisation.records.all(in: .calls) {
      // By the date its clock showed: a day with a change of the clock has 23 or 25 hours.
      guard let start = call.callStart, days.contains(Self.day(Instant(seconds: start.seconds), in: zone)) else {
        continue
      }
      byOwner[call.userIndex, default: []].append((start.seconds, call))
    }
    groups = byOwner.sorted { $0.key < $1.key }.map { owner, calls in
      let ordered = calls.enumerated().sorted { ($0.element.start, $0.offset) < ($1.element.start, $1.offset) }
      return Group(
        ownerIndex: owner, calls: ordered.map(\.element.call),
        seconds: calls.reduce(0) { $0 + $1.call.callSeconds })
    }
  }

  private static func day(_ instant: Instant, in zone: SiteTimeZone) -> Int64 {
    let civil = zone.local(instant)
    return CivilTime.daysSince1970(year: civil.year, month: civil.month, day: civil.day)
  }

  private static func text(day: Int64) -> String { String(CivilTime(secondsSince1970: day * 86_400).text.prefix(10)) }

  /// `3:05`, `1:03:05`.
  static func text(_ seconds: Int) -> String {
    let padded = ZohoPhoneBridgeCall.padded
    guard seconds >= 3600 else { return "\(seconds / 60):\(padded(seconds % 60))" }
    return "\(seconds / 3600):\(padded(seconds / 60 % 60)):\(padded(seconds % 60))"
  }
}

extension ZohoRecord {
  /// How long a call was; the field in seconds goes before the text, whose meaning is disputed. 0 for neither.
  fileprivate var callSeconds: Int {
    if case .integer(let seconds)? = values["Call_Duration_in_seconds"] {
      return Int(max(0, min(seconds, 999_999_999)))
    }
    return values["Call_Duration"]?.string.flatMap(ZohoCallDuration.init)?.seconds ?? 0
  }
}
