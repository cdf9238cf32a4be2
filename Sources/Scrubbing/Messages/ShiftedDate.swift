/// A date moved by whole weeks.
enum ShiftedDate {
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// `Sat, 21 Nov 2026 12:00:00 GMT` (RFC 3261 section 20.17); nil for anything else, which is left out.
  static func text(_ text: String, weeks: Int) -> String? {
    let words = text.split(separator: " ")
    guard words.count == 6, words[5] == "GMT", words[0].last == ",", let day = Int(words[1]), (1...31).contains(day),
      let month = months.firstIndex(where: { $0 == words[2] }), let year = Int(words[3]), (1900...9999).contains(year),
      words[4].utf8.allSatisfy({ (48...58).contains($0) })
    else { return nil }
    let (newYear, newMonth, newDay) = civil(days(year, month + 1, day) + weeks * 7)
    guard months.indices.contains(newMonth - 1) else { return nil }
    let dayText = newDay < 10 ? "0\(newDay)" : "\(newDay)"
    return "\(words[0]) \(dayText) \(months[newMonth - 1]) \(newYear) \(words[4]) GMT"
  }

  /// Days since 1970-01-01 in the Gregorian calendar.
  private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  private static func civil(_ days: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let part = (5 * dayOfYear + 2) / 153
    let month = part < 10 ? part + 3 : part - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * part + 2) / 5 + 1)
  }
}
