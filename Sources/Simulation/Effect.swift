public import CRMConnectors
public import PBXModel
public import Primitives

/// What the appliance wants done. The modules do nothing themselves.
public enum Effect: Hashable, Sendable {
  /// Send a request to the CRM; its answer comes back through `Appliance.receive(_:to:at:effects:)`.
  case askCRM(CRMEnvelope)
  /// The rows of an ended call.
  case writeCDR(CDRSession)
  case journal(JournalEntry)
}

/// A CRM request and the connector it came from.
public struct CRMEnvelope: Hashable, Sendable {
  public let connector: Int
  public let request: CRMRequest
}

/// One line of `events.jsonl`.
public struct JournalEntry: Hashable, Sendable {
  public let time: Instant
  public let event: JournalEvent

  public init(time: Instant, event: JournalEvent) {
    self.time = time
    self.event = event
  }
}

/// What the appliance did, for whoever reads the run.
public enum JournalEvent: Hashable, Sendable {
  case registered(number: String, contact: String, expiresSeconds: UInt32, isRefresh: Bool)
  case unregistered(number: String, contact: String, reason: UnregisterReason)
  case registrationRefused(number: String, reason: RegistrationRefusal, status: Int)
  case extensionState(number: String, state: ExtensionState)
  case callStarted(call: Call.ID, caller: String, callee: String)
  case callRefused(call: Call.ID, limit: Int, inUse: Int, status: Int, cause: Int)
  case callAnswered(call: Call.ID, by: String)
  case callEnded(
    call: Call.ID, direction: CallDirection, disposition: Disposition, durationSeconds: Int64, billsecSeconds: Int64)
  /// The call ran when the trace began; a row would need a start nobody saw.
  case callWithoutRow(call: Call.ID)
  case display(call: Call.ID, number: String, name: String)
  case crmLogin(extensions: [String], status: LoginStatus)
  case crmLookup(call: Call.ID, number: String, outcome: LookupOutcome)
  case crmLog(call: Call.ID, outcome: CallLogOutcome)
  case systemEvent(SystemEvent)
}

public enum UnregisterReason: String, Hashable, Sendable, CaseIterable { case removed, expired }

public enum RegistrationRefusal: String, Hashable, Sendable, CaseIterable {
  /// More bindings than the extension may have.
  case concurrentRegistrations
  /// More extensions than the model has users.
  case users
  /// The recorded box refused it.
  case asRecorded
}

/// As the appliance's API and GUI show an extension (reference section 4, observed).
public enum ExtensionState: String, Hashable, Sendable, CaseIterable {
  case idle = "Idle"
  case inUse = "InUse"
  case busy = "Busy"
  case ringing = "Ringing"
  case unavailable = "Unavailable"
}

/// An entry of Maintenance > System Events (names recalled, assumed).
public struct SystemEvent: Hashable, Sendable {
  public enum Name: String, Hashable, Sendable, CaseIterable {
    case internalCallFailure = "SIP Internal Call Failure"
    case outgoingCallFailure = "SIP Outgoing Call Through Trunk Failure"
    case trunkConcurrentCalls = "Trunk Concurrent Calls"
    case lostRegistration = "SIP Lost Registration"
    case registerFailed = "Register SIP Failed"
  }

  public let name: Name
  /// The log line, without the caller's number.
  public let detail: String
}
