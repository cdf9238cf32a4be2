/// Reads the text of a `POSIXTimeZone` from left to right.
struct POSIXTimeZoneReader {
  private let bytes: [UInt8]
  private var position = 0

  init(_ text: String) { bytes = Array(text.utf8) }

  typealias SyntaxError = POSIXTimeZone.SyntaxError

  mutating func zone() throws(SyntaxError) -> (standardOffsetSeconds: Int, summer: POSIXTimeZone.Summer?) {
    try name()
    let standard = -(try offset(hoursMax: 24))
    guard position < bytes.count else { return (standard, nil) }
    try name()
    var summer = POSIXTimeZone.Summer(offsetSeconds: standard + 3600)
    if let next = peek(), next != UInt8(ascii: ",") { summer.offsetSeconds = -(try offset(hoursMax: 24)) }
    if take(",") {
      summer.start = try change()
      guard take(",") else { throw expected("`,` and the rule for the end of summer time") }
      summer.end = try change()
    }
    guard position == bytes.count else { throw expected("the end of the zone") }
    return (standard, summer)
  }

  private func peek() -> UInt8? { position < bytes.count ? bytes[position] : nil }

  private func expected(_ what: String) -> SyntaxError { SyntaxError(byteOffset: position, expected: what) }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard peek() == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  /// At least three letters, or anything of letters, digits and signs between `<` and `>`.
  private mutating func name() throws(SyntaxError) {
    let isQuoted = take("<")
    let start = position
    while let byte = peek(), Self.isLetter(byte) || (isQuoted && Self.isDigitOrSign(byte)) { position += 1 }
    guard position - start >= 3 else { throw expected("a zone name of three letters or more") }
    if isQuoted, !take(">") { throw expected("`>` after the zone name") }
  }

  /// `[+-]hh[:mm[:ss]]` in seconds with the sign as written.
  private mutating func offset(hoursMax: Int) throws(SyntaxError) -> Int {
    let isNegative = take("-")
    if !isNegative { _ = take("+") }
    var seconds = try number(in: 0...hoursMax, "hours, 0 to \(hoursMax)") * 3600
    if take(":") { seconds += try number(in: 0...59, "minutes, 0 to 59") * 60 }
    if take(":") { seconds += try number(in: 0...59, "seconds, 0 to 59") }
    return isNegative ? -seconds : seconds
  }

  private mutating func change() throws(SyntaxError) -> POSIXTimeZone.Change {
    var result = POSIXTimeZone.Change(day: try day())
    if take("/") { result.secondOfDay = try offset(hoursMax: 167) }
    return result
  }

  private mutating func day() throws(SyntaxError) -> POSIXTimeZone.Day {
    if take("J") { return .julianWithoutLeapDay(try number(in: 1...365, "a day of the year, 1 to 365")) }
    guard take("M") else {
      return .zeroBased(try number(in: 0...365, "`Mmonth.week.weekday`, `Jday` or a day of the year, 0 to 365"))
    }
    let month = try number(in: 1...12, "a month, 1 to 12")
    guard take(".") else { throw expected("`.` and the week") }
    let week = try number(in: 1...5, "a week, 1 to 5")
    guard take(".") else { throw expected("`.` and the weekday") }
    return .weekday(month: month, week: week, weekday: try number(in: 0...6, "a weekday, 0 (Sunday) to 6"))
  }

  private mutating func number(in range: ClosedRange<Int>, _ what: String) throws(SyntaxError) -> Int {
    let start = position
    var value = 0
    while let byte = peek(), (48...57).contains(byte), position - start < 3 {
      value = value * 10 + Int(byte - 48)
      position += 1
    }
    guard position > start, range.contains(value) else {
      position = start
      throw expected(what)
    }
    return value
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (65...90).contains(byte) || (97...122).contains(byte) }

  private static func isDigitOrSign(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
  }
}
