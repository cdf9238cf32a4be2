import Primitives

/// What becomes of values that a client sends for a record.
enum SugarSaving {
  /// Why a record is not saved.
  enum Fault: Error {
    /// PHP stops in the middle: status 500 with nothing (measured).
    case crash
    /// No room.
    case full
  }

  /// The values a record has after `given` was set on it; unknown fields are left out, as the server does.
  static func values(
    of module: SugarModule, setting given: [String: String], on former: [String: String],
    _ manner: SugarCloudSettings.Manner
  ) throws(Fault) -> [String: String] {
    var values = former
    for (name, value) in given {
      guard let field = module.field(name), field.isWritable else { continue }
      values[name] = value.isEmpty ? nil : value
    }
    guard module == .calls else { return values }
    return try call(values, given, manner)
  }

  /// The rules of Calls (measured).
  private static func call(
    _ sent: [String: String], _ given: [String: String], _ manner: SugarCloudSettings.Manner
  ) throws(Fault) -> [String: String] {
    var values = sent
    if values["status"] == nil { values["status"] = "Planned" }
    if let start = values["date_start"], SugarTime.instant(start) == nil { values["date_start"] = nil }
    let hours = try number(values["duration_hours"], manner)
    let minutes = try number(values["duration_minutes"], manner)
    switch manner {
    case .strict where (hours == nil) != (minutes == nil): throw .crash
    case .strict, .sloppy: break
    }
    values["duration_hours"] = hours.map { String($0) }
    values["duration_minutes"] = minutes.map { String($0) }
    values["date_end"] = nil
    guard let start = values["date_start"].flatMap(SugarTime.instant) else { return values }
    let length = Instant.Span.seconds((hours ?? 0) * 3600 + (minutes ?? 0) * 60)
    values["date_end"] = SugarTime.text(start + length)
    return values
  }

  private static func number(_ text: String?, _ manner: SugarCloudSettings.Manner) throws(Fault) -> Int64? {
    guard let text else { return nil }
    if text.isDigits(1...9) { return Int64(text) }
    switch manner {
    case .strict: throw .crash
    case .sloppy:
      let whole = text.prefix { ("0"..."9").contains($0) }
      return whole.isDigits(1...9) ? Int64(whole) : 0
    }
  }
}
