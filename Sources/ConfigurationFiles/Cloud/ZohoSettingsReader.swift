import CRMCloud
import Primitives

/// Reads `settings`: the switches of a Zoho cloud.
struct ZohoSettingsReader {
  func read(_ entry: Entry) -> ZohoCloudSettings {
    var settings = ZohoCloudSettings()
    guard let mapping = entry.mapping(keys: Self.switches.map(\.key)) else { return settings }
    for each in Self.switches {
      if let value = mapping[each.key] { each.read(value, &settings) }
    }
    return settings
  }

  /// One key, and what it sets. A value that cannot be read has been reported and sets nothing.
  private struct Switch {
    let key: String
    let read: (Entry, inout ZohoCloudSettings) -> Void

    init<Value>(
      _ key: String, _ property: WritableKeyPath<ZohoCloudSettings, Value>, _ parse: @escaping (Entry) -> Value?
    ) {
      self.key = key
      read = { entry, settings in
        if let value = parse(entry) { settings[keyPath: property] = value }
      }
    }
  }

  private static let statuses = 200...599
  private static let day = 86_400

  private static var switches: [Switch] {
    [
      Switch("tokenErrorStatus", \.tokenErrorStatus) { $0.integer(in: statuses) },
      Switch("accessTokenLifeSeconds", \.accessTokenLife) { $0.seconds(in: 1...30 * day) },
      Switch("maximumAccessTokens", \.maximumAccessTokens) { $0.integer(in: 1...1000) },
      Switch("tokenThrottle", \.tokenThrottle) { $0.limit(in: 1...1000) },
      Switch("tokenThrottleSpanSeconds", \.tokenThrottleSpan) { $0.seconds(in: 1...day) },
      Switch("expiresInForm", \.expiresInForm) { $0.choice() },
      Switch("scopeEnforcement", \.scopeEnforcement) { $0.choice() },
      Switch("phoneMatch", \.phoneMatch) { $0.phoneMatch() },
      Switch("searchesFax", \.searchesFax) { $0.boolean() },
      Switch("indexDelayMilliseconds", \.indexDelay) { $0.milliseconds(in: 0...1000 * day) },
      Switch("refusedRecordStatus", \.refusedRecordStatus) { $0.integer(in: statuses) },
      Switch("acceptsZeroDuration", \.acceptsZeroDuration) { $0.boolean() },
      Switch("maximumRecordsPerModule", \.maximumRecordsPerModule) {
        $0.integer(in: 1...ZohoCloud.maximumLoadedRecords)
      },
    ]
  }
}

extension Entry {
  fileprivate func seconds(in range: ClosedRange<Int>) -> Instant.Span? {
    integer(in: range).map { .seconds(Int64($0)) }
  }

  fileprivate func milliseconds(in range: ClosedRange<Int>) -> Instant.Span? {
    integer(in: range).map { .milliseconds(Int64($0)) }
  }

  /// A number, or `off` for no limit: the outer nil is a value that cannot be read, the inner one no limit.
  fileprivate func limit(in range: ClosedRange<Int>) -> Int?? {
    if case .scalar("off", _) = value.content { return .some(nil) }
    return integer(in: range, orWord: "off").map { .some($0) }
  }

  fileprivate func phoneMatch() -> ZohoCloudSettings.PhoneMatch? {
    if case .mapping = value.content {
      return mapping(keys: ["lastDigits"])?.required("lastDigits")?.integer(in: 1...15).map { .lastDigits($0) }
    }
    switch choice(among: ["digitsContain", "digitsEqual", "exactText", "lastDigits"]) {
    case "digitsContain": return .digitsContain
    case "digitsEqual": return .digitsEqual
    case "exactText": return .exactText
    case "lastDigits":
      report("how many last digits is not said", remedy: "write {lastDigits: 9}")
      return nil
    case _: return nil
    }
  }
}
