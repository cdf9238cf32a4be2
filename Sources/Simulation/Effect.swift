public import CRMConnectors
public import PBXModel
public import Primitives

/// What the appliance wants done. The modules do nothing themselves.
public enum Effect: Hashable, Sendable {
  /// Send a request to the CRM; its answer comes back through `Appliance.receive(_:to:at:effects:)`.
  case askCRM(CRMEnvelope)
  /// The rows of an ended call are durable.
  case writeCDR(CDRDraft)
  /// The cleaner ran: rows it takes away are gone.
  case cleanCDR(CDRCleaning, at: Instant)
  /// Whatever is on its way to or from the CRM never arrives.
  case dropCRMConnections
  /// Tell whoever reads the run; changes nothing.
  case journal(JournalEntry)
}

/// A CRM request and the connector it came from.
public struct CRMEnvelope: Hashable, Sendable {
  /// Position of the connector among `CRMConfiguration.clients`, from 0; or `byHand`.
  public let connector: Int
  /// The call it is about; nil for a token, which serves all.
  public let call: Call.ID?
  /// The request as the connector made it.
  public let request: CRMRequest

  /// Stands in place of a connector where a request is sent by hand.
  public static let byHand = -1

  /// Takes all as they are.
  public init(connector: Int, call: Call.ID?, request: CRMRequest) {
    self.connector = connector
    self.call = call
    self.request = request
  }
}

/// One line of `events.jsonl`.
public struct JournalEntry: Hashable, Sendable {
  /// When it happened, on the trace's clock; a binding's end stands at its own time, not that of the message after it.
  public let time: Instant
  /// What the appliance did then.
  public let event: JournalEvent

  /// Takes both as they are.
  public init(time: Instant, event: JournalEvent) {
    self.time = time
    self.event = event
  }
}

/// What the appliance did, for whoever reads the run.
public enum JournalEvent: Hashable, Sendable {
  /// A contact was bound to an extension for so many seconds, or again (`isRefresh`).
  case registered(number: String, contact: String, expiresSeconds: UInt32, isRefresh: Bool)
  /// A contact is no longer bound to an extension.
  case unregistered(number: String, contact: String, reason: UnregisterReason)
  /// A REGISTER was refused with this SIP status.
  case registrationRefused(number: String, reason: RegistrationRefusal, status: Int)
  /// What the appliance shows of an extension is another state than before.
  case extensionState(number: String, state: ExtensionState)
  /// A call took a place among the model's; `start` and `caller` make its rows' session, `callee` is what was dialled.
  case callStarted(call: Call.ID, start: Instant, caller: String, callee: String)
  /// A call was refused with this SIP status and Q.850 cause; all `limit` places of `reason` were taken.
  case callRefused(
    call: Call.ID, start: Instant, caller: String, callee: String, reason: CallRefusal, limit: Int, inUse: Int,
    status: Int, cause: Int)
  /// The recorded box dialled this party, and the model does not.
  case legNotDialled(call: Call.ID, to: String, reason: CallRefusal)
  /// A call left over another trunk of its route, because the first could take none.
  case failedOver(call: Call.ID, from: String, to: String)
  /// A call was to be recorded, and the model records as many as it can.
  case callNotRecorded(call: Call.ID)
  /// A call seems to be the next try of one that was refused a short while ago; it is judged on its own.
  case callRetried(call: Call.ID, of: Call.ID)
  /// Nobody can say how the call would have gone on here; it is over for this run.
  case outcomeUnknown(call: Call.ID, outcome: UnknownOutcome)
  /// A callee answered: an extension, or the number dialled over a trunk.
  case callAnswered(call: Call.ID, by: String)
  /// A call became a part of another, which has the rows of both.
  case callJoined(call: Call.ID, into: Call.ID)
  /// Somebody came into a call that was up: by a transfer, out of the parking lot, or as a pick-up.
  case callTransferred(call: Call.ID, to: String)
  /// A call is over and has given its place back; the rows follow.
  case callEnded(
    call: Call.ID, direction: CallDirection, disposition: Disposition, durationSeconds: Int64, billsecSeconds: Int64)
  /// The call ran when the trace began; a row would need a start nobody saw.
  case callWithoutRow(call: Call.ID)
  /// A phone shows a name the CRM gave for its caller.
  case display(call: Call.ID, number: String, name: String)
  /// Apply Changes of the CRM pages: from here on this system is asked, these tables in this order, for these
  /// extensions; no system for none at all.
  case crmSettingsApplied(system: CRMSystem?, lookups: [CRMTable], addsTo: CRMTable?, extensions: [String])
  /// The login status of these extensions' users is another than before.
  case crmLogin(extensions: [String], status: LoginStatus)
  /// The CRM was asked for a number, with this outcome.
  case crmLookup(call: Call.ID, number: String, outcome: LookupOutcome)
  /// The CRM was to record a call, with this outcome.
  case crmLog(call: Call.ID, outcome: CallLogOutcome)
  /// A call that was kept to be recorded later is kept no more.
  case crmLogLost(call: Call.ID, loss: CallLogLoss)
  /// The appliance would list this under Maintenance > System Events.
  case systemEvent(SystemEvent)
  /// The power failed: so many calls were up, extensions registered, rows gathered and call logs not recorded.
  case powerCut(calls: Int, extensions: Int, rows: Int, callLogs: Int)
  /// The appliance is up again after a power failure.
  case booted
  /// There was no room for a call's rows.
  case rowsNotStored(call: Call.ID, rows: Int, RowLoss)
  /// The cleaner took rows away.
  case cdrCleaned(rows: Int)
}

/// Why a contact is no longer bound. The raw value is what `events.jsonl` says.
public enum UnregisterReason: String, Hashable, Sendable, CaseIterable {
  /// The phone took it back, with 0 seconds or `Contact: *`.
  case removed
  /// Its time was up without a refresh.
  case expired
  /// A newer one took its place.
  case displaced
}

/// Why a REGISTER was refused. The raw value is what `events.jsonl` says.
public enum RegistrationRefusal: String, Hashable, Sendable, CaseIterable {
  /// More bindings than the extension may have.
  case concurrentRegistrations
  /// More extensions than the model has users.
  case users
  /// More extensions outside the site's networks than the plan has remote users.
  case remoteUsers
  /// The recorded box refused it.
  case asRecorded
}

/// Why a kept call will not be recorded. The raw value is what `events.jsonl` says.
public enum CallLogLoss: String, Hashable, Sendable, CaseIterable {
  /// The store was full, and this was the oldest in it.
  case storeFull
  /// The run ended before the CRM took it.
  case unsentAtEnd
  /// The CRM pages were changed, and nobody is left to record it.
  case settingsChanged
}

/// How the users of some extensions stand with the CRM.
public struct CRMUserStanding: Hashable, Sendable {
  /// Extensions whose users share the credentials.
  public let extensions: [String]
  /// The last status shown.
  public var status: LoginStatus
}

/// As the appliance's API and GUI show an extension (reference section 4, observed).
public enum ExtensionState: String, Hashable, Sendable, CaseIterable {
  /// Registered or with an address in the site file, and in no call.
  case idle = "Idle"
  /// In a call, with room for another.
  case inUse = "InUse"
  /// In a call, and without call waiting.
  case busy = "Busy"
  /// Its phone rings.
  case ringing = "Ringing"
  /// Neither registered nor with an address in the site file, and in no call.
  case unavailable = "Unavailable"
}

/// An entry of Maintenance > System Events (names recalled, assumed).
public struct SystemEvent: Hashable, Sendable {
  /// Names of the events this simulation knows of the appliance's list (reference section 7, recalled).
  public enum Name: String, Hashable, Sendable, CaseIterable {
    /// A call could not be carried that did not come by a trunk, or a callee could not be dialled.
    case internalCallFailure = "SIP Internal Call Failure"
    /// A call that came by a trunk could not be carried, or the trunk has as many calls as its alert is set to.
    case trunkConcurrentCalls = "Trunk Concurrent Calls"
    /// A call could not leave by a trunk, or the trunk refused it.
    case outgoingCallFailure = "SIP Outgoing Call Through Trunk Failure"
    /// A trunk did not react to an INVITE.
    case peerTrunkStatus = "SIP Peer Trunk Status"
    /// An extension's last contact expired.
    case lostRegistration = "SIP Lost Registration"
    /// A REGISTER was refused.
    case registerFailed = "Register SIP Failed"
    /// The appliance booted.
    case systemReboot = "System Reboot"
    /// Much of the flash is in use.
    case diskUsage = "Disk Usage"
  }

  /// The entry's type, as the alert log shows it (reference section 7, documented).
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// It is raised, and stays so until it is restored.
    case generateAlert = "Generate Alert"
    /// What was raised is over.
    case restoreToNormal = "Restore to Normal"
  }

  /// The entry's name in the GUI.
  public let name: Name
  /// Whether it began or is over.
  public let kind: Kind
  /// The log line, without the caller's number.
  public let detail: String

  /// Takes all as they are.
  public init(name: Name, kind: Kind, detail: String) {
    self.name = name
    self.kind = kind
    self.detail = detail
  }
}
