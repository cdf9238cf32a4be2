/// One of `ApplianceSettings`, by the name a site file gives it.
public enum ApplianceSetting: String, Hashable, Sendable, CaseIterable {
  case concurrentRegistrations, countsUnansweredRegister, looksUpOutboundCalls, logsCallsOfUnknownNumbers
  case keepsCallsOverCRMChange, callLogStoreMax, callLogsOnTheirWayMax
  case callLogRetrySeconds, callLogRetrySecondsMax, callLogAttemptsMax
  case bootSeconds, bytesPerCDRRow, recordingBytesPerSecond, diskUsageAlertPercent, diskUsageRestorePercent
  case ringTimeoutSeconds, whenRegistrationsExceed, channelsPerDigitalPort, callLimitAnswer, encryptedCallLimitAnswer
  case conferenceLimitAnswer, remoteCallLimitAnswer, trunkLimitAnswer, unreachableAnswer, mailboxSeconds, retrySeconds
  case alertQuietSeconds

  /// What a setting can be.
  public enum Value: Hashable, Sendable {
    /// A count, or a time in the unit of the name.
    case number(Int)
    case flag(Bool)
    case answer(RefusalAnswer)
    case registration(ExcessRegistration)

    /// For people: `60`, `true`, `503/42`.
    public var text: String {
      switch self {
      case .number(let number): String(number)
      case .flag(let flag): String(flag)
      case .answer(let answer): "\(answer.status)/\(answer.cause)"
      case .registration(let excess): excess.rawValue
      }
    }
  }

  /// Where a setting stands, and which values it takes.
  public enum Kind {
    case number(WritableKeyPath<ApplianceSettings, Int>, ClosedRange<Int>)
    case flag(WritableKeyPath<ApplianceSettings, Bool>)
    case answer(WritableKeyPath<ApplianceSettings, RefusalAnswer>)
    case registration(WritableKeyPath<ApplianceSettings, ExcessRegistration>)
  }

  /// Days, as the longest time that makes sense for any of them, in seconds.
  private static let timeRange = 0...604_800

  /// Ranges are bounds against slips, not limits of any appliance.
  public var kind: Kind {
    switch self {
    case .concurrentRegistrations: .number(\.concurrentRegistrations, 1...100)
    case .countsUnansweredRegister: .flag(\.countsUnansweredRegister)
    case .looksUpOutboundCalls: .flag(\.looksUpOutboundCalls)
    case .logsCallsOfUnknownNumbers: .flag(\.logsCallsOfUnknownNumbers)
    case .keepsCallsOverCRMChange: .flag(\.keepsCallsOverCRMChange)
    case .callLogStoreMax: .number(\.callLogStoreMax, 1...1_000_000)
    case .callLogsOnTheirWayMax: .number(\.callLogsOnTheirWayMax, 1...1000)
    case .callLogRetrySeconds: .number(\.callLogRetrySeconds, 1...86_400)
    case .callLogRetrySecondsMax: .number(\.callLogRetrySecondsMax, 1...86_400)
    case .callLogAttemptsMax: .number(\.callLogAttemptsMax, 1...100_000)
    case .bootSeconds: .number(\.bootSeconds, 0...86_400)
    case .bytesPerCDRRow: .number(\.bytesPerCDRRow, 1...1_000_000)
    case .recordingBytesPerSecond: .number(\.recordingBytesPerSecond, 1...10_000_000)
    case .diskUsageAlertPercent: .number(\.diskUsageAlertPercent, 1...100)
    case .diskUsageRestorePercent: .number(\.diskUsageRestorePercent, 1...100)
    case .ringTimeoutSeconds: .number(\.ringTimeoutSeconds, 3...600)
    case .whenRegistrationsExceed: .registration(\.whenRegistrationsExceed)
    case .channelsPerDigitalPort: .number(\.channelsPerDigitalPort, 1...31)
    case .callLimitAnswer: .answer(\.callLimitAnswer)
    case .encryptedCallLimitAnswer: .answer(\.encryptedCallLimitAnswer)
    case .conferenceLimitAnswer: .answer(\.conferenceLimitAnswer)
    case .remoteCallLimitAnswer: .answer(\.remoteCallLimitAnswer)
    case .trunkLimitAnswer: .answer(\.trunkLimitAnswer)
    case .unreachableAnswer: .answer(\.unreachableAnswer)
    case .mailboxSeconds: .number(\.mailboxSeconds, Self.timeRange)
    case .retrySeconds: .number(\.retrySeconds, Self.timeRange)
    case .alertQuietSeconds: .number(\.alertQuietSeconds, Self.timeRange)
    }
  }
}

extension ApplianceSettings {
  /// What a setting is.
  public subscript(setting: ApplianceSetting) -> ApplianceSetting.Value {
    switch setting.kind {
    case .number(let path, _): .number(self[keyPath: path])
    case .flag(let path): .flag(self[keyPath: path])
    case .answer(let path): .answer(self[keyPath: path])
    case .registration(let path): .registration(self[keyPath: path])
    }
  }

  /// Those that are not at their default, in the order of `ApplianceSetting`.
  public var changed: [(setting: ApplianceSetting, value: ApplianceSetting.Value)] {
    let usual = ApplianceSettings()
    return ApplianceSetting.allCases.compactMap { self[$0] == usual[$0] ? nil : ($0, self[$0]) }
  }
}
