import CRMCloud
import Primitives

/// Reads `settings`: the switches of a Zoho cloud.
struct ZohoSettingsReader {
  private typealias Switch = SettingsSwitch<ZohoCloudSettings>

  func read(_ entry: Entry) -> ZohoCloudSettings {
    Switch.read(Self.switches, of: entry, into: ZohoCloudSettings())
  }

  private static let statuses = 200...599
  private static let day = 86_400

  private static var switches: [Switch] { accountsSwitches + apiSwitches }

  private static var accountsSwitches: [Switch] {
    [
      Switch("era", \.era) { $0.choice() },
      Switch("tokenErrorStatus", \.tokenErrorStatus) { $0.integer(in: statuses) },
      Switch("accessTokenLifeSeconds", \.accessTokenLife) { $0.seconds(in: 1...30 * day) },
      Switch("maximumAccessTokens", \.maximumAccessTokens) { $0.integer(in: 1...1000) },
      Switch("tokenThrottle", \.tokenThrottle) { $0.limit(in: 1...1000) },
      Switch("tokenThrottleSpanSeconds", \.tokenThrottleSpan) { $0.seconds(in: 1...day) },
      Switch("expiresInForm", \.expiresInForm) { $0.choice() },
      Switch("tokenReplyHasScope", \.tokenReplyHasScope) { $0.boolean() },
      Switch("grantCodeLifeSeconds", \.grantCodeLife) { $0.seconds(in: 1...day) },
      Switch("maximumGrantCodes", \.maximumGrantCodes) { $0.limit(in: 1...1000) },
      Switch("grantCodeSpanSeconds", \.grantCodeSpan) { $0.seconds(in: 1...day) },
      Switch("maximumRefreshTokens", \.maximumRefreshTokens) { $0.integer(in: 1...1000) },
      Switch("maximumNewRefreshTokens", \.maximumNewRefreshTokens) { $0.limit(in: 1...1000) },
      Switch("selfClientBinding", \.selfClientBinding) { $0.choice() },
      Switch("deviceCodeLifeSeconds", \.deviceCodeLife) { $0.seconds(in: 1...day) },
      Switch("devicePollIntervalSeconds", \.devicePollInterval) { $0.seconds(in: 0...day) },
      Switch("maximumAuthTokens", \.maximumAuthTokens) { $0.integer(in: 1...1000) },
      Switch("retiredAuthTokenCause", \.retiredAuthTokenCause) { $0.cause() },
      Switch("oneTimeCode", \.oneTimeCode) { $0.oneTimeCode().map { .some($0) } },
    ]
  }

  private static var apiSwitches: [Switch] {
    [
      Switch("scopeEnforcement", \.scopeEnforcement) { $0.choice() },
      Switch("phoneMatch", \.phoneMatch) { $0.phoneMatch() },
      Switch("searchesFax", \.searchesFax) { $0.boolean() },
      Switch("indexDelayMilliseconds", \.indexDelay) { $0.milliseconds(in: 0...1000 * day) },
      Switch("refusedRecordStatus", \.refusedRecordStatus) { $0.integer(in: statuses) },
      Switch("acceptsZeroDuration", \.acceptsZeroDuration) { $0.boolean() },
      Switch("maximumRecordsPerModule", \.maximumRecordsPerModule) {
        $0.integer(in: 1...ZohoCloud.maximumLoadedRecords)
      },
      Switch("refusesDuplicateEmails", \.refusesDuplicateEmails) { $0.boolean() },
      Switch("severalTermsContain", \.severalTermsContain) { $0.boolean() },
      Switch("enforcesAPILimits", \.enforcesAPILimits) { $0.boolean() },
      Switch("apiCredits", \.apiCredits) { $0.integer(in: 0...100_000_000).map { .some($0) } },
      Switch("apiConcurrency", \.apiConcurrency) { $0.integer(in: 1...1000).map { .some($0) } },
      Switch("apiLatencyMilliseconds", \.apiLatency) { $0.milliseconds(in: 0...600_000) },
      Switch("retiredAPIVersions", \.retiredAPIVersions) { Set($0.list(max: 16).compactMap { $0.apiVersion() }) },
      Switch("enforcesV1Limits", \.enforcesV1Limits) { $0.boolean() },
      Switch("retiredV1Status", \.retiredV1Status) { $0.integer(in: statuses).map { .some($0) } },
      Switch("phoneBridgeTokenErrorStatus", \.phoneBridgeTokenErrorStatus) { $0.integer(in: statuses) },
      Switch("phoneBridgeProviders", \.phoneBridgeProviders) {
        Set($0.list(max: ZohoCloud.maximumClients).compactMap { $0.text(maxLength: 256) })
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

  /// A code as v1 gives them: capital letters, digits and underscores.
  fileprivate func cause() -> String? {
    parsed(as: "a cause", remedy: "write capital letters and underscores, as WEB_LOGIN_REQUIRED") { text in
      text.utf8.allSatisfy { (65...90).contains($0) || (48...57).contains($0) || $0 == 95 } ? text : nil
    }
  }

  /// Never repeated: it opens accounts of the rehearsal, and people reuse what they type.
  fileprivate func oneTimeCode() -> String? {
    guard let text = secret(maxLength: 8) else { return nil }
    if text.isDigits(4...8) { return text }
    report("a one-time code has 4 to 8 digits", remedy: "write it in quotes, as \"123456\"")
    return nil
  }

  fileprivate func apiVersion() -> String? {
    parsed(as: "a version of the API", remedy: "write v2 to v8") { text in
      ["v2", "v2.1", "v3", "v4", "v5", "v6", "v7", "v8"].contains(text) ? text : nil
    }
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
