public import Primitives

/// A rule of behaviour that no document settles. Each is a stated default; a run says which it leaned on.
///
/// `statement` says what is taken for true; each case says why that is open and, where one can, what settles it.
public enum Assumption: String, Hashable, Sendable, CaseIterable {
  /// Concurrent Registrations has no documented default (reference section 4); see
  /// `ApplianceSettings.concurrentRegistrations`.
  case concurrentRegistrationsDefault
  /// Asterisk can drop the oldest contact instead; which of them the appliance does was not found (reference section
  /// 2).
  case excessRegistrationIsRefused
  /// No source says what a registration over the model's users gets (reference section 2).
  case userLimitRefusesRegistration
  /// Asterisk's `maxcalls` path; the vendor may have another (reference section 2).
  case callLimitCountsCallerLegs
  /// The trace shows what another box did after it carried the call; a caller might have tried again here.
  case refusedCallHasNoSequel
  /// The capture may have missed the response, or there was none; see `ApplianceSettings.countsUnansweredRegister`.
  case unansweredRegisterCounts
  /// Trunks can call from short numbers; a site file settles it.
  case partyByNumberLength
  /// A proxy or another PBX may look more like one; `--pbx` or a site file settles it.
  case pbxInferred
  /// When the appliance looks a caller up, and how often, was not found (reference section 6.1).
  case crmLookupOncePerCall
  /// Seen in the vendor's softphone, not in the appliance (reference section 6.2); see
  /// `ApplianceSettings.looksUpOutboundCalls`.
  case crmOutboundLookup
  /// The vendor's softphone does not log them (reference section 6.2); see
  /// `ApplianceSettings.logsCallsOfUnknownNumbers`.
  case crmLogsUnknownNumbers
  /// What the appliance does with a call log during an outage was not found; see `ApplianceSettings.callLogStoreMax`.
  case crmKeepsCallLogs
  /// What becomes of calls and of the appliance's store when the CRM pages change was not found; see
  /// `ApplianceSettings.keepsCallsOverCRMChange`.
  case crmChangeKeepsCalls
  /// A real CRM's answers take longer at times and may never come.
  case crmLatency
  /// What the appliance calls a record it adds was not found (reference section 6.1).
  case crmNewRecordIsNamedByNumber
  /// How the CRM compares the digits of two spellings is not documented.
  case crmPhoneMatch
  /// That the appliance asks as the vendor's softphone add-ins do is not known; the site file's `crm.numbers.manner`
  /// says so.
  case crmAsksAsVendorAddIn
  /// Where the appliance's own pop-up leads was not found (reference section 6.1); the web interface of `ucmsim serve`
  /// alone leans on it.
  case contactPageAsVendorAddIn
  /// A trace does not say what the appliance's clock shows; a site file does.
  case timeZoneIsUTC
  /// Of the appliance's rows after a transfer, from the parking lot and of pick-ups, only a few were seen (reference
  /// section 5.2); they are built as Asterisk builds its own.
  case rowsAfterTransferAreAsterisks
  /// Of the type's names `DIAL`, `VM`, `TRANSFER`, `PARKEDCALL`, `IVR[…]` and `RINGGROUP[…]` were seen; the page lists
  /// others by their titles (reference section 5.1).
  case actionTypesByTitle
  /// Families write 22, 32 or 43 columns (reference section 5.1), and the profile does not say which.
  case cdrSchemaUnknown
  /// Of the type's names in 2013 only `EXT` was seen (reference section 5.1).
  case callTypesOf2013
  /// A trace shows little of what the 63xx writes in its own eleven columns (reference section 5.1).
  case columnsOfThe63xx
  /// Both contexts occur in real rows; the rule between them is inferred (reference section 5.1).
  case dcontextOfInboundCall
  /// A trace does not show the route; the site file's outbound routes do.
  case outboundRouteUnknown
  /// It could have been a mailbox, a menu, a queue or a conference; the site file says which numbers are.
  case answeredByPBXItself
  /// Menus were observed on a 62xx, ring groups on a 63xx (reference section 5.2).
  case entranceHasItsRow
  /// `Busy` occurs among the states of real units; when they show it was not found (reference section 4).
  case busyWithoutCallWaiting
  /// The capture missed the callee's BYE, or the callee was gone.
  case callEndedWithoutBye
  /// The list of alert events was not seen (reference section 7).
  case systemEventNames
  /// Asterisk can keep contacts in its database; whether the appliance does, and where it keeps call logs that the CRM
  /// did not take, was not found.
  case memoryIsLostWithPower
  /// How long a boot takes was not found; see `ApplianceSettings.bootSeconds`.
  case bootTakesTime
  /// What a full flash does to rows was not found (reference section 2 has its status code alone).
  case fullFlashLosesRows
  /// Thresholds of the event are settings of the appliance whose defaults were not seen (reference section 7); see
  /// `ApplianceSettings.diskUsageAlertPercent`.
  case diskUsageThresholds
  /// No source says when an event about a failed call or a trunk's calls ends (reference section 7); see
  /// `ApplianceSettings.alertQuietSeconds`.
  case systemEventsEndAfterQuiet
  /// No source gives the caps, nor what a call over them gets (reference section 1); see
  /// `ApplianceSettings.encryptedCallLimitAnswer`.
  case encryptedCallLimitIsACallLimit
  /// Asterisk's own conferences answer and say that they are full; no source says what the appliance does, whose limits
  /// are over all rooms; see `ApplianceSettings.conferenceLimitAnswer`.
  case conferenceLimitRefusesCall
  /// No source says what a party over the limit sees.
  case partyOverVideoLimitIsHeard
  /// No source says what becomes of a call that finds no place to be recorded.
  case callOverRecordingLimitGoesOn
  /// The plans' caps are a reseller's (reference section 1), and nobody says what a call or REGISTER over them gets;
  /// see `ApplianceSettings.remoteCallLimitAnswer`.
  case planLimitRefuses
  /// That failover trunks come next is recalled, and what the last failure looks like is not known (reference section
  /// 2); see `ApplianceSettings.trunkLimitAnswer`.
  case trunkLimitRefusesCall
  /// The trace does not show what the other carrier would have made of the call.
  case failoverTrunkCarriesAsRecorded
  /// A REGISTER refused here was accepted on the recorded box, so that its calls had a phone to ring; Asterisk's Dial
  /// passes over a phone without a contact (CHANUNAVAIL); see `ApplianceSettings.unreachableAnswer`.
  case absentPhoneIsNotDialled
  /// What the caller would have told the mailbox the trace does not show; see `ApplianceSettings.mailboxSeconds`.
  case mailboxTakesCallOfAbsentPhone
  /// Others might have answered a moment later, or nobody.
  case unknownOutcomeEndsCall
  /// It could be a new call; see `ApplianceSettings.retrySeconds`.
  case sameNumbersAreRetry
  /// The vendor's manuals name the codes as examples, and an office may have others; a site file's `featureCodes` say
  /// so.
  case agentCodes

  /// What is taken for true, in one sentence.
  public var statement: String {
    switch self {
    case .concurrentRegistrationsDefault:
      "an extension may have 3 bindings where the site file does not say (recalled GUI default)"
    case .excessRegistrationIsRefused:
      "a binding over the extension's limit is refused with 403; the oldest is not dropped"
    case .userLimitRefusesRegistration:
      "a registration of one extension more than the model's users is refused with 403"
    case .callLimitCountsCallerLegs: "the call limit counts callers' legs; a call over it gets 503, cause 42"
    case .refusedCallHasNoSequel:
      "what the trace shows after a refused call (its other legs, the caller's reaction) did not happen here"
    case .unansweredRegisterCounts: "a REGISTER without a response in the trace was accepted if it carried credentials"
    case .partyByNumberLength:
      "without a site file a party whose number has 2 to 6 digits is an extension, any other a trunk"
    case .pbxInferred: "the PBX is the address that behaves most like one"
    case .crmLookupOncePerCall: "a caller is looked up once per call, when the first phone of a user with CRM rings"
    case .crmOutboundLookup: "the callee of an outbound call is looked up, and never added"
    case .crmLogsUnknownNumbers: "a call of a number that is not in the CRM is logged without a contact"
    case .crmKeepsCallLogs: "a call log that the CRM does not take is kept and sent again later, in order"
    case .crmChangeKeepsCalls:
      "when the CRM pages change, every session ends; calls up and call logs not taken yet go on with the new settings "
        + "of the same system, and with another system they are not recorded"
    case .crmNewRecordIsNamedByNumber: "an unknown caller is added with the number as name"
    case .crmPhoneMatch: "the CRM finds a record whose phone number holds the digits asked for"
    case .crmAsksAsVendorAddIn:
      "whatever a caller shows is asked for as the vendor's softphone add-ins ask, and the first hit is believed"
    case .contactPageAsVendorAddIn:
      "the call pop-up leads to a contact's page at the address that the vendor's softphone add-ins open"
    case .cdrSchemaUnknown: "rows have the 32 columns of the 62xx and 6510"
    case .callTypesOf2013: "a call between extensions is EXT in userfield; other types have the names of later firmware"
    case .columnsOfThe63xx:
      "the columns of the 63xx tell what phones said of themselves when they registered, and video by the SDP offered; "
        + "what a trace does not show is no or empty"
    case .timeZoneIsUTC: "without a site file the appliance's clock shows UTC"
    case .crmLatency: "every answer of the in-process CRM takes the same time"
    case .actionTypesByTitle:
      "action types nobody has seen are the page's titles in capitals: QUEUE[…], CONFERENCE[…], CALLFORWARD, PAGE …"
    case .rowsAfterTransferAreAsterisks:
      "rows of transfers, parking and pick-ups begin and end as Asterisk's do, with the appliance's action types"
    case .dcontextOfInboundCall: "dcontext is from-did-direct where a DID leads to an extension, else ext-did-<trunk>"
    case .outboundRouteUnknown: "an outbound call without a matching route in the site file used route 1"
    case .answeredByPBXItself:
      "a call the PBX answered itself, with nothing in the site file to say how, played an announcement"
    case .entranceHasItsRow:
      "a menu's or ring group's own row has its number as dst, and every family writes it (seen on one of each)"
    case .busyWithoutCallWaiting: "an extension without call waiting is Busy while in a call"
    case .callEndedWithoutBye: "a callee whose BYE the trace lacks hung up with the caller"
    case .systemEventNames: "system events carry the names recalled from the GUI"
    case .memoryIsLostWithPower:
      "bindings, running calls, CRM sessions and unsent call logs do not outlive a power failure"
    case .bootTakesTime: "nothing that comes while the appliance boots is answered"
    case .fullFlashLosesRows: "calls go on when there is no room for their rows, which are lost"
    case .diskUsageThresholds:
      "Disk Usage is raised at one share of the flash in use and restored below a lower one"
    case .systemEventsEndAfterQuiet:
      "a system event about calls is restored when its cause has not come back for a minute"
    case .encryptedCallLimitIsACallLimit:
      "a call over the limit of encrypted calls is refused like one over that of calls"
    case .conferenceLimitRefusesCall:
      "a party over the limit of conference seats or rooms is refused with 503, cause 34"
    case .partyOverVideoLimitIsHeard: "a party over the limit of video participants is in the conference without video"
    case .callOverRecordingLimitGoesOn: "a call that finds no place to be recorded goes on unrecorded"
    case .planLimitRefuses: "a plan's limit of remote users refuses with 403, that of remote calls with 503"
    case .trunkLimitRefusesCall:
      "a call that no trunk of its route can take, or that comes in over a trunk's cap, gets 503, cause 34"
    case .failoverTrunkCarriesAsRecorded: "a failover trunk carries a call exactly as the recorded trunk did"
    case .absentPhoneIsNotDialled:
      "an extension whose REGISTER was refused here is passed over; a call for it alone gets 480, cause 20"
    case .mailboxTakesCallOfAbsentPhone: "its mailbox, if it has one, answers at once, and the caller leaves no message"
    case .unknownOutcomeEndsCall: "a call whose answering party is missing here is over when that party answered"
    case .sameNumbersAreRetry:
      "a call from and to the numbers of one refused less than a minute ago is that caller's next try"
    case .agentCodes:
      "where the site file has no codes for agents of queues, *83 pauses, *84 takes it back, and a queue's number logs "
        + "in with * and out with ** behind it"
    }
  }

  /// How well the rule is founded: upstream where Asterisk's code speaks for it, else assumed.
  public var certainty: Certainty {
    switch self {
    case .excessRegistrationIsRefused, .callLimitCountsCallerLegs, .rowsAfterTransferAreAsterisks,
      .absentPhoneIsNotDialled:
      .upstream
    case .concurrentRegistrationsDefault, .userLimitRefusesRegistration, .refusedCallHasNoSequel,
      .unansweredRegisterCounts, .partyByNumberLength, .pbxInferred, .crmLookupOncePerCall, .crmOutboundLookup,
      .crmLogsUnknownNumbers, .crmKeepsCallLogs, .crmChangeKeepsCalls, .crmLatency, .crmNewRecordIsNamedByNumber,
      .crmPhoneMatch,
      .crmAsksAsVendorAddIn, .contactPageAsVendorAddIn,
      .timeZoneIsUTC, .actionTypesByTitle, .cdrSchemaUnknown, .callTypesOf2013, .columnsOfThe63xx,
      .dcontextOfInboundCall,
      .outboundRouteUnknown, .answeredByPBXItself,
      .entranceHasItsRow,
      .busyWithoutCallWaiting, .callEndedWithoutBye, .systemEventNames, .memoryIsLostWithPower, .bootTakesTime,
      .fullFlashLosesRows, .diskUsageThresholds, .systemEventsEndAfterQuiet,
      .encryptedCallLimitIsACallLimit, .conferenceLimitRefusesCall, .partyOverVideoLimitIsHeard,
      .callOverRecordingLimitGoesOn, .planLimitRefuses, .trunkLimitRefusesCall, .failoverTrunkCarriesAsRecorded,
      .mailboxTakesCallOfAbsentPhone, .unknownOutcomeEndsCall, .sameNumbersAreRetry, .agentCodes:
      .assumed
    }
  }
}

extension Assumption {
  /// Its place in `allCases`: a case without a payload is stored as that number.
  var place: Int { withUnsafeBytes(of: self) { Int($0[0]) } }
}
