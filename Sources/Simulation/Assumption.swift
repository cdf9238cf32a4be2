public import Primitives

/// A rule of behaviour that no document settles. Each is a stated default; a run says which it leaned on.
public enum Assumption: String, Hashable, Sendable, CaseIterable {
  case concurrentRegistrationsDefault
  case excessRegistrationIsRefused
  case userLimitRefusesRegistration
  case callLimitCountsCallerLegs
  case refusedCallHasNoSequel
  case unansweredRegisterCounts
  case partyByNumberLength
  case pbxInferred
  case crmLookupOncePerCall
  case crmOutboundLookup
  case crmLogsUnknownNumbers
  case crmLatency
  case crmNewRecordIsNamedByNumber
  case crmPhoneMatch
  case timeZoneIsUTC
  case dcontextOfInboundCall
  case outboundRouteUnknown
  case answeredByPBXItself
  case entranceHasItsRow
  case busyWithoutCallWaiting
  case callEndedWithoutBye
  case systemEventNames

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
    case .crmNewRecordIsNamedByNumber: "an unknown caller is added with the number as name"
    case .crmPhoneMatch: "the CRM finds a record whose phone number holds the digits asked for"
    case .timeZoneIsUTC: "without a site file the appliance's clock shows UTC"
    case .crmLatency: "every answer of the in-process CRM takes the same time"
    case .dcontextOfInboundCall: "dcontext is from-did-direct where a DID leads to an extension, else ext-did-<trunk>"
    case .outboundRouteUnknown: "an outbound call without a matching route in the site file used route 1"
    case .answeredByPBXItself:
      "a call the PBX answered itself, with nothing in the site file to say how, played an announcement"
    case .entranceHasItsRow:
      "a menu's or ring group's own row has its number as dst, and every family writes it (seen on one of each)"
    case .busyWithoutCallWaiting: "an extension without call waiting is Busy while in a call"
    case .callEndedWithoutBye: "a callee whose BYE the trace lacks hung up with the caller"
    case .systemEventNames: "system events carry the names recalled from the GUI"
    }
  }

  /// How well the rule is founded: upstream where Asterisk's code speaks for it, else assumed.
  public var certainty: Certainty {
    switch self {
    case .excessRegistrationIsRefused, .callLimitCountsCallerLegs: .upstream
    case .concurrentRegistrationsDefault, .userLimitRefusesRegistration, .refusedCallHasNoSequel,
      .unansweredRegisterCounts, .partyByNumberLength, .pbxInferred, .crmLookupOncePerCall, .crmOutboundLookup,
      .crmLogsUnknownNumbers, .crmLatency, .crmNewRecordIsNamedByNumber, .crmPhoneMatch,
      .timeZoneIsUTC, .dcontextOfInboundCall, .outboundRouteUnknown, .answeredByPBXItself,
      .entranceHasItsRow,
      .busyWithoutCallWaiting, .callEndedWithoutBye, .systemEventNames:
      .assumed
    }
  }
}

/// Settings behind the assumptions, with their defaults.
public struct ApplianceSettings: Hashable, Sendable {
  /// See `Assumption.concurrentRegistrationsDefault`.
  public var concurrentRegistrations = 3
  /// See `Assumption.unansweredRegisterCounts`.
  public var countsUnansweredRegister = true
  /// See `Assumption.crmOutboundLookup`.
  public var looksUpOutboundCalls = true
  /// See `Assumption.crmLogsUnknownNumbers`.
  public var logsCallsOfUnknownNumbers = true
  /// Seconds a phone rings, as the dial strings of real rows show (observed, G2).
  public var ringTimeoutSeconds = 60

  /// Every setting at its default.
  public init() {}
}
