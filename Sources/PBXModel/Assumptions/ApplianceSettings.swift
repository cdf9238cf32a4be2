/// What the appliance does where no document settles it: the settings behind `Assumption`, with their defaults.
public struct ApplianceSettings: Hashable, Sendable {
  /// See `Assumption.concurrentRegistrationsDefault`.
  public var concurrentRegistrations = 3
  /// See `Assumption.unansweredRegisterCounts`.
  public var countsUnansweredRegister = true
  /// See `Assumption.crmOutboundLookup`.
  public var looksUpOutboundCalls = true
  /// See `Assumption.crmLogsUnknownNumbers`.
  public var logsCallsOfUnknownNumbers = true
  /// Whether calls that are up and call logs not taken yet outlive a change of the CRM pages that leaves the system as
  /// it is; see `Assumption.crmChangeKeepsCalls`.
  public var keepsCallsOverCRMChange = true
  /// Calls kept for each CRM client while it does not take their logs; the oldest makes room (assumed).
  public var callLogStoreMax = 1000
  /// Call logs of one client on their way at once (assumed).
  public var callLogsOnTheirWayMax = 8
  /// From the first failure to the next try; doubles with each further failure (assumed).
  public var callLogRetrySeconds = 30
  /// The longest wait between two tries (assumed).
  public var callLogRetrySecondsMax = 900
  /// Tries of one call log before it counts as failed (assumed): with the longest wait between them about two days, so
  /// that a day without requests, as Salesforce's limit makes it, loses none.
  public var callLogAttemptsMax = 200
  /// From a power failure until calls and REGISTERs are answered again (assumed).
  public var bootSeconds = 120
  /// Bytes one CDR row takes on the flash, indexes included (measured on this program's own tables; assumed).
  public var bytesPerCDRRow = 600
  /// Bytes one second of a recording takes: 489,324 for 31 s (observed, G1).
  public var recordingBytesPerSecond = 15_785
  /// Whole percent of the flash in use at which Disk Usage is raised (assumed).
  public var diskUsageAlertPercent = 80
  /// Whole percent below which it is restored (assumed).
  public var diskUsageRestorePercent = 75
  /// Seconds a phone rings, as the dial strings of real rows show (observed, G2).
  public var ringTimeoutSeconds = 60

  /// See `Assumption.excessRegistrationIsRefused`; the site file's own setting goes before it.
  public var whenRegistrationsExceed = ExcessRegistration.reject
  /// Calls one digital port carries where the site file does not say: an E1's (ITU-T G.704).
  public var channelsPerDigitalPort = 30
  /// See `Assumption.callLimitCountsCallerLegs`.
  public var callLimitAnswer = RefusalAnswer(status: 503, cause: 42)
  /// See `Assumption.encryptedCallLimitIsACallLimit`.
  public var encryptedCallLimitAnswer = RefusalAnswer(status: 503, cause: 42)
  /// See `Assumption.conferenceLimitRefusesCall`.
  public var conferenceLimitAnswer = RefusalAnswer(status: 503, cause: 34)
  /// See `Assumption.planLimitRefuses`.
  public var remoteCallLimitAnswer = RefusalAnswer(status: 503, cause: 42)
  /// See `Assumption.trunkLimitRefusesCall`.
  public var trunkLimitAnswer = RefusalAnswer(status: 503, cause: 34)
  /// See `Assumption.absentPhoneIsNotDialled`.
  public var unreachableAnswer = RefusalAnswer(status: 480, cause: 20)
  /// Seconds a caller stays with the mailbox of an extension that is missing here; see
  /// `Assumption.mailboxTakesCallOfAbsentPhone`.
  public var mailboxSeconds = 0
  /// See `Assumption.sameNumbersAreRetry`.
  public var retrySeconds = 60
  /// See `Assumption.systemEventsEndAfterQuiet`.
  public var alertQuietSeconds = 60

  /// Every setting at its default.
  public init() {}
}
