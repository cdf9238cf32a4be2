import Primitives

extension VtigerCloud {
  /// What the server works out for a call by itself.
  static func completeCalendar(_ values: inout [String: String], of module: VtigerModule) {
    switch module {
    case .events:
      // Hours follow from the times, minutes stay as they were given; a time of any text is stored (measured).
      let start = seconds(values["date_start"], values["time_start"])
      let end = seconds(values["due_date"], values["time_end"])
      if let start, let end, end >= start { values["duration_hours"] = String((end - start) / 3600) }
    case .coreBOSCalendar:
      // Parts of the times and both parts of the duration are written over (from coreBOS's source).
      let start = halves(values["dtstart"])
      let end = halves(values["dtend"])
      (values["date_start"], values["time_start"]) = start
      (values["due_date"], values["time_end"]) = end
      guard let from = seconds(start.date, start.time), let to = seconds(end.date, end.time), to >= from else { return }
      values["duration_hours"] = String((to - from + 1800) / 3600)
      values["duration_minutes"] = String(((to - from) % 3600 + 30) / 60)
    case .contacts, .leads, .accounts, .tickets, .pbxManager, .comments, .users: break
    }
  }

  private static func halves(_ text: String?) -> (date: String, time: String) {
    let halves = (text ?? "").split(separator: " ", maxSplits: 1).map(String.init)
    return (halves.first ?? "", halves.count > 1 ? halves[1] : "")
  }

  /// Seconds since 1970 of a date and a time, which may have an offset behind it (measured: `21:10:00 +02:00`).
  private static func seconds(_ date: String?, _ time: String?) -> Int64? {
    let parts = (time ?? "").split(separator: " ").map(String.init)
    guard let date, let clock = parts.first, parts.count <= 2 else { return nil }
    let padded = clock.utf8.count == 5 ? clock + ":00" : clock
    return OffsetTimestamp("\(date)T\(padded)\(parts.count > 1 ? parts[1] : "Z")")?.seconds
  }
}
