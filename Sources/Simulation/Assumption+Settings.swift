public import PBXModel

extension Assumption {
  /// The settings that say what becomes of it; none where there is no other behaviour to choose.
  public var settings: [ApplianceSetting] {
    switch self {
    case .concurrentRegistrationsDefault: [.concurrentRegistrations]
    case .excessRegistrationIsRefused: [.whenRegistrationsExceed]
    case .unansweredRegisterCounts: [.countsUnansweredRegister]
    case .callLimitCountsCallerLegs: [.callLimitAnswer]
    case .crmOutboundLookup: [.looksUpOutboundCalls]
    case .crmLogsUnknownNumbers: [.logsCallsOfUnknownNumbers]
    case .crmKeepsCallLogs:
      [.callLogStoreMax, .callLogsOnTheirWayMax, .callLogRetrySeconds, .callLogRetrySecondsMax, .callLogAttemptsMax]
    case .crmChangeKeepsCalls: [.keepsCallsOverCRMChange]
    case .bootTakesTime: [.bootSeconds]
    case .fullFlashLosesRows: [.bytesPerCDRRow, .recordingBytesPerSecond]
    case .diskUsageThresholds: [.diskUsageAlertPercent, .diskUsageRestorePercent]
    case .systemEventsEndAfterQuiet: [.alertQuietSeconds]
    case .encryptedCallLimitIsACallLimit: [.encryptedCallLimitAnswer]
    case .conferenceLimitRefusesCall: [.conferenceLimitAnswer]
    case .planLimitRefuses: [.remoteCallLimitAnswer]
    case .trunkLimitRefusesCall: [.trunkLimitAnswer]
    case .absentPhoneIsNotDialled: [.unreachableAnswer]
    case .mailboxTakesCallOfAbsentPhone: [.mailboxSeconds]
    case .sameNumbersAreRetry: [.retrySeconds]
    case .userLimitRefusesRegistration, .refusedCallHasNoSequel, .partyByNumberLength, .pbxInferred,
      .crmLookupOncePerCall, .crmLatency, .crmNewRecordIsNamedByNumber, .crmPhoneMatch, .crmAsksAsVendorAddIn,
      .contactPageAsVendorAddIn, .timeZoneIsUTC, .rowsAfterTransferAreAsterisks, .actionTypesByTitle,
      .cdrSchemaUnknown, .callTypesOf2013, .columnsOfThe63xx, .dcontextOfInboundCall, .outboundRouteUnknown,
      .answeredByPBXItself, .entranceHasItsRow,
      .busyWithoutCallWaiting, .callEndedWithoutBye, .systemEventNames, .memoryIsLostWithPower,
      .partyOverVideoLimitIsHeard, .callOverRecordingLimitGoesOn, .failoverTrunkCarriesAsRecorded,
      .unknownOutcomeEndsCall, .agentCodes:
      []
    }
  }

  /// `statement`, and behind it what the site file says otherwise.
  public func statement(under settings: ApplianceSettings) -> String {
    let changed = settings.changed.filter { self.settings.contains($0.setting) }
    guard !changed.isEmpty else { return statement }
    return statement + "; here "
      + changed.map { "\($0.setting.rawValue) is \($0.value.text)" }.joined(separator: ", ")
  }
}
