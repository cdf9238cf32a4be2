import Primitives

/// Times as files of CDRs write them.
enum WallClock {
  /// A moment as written: on some clock, or for all the world.
  enum Reading: Hashable, Sendable {
    /// Seconds since 1970-01-01 00:00:00 on the file's clock.
    case local(Int64)
    /// Seconds since 1970 UTC, as `cdr_csv` writes with a resolution of microseconds.
    case absolute(Int64)
  }

  /// `2026-11-20 22:41:12`, also with `T`, or seconds since 1970 with or without a fraction; nil for anything else.
  static func reading(_ text: String) -> Reading? {
    let bytes = Array(text.utf8.prefix(32))
    if bytes.count >= 9, let seconds = epochSeconds(bytes[...]) { return .absolute(seconds) }
    guard bytes.count == 19, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
      bytes[10] == UInt8(ascii: " ") || bytes[10] == UInt8(ascii: "T"), bytes[13] == UInt8(ascii: ":"),
      bytes[16] == UInt8(ascii: ":"), let year = number(bytes[0..<4]), let month = number(bytes[5..<7]),
      let day = number(bytes[8..<10]), let hour = number(bytes[11..<13]), let minute = number(bytes[14..<16]),
      let second = number(bytes[17..<19]), (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60,
      second < 60
    else { return nil }
    let time = CivilTime.daysSince1970(year: year, month: month, day: day) * 86_400
    guard CivilTime(secondsSince1970: time).day == day else { return nil }
    return .local(time + Int64(hour * 3600 + minute * 60 + second))
  }

  static func isTime(_ text: String) -> Bool { reading(text) != nil }

  /// The second at which the channel of this id was made: `<epoch>.<serial>`, on appliances behind a system name.
  static func epoch(ofUniqueID text: String) -> Int64? {
    let last = text.utf8.split(separator: UInt8(ascii: "-")).last ?? text.utf8[...]
    let parts = last.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count == 2, (9...11).contains(parts[0].count), !parts[1].isEmpty, number(Array(parts[1])[...]) != nil
    else { return nil }
    return number(Array(parts[0])[...]).map(Int64.init)
  }

  /// Whole seconds of a length: `12`, `12.345` or `H:MM:SS` as on the appliance's page; nil for anything else.
  static func length(_ text: String) -> Int64? {
    let parts = text.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false).map { Array($0) }
    if parts.count == 3, let hours = number(parts[0][...]), let minutes = number(parts[1][...]),
      let seconds = number(parts[2][...]), minutes < 60, seconds < 60
    {
      return Int64(hours) * 3600 + Int64(minutes * 60 + seconds)
    }
    return parts.count == 1 ? epochSeconds(parts[0][...]) : nil
  }

  private static func epochSeconds(_ bytes: ArraySlice<UInt8>) -> Int64? {
    let parts = bytes.split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
    guard let whole = parts.first, let seconds = number(whole) else { return nil }
    if parts.count == 2, parts[1].isEmpty || number(parts[1].prefix(9)) == nil { return nil }
    return Int64(seconds)
  }

  /// Up to eleven digits and nothing else.
  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    guard (1...11).contains(digits.count), digits.allSatisfy({ (48...57).contains($0) }) else { return nil }
    return digits.reduce(0) { $0 * 10 + Int($1 - 48) }
  }
}
