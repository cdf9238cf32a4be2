import CRMCloud
import Primitives

/// Reads `settings` of the section `salesforce`.
struct SalesforceSettingsReader {
  private typealias Switch = SettingsSwitch<SalesforceCloudSettings>

  func read(_ entry: Entry) -> SalesforceCloudSettings {
    Switch.read(Self.switches, of: entry, into: SalesforceCloudSettings())
  }

  private static let day = 86_400

  private static var switches: [Switch] {
    [
      Switch("manner", \.manner) { $0.choice() },
      Switch("soapLogin", \.soapLogin) { $0.choice() },
      Switch("soapLoginOffFrom", \.soapLoginOffFrom) { $0.instant() },
      Switch("soapLoginEndsAt", \.soapLoginEndsAt) { $0.instant() },
      Switch("lastLoginVersion", \.lastLoginVersion) { $0.integer(in: 0...999) },
      Switch("oldestVersion", \.oldestVersion) { $0.integer(in: 7...999) },
      Switch("newestVersion", \.newestVersion) { $0.integer(in: 7...999) },
      Switch("needsSecurityToken", \.needsSecurityToken) { $0.boolean() },
      Switch("blocksPasswordGrant", \.blocksPasswordGrant) { $0.boolean() },
      Switch("rotatesRefreshTokens", \.rotatesRefreshTokens) { $0.boolean() },
      Switch("wrongPasswordsMax", \.wrongPasswordsMax) { $0.integer(in: 1...1_000_000) },
      Switch("lockoutSeconds", \.lockout) { $0.integer(in: 0...365 * day).map { .seconds(Int64($0)) } },
      Switch("sessionLifeSeconds", \.sessionLife) { $0.integer(in: 1...30 * day).map { .seconds(Int64($0)) } },
      Switch("dailyRequests", \.dailyRequests) { $0.integer(in: 0...100_000_000) },
      Switch("indexDelayMilliseconds", \.indexDelay) {
        $0.integer(in: 0...86_400_000).map { .milliseconds(Int64($0)) }
      },
      Switch("phoneIndex", \.phoneIndex) { $0.choice() },
      Switch("refusesDuplicates", \.refusesDuplicates) { $0.boolean() },
      Switch("ruleWants", \.ruleWants) { Set($0.list(max: 100).compactMap { $0.wantedField() }) },
      Switch("queryPage", \.queryPage) { $0.integer(in: 1...2000) },
      Switch("recordsMax", \.recordsMax) { $0.integer(in: 1...CloudDataFile.recordsMax) },
    ]
  }
}

extension Entry {
  /// `Lead.Email`.
  fileprivate func wantedField() -> String? {
    parsed(as: "a field of an object", remedy: "write it as Lead.Email, with the API's names") { text in
      let halves = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
      return halves.count == 2 && SalesforceCloudData.fields(of: halves[0]).contains(halves[1]) ? text : nil
    }
  }
}
