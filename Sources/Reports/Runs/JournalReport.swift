import CRMConnectors
import JSON
import PBXModel
import Primitives
public import Simulation

/// One line of `events.jsonl`.
///
/// Written straight into the file's bytes: a call has half a dozen of them, and a tree of values for each would cost as
/// much as the simulation of the call.
public enum JournalReport {
  /// Appends `{"time":…,"event":…, …}` and a line end; the members after `event` depend on it.
  public static func append(_ entry: JournalEntry, to bytes: inout [UInt8]) {
    bytes.append(atMost: plainBytesMax + JSONText.bytesMax(of: textBytes(of: entry.event))) { cursor in
      cursor.put("{\"time\":" as StaticString)
      cursor.put(seconds: entry.time)
      put(entry.event, into: &cursor)
      cursor.put("}\n" as StaticString)
    }
  }

  /// Bytes that a line without the texts of its event is not longer than: names, numbers, and words of our own.
  private static let plainBytesMax = 512

  /// Bytes of the texts that come from outside; an element of a list counts one more, for its quotes and comma.
  private static func textBytes(of event: JournalEvent) -> Int {
    switch event {
    case .registered(let number, let contact, _, _), .unregistered(let number, let contact, _):
      number.utf8.count + contact.utf8.count
    case .registrationRefused(let number, _, _), .extensionState(let number, _), .callAnswered(_, let number):
      number.utf8.count
    case .callStarted(_, _, let caller, let callee): caller.utf8.count + callee.utf8.count
    case .callRefused(_, _, let caller, let callee, let reason, _, _, _, _):
      caller.utf8.count + callee.utf8.count + (reason.subject?.utf8.count ?? 0)
    case .legNotDialled(_, let number, let reason): number.utf8.count + (reason.subject?.utf8.count ?? 0)
    case .failedOver(_, let from, let to): from.utf8.count + to.utf8.count
    case .callEnded, .callWithoutRow, .callJoined, .callNotRecorded, .callRetried, .outcomeUnknown: 0
    case .callTransferred(_, let number): number.utf8.count
    case .display(_, let number, let name): number.utf8.count + name.utf8.count
    case .crmLogin(let extensions, let status):
      extensions.reduce(0) { $0 + $1.utf8.count + 1 } + textBytes(of: status)
    case .crmLookup(_, let number, let outcome): number.utf8.count + textBytes(of: outcome)
    case .crmSettingsApplied(_, _, _, let extensions): extensions.reduce(0) { $0 + $1.utf8.count + 1 }
    case .crmLog(_, .logged(let id)): id.utf8.count
    case .crmLog(_, .failed(let failure)), .crmLog(_, .postponed(let failure, _)): textBytes(of: failure)
    case .crmLogLost: 0
    case .systemEvent(let event): event.detail.utf8.count
    case .powerCut, .booted, .rowsNotStored, .cdrCleaned: 0
    }
  }

  private static func textBytes(of outcome: LookupOutcome) -> Int {
    switch outcome {
    case .found(let record), .added(let record): record.id.utf8.count + record.name.utf8.count
    case .ambiguous(let record, _): record.map { $0.id.utf8.count + $0.name.utf8.count } ?? 0
    case .missed: 0
    case .failed(let failure): textBytes(of: failure)
    }
  }

  private static func textBytes(of status: LoginStatus) -> Int {
    switch status {
    case .loggedIn: 0
    case .loggedOut(let reason, let failure): reason.words.utf8.count + textBytes(of: failure)
    }
  }

  private static func textBytes(of failure: CRMFailure) -> Int { failure.code.utf8.count }

  private static func put(_ event: JournalEvent, into cursor: inout ByteCursor) {
    switch event {
    case .registered(let number, let contact, let seconds, let isRefresh):
      cursor.name("registered")
      cursor.member("extension", number)
      cursor.member("contact", contact)
      cursor.member("expires", Int64(seconds))
      cursor.member("refresh", isRefresh)
    case .unregistered(let number, let contact, let reason):
      cursor.name("unregistered")
      cursor.member("extension", number)
      cursor.member("contact", contact)
      cursor.member("reason", reason.rawValue)
    case .registrationRefused(let number, let reason, let status):
      cursor.name("registrationRefused")
      cursor.member("extension", number)
      cursor.member("reason", reason.rawValue)
      cursor.member("status", Int64(status))
    case .extensionState(let number, let state):
      cursor.name("extensionState")
      cursor.member("extension", number)
      cursor.member("state", state.rawValue)
    case .callStarted, .callAnswered, .callEnded, .callWithoutRow, .callJoined, .callTransferred, .display:
      putCall(event, into: &cursor)
    case .callRefused, .legNotDialled, .failedOver, .callNotRecorded, .callRetried, .outcomeUnknown:
      putShortage(event, into: &cursor)
    case .crmSettingsApplied, .crmLogin, .crmLookup, .crmLog, .crmLogLost: putCRM(event, into: &cursor)
    case .systemEvent(let event):
      cursor.name("systemEvent")
      cursor.member("name", event.name.rawValue)
      cursor.member("type", event.kind.rawValue)
      cursor.member("detail", event.detail)
    case .powerCut, .booted, .rowsNotStored, .cdrCleaned: putStorage(event, into: &cursor)
    }
  }

  private static func putStorage(_ event: JournalEvent, into cursor: inout ByteCursor) {
    switch event {
    case .powerCut(let calls, let extensions, let rows, let callLogs):
      cursor.name("powerCut")
      cursor.member("calls", Int64(calls))
      cursor.member("extensions", Int64(extensions))
      cursor.member("rows", Int64(rows))
      cursor.member("callLogs", Int64(callLogs))
    case .booted: cursor.name("booted")
    case .rowsNotStored(let call, let rows, let loss):
      cursor.name("rowsNotStored")
      cursor.member("call", call)
      cursor.member("rows", Int64(rows))
      cursor.member("reason", loss.rawValue)
    case .cdrCleaned(let rows):
      cursor.name("cdrCleaned")
      cursor.member("rows", Int64(rows))
    case .registered, .unregistered, .registrationRefused, .extensionState, .callStarted, .callRefused, .callAnswered,
      .callEnded, .callWithoutRow, .callJoined, .callTransferred, .legNotDialled, .failedOver, .callNotRecorded,
      .callRetried, .outcomeUnknown, .display, .crmSettingsApplied, .crmLogin, .crmLookup, .crmLog, .crmLogLost,
      .systemEvent:
      break
    }
  }

  private static func putCall(_ event: JournalEvent, into cursor: inout ByteCursor) {
    switch event {
    case .callStarted(let call, let start, let caller, let callee):
      cursor.name("callStarted")
      cursor.member("call", call)
      cursor.member("start", start)
      cursor.member("caller", caller)
      cursor.member("callee", callee)
    case .callAnswered(let call, let by):
      cursor.name("callAnswered")
      cursor.member("call", call)
      cursor.member("by", by)
    case .callEnded(let call, let direction, let disposition, let duration, let billsec):
      cursor.name("callEnded")
      cursor.member("call", call)
      cursor.member("direction", direction.rawValue)
      cursor.member("disposition", disposition.rawValue)
      cursor.member("duration", duration)
      cursor.member("billsec", billsec)
    case .callJoined(let call, let main):
      cursor.name("callJoined")
      cursor.member("call", call)
      cursor.member("into", main)
    case .callTransferred(let call, let number):
      cursor.name("callTransferred")
      cursor.member("call", call)
      cursor.member("to", number)
    case .callWithoutRow(let call):
      cursor.name("callWithoutRow")
      cursor.member("call", call)
      cursor.member("reason", "ran when the trace began")
    case .display(let call, let number, let name):
      cursor.name("display")
      cursor.member("call", call)
      cursor.member("extension", number)
      cursor.member("name", name)
    case .registered, .unregistered, .registrationRefused, .extensionState, .callRefused, .legNotDialled, .failedOver,
      .callNotRecorded, .callRetried, .outcomeUnknown, .crmSettingsApplied, .crmLogin, .crmLookup, .crmLog, .crmLogLost,
      .systemEvent,
      .powerCut,
      .booted, .rowsNotStored, .cdrCleaned:
      break
    }
  }

  /// What the model did otherwise than the recorded box, for want of something.
  private static func putShortage(_ event: JournalEvent, into cursor: inout ByteCursor) {
    switch event {
    case .callRefused(
      let call, let start, let caller, let callee, let reason, let limit, let inUse, let status, let cause):
      cursor.name("callRefused")
      cursor.member("call", call)
      cursor.member("start", start)
      cursor.member("caller", caller)
      cursor.member("callee", callee)
      cursor.member(reason)
      cursor.member("limit", Int64(limit))
      cursor.member("inUse", Int64(inUse))
      cursor.member("status", Int64(status))
      cursor.member("cause", Int64(cause))
    case .legNotDialled(let call, let number, let reason):
      cursor.name("legNotDialled")
      cursor.member("call", call)
      cursor.member("to", number)
      cursor.member(reason)
    case .failedOver(let call, let from, let to):
      cursor.name("failedOver")
      cursor.member("call", call)
      cursor.member("from", from)
      cursor.member("to", to)
    case .callNotRecorded(let call):
      cursor.name("callNotRecorded")
      cursor.member("call", call)
    case .callRetried(let call, let first):
      cursor.name("callRetried")
      cursor.member("call", call)
      cursor.member("retryOf", first)
    case .outcomeUnknown(let call, let outcome):
      cursor.name("outcomeUnknown")
      cursor.member("call", call)
      cursor.member("reason", outcome.rawValue)
    case .registered, .unregistered, .registrationRefused, .extensionState, .callStarted, .callAnswered, .callEnded,
      .callWithoutRow, .callJoined, .callTransferred, .display, .crmSettingsApplied, .crmLogin, .crmLookup, .crmLog,
      .crmLogLost,
      .systemEvent, .powerCut, .booted, .rowsNotStored, .cdrCleaned:
      break
    }
  }

  private static func putCRM(_ event: JournalEvent, into cursor: inout ByteCursor) {
    switch event {
    case .crmSettingsApplied(let system, let lookups, let addsTo, let extensions):
      cursor.name("crmSettingsApplied")
      cursor.member("system", system?.rawValue ?? "none")
      cursor.member("lookups", lookups.map(\.rawValue))
      cursor.member("addUnknownNumber", addsTo?.rawValue ?? "none")
      cursor.member("extensions", extensions)
    case .crmLogin(let extensions, let status):
      cursor.name("crmLogin")
      cursor.member("extensions", extensions)
      put(status, into: &cursor)
    case .crmLookup(let call, let number, let outcome):
      cursor.name("crmLookup")
      cursor.member("call", call)
      cursor.member("number", number)
      put(outcome, into: &cursor)
    case .crmLog(let call, let outcome):
      cursor.name("crmLog")
      cursor.member("call", call)
      put(outcome, into: &cursor)
    case .crmLogLost(let call, let loss):
      cursor.name("crmLogLost")
      cursor.member("call", call)
      cursor.member("reason", loss.rawValue)
    case .registered, .unregistered, .registrationRefused, .extensionState, .callStarted, .callRefused, .callAnswered,
      .callEnded, .callWithoutRow, .callJoined, .callTransferred, .legNotDialled, .failedOver, .callNotRecorded,
      .callRetried, .outcomeUnknown, .display, .systemEvent, .powerCut, .booted, .rowsNotStored, .cdrCleaned:
      break
    }
  }

  private static func put(_ status: LoginStatus, into cursor: inout ByteCursor) {
    switch status {
    case .loggedIn: cursor.member("status", "Logged In")
    case .loggedOut(let reason, let failure):
      cursor.member("status", "Logged Out")
      cursor.member("reason", reason.rawValue)
      cursor.member("words", reason.words)
      cursor.member("code", failure.code)
      cursor.member("httpStatus", failure.status.map(Int64.init))
    }
  }

  private static func put(_ outcome: LookupOutcome, into cursor: inout ByteCursor) {
    switch outcome {
    case .found(let record):
      cursor.member("outcome", "found")
      put(record, into: &cursor)
    case .added(let record):
      cursor.member("outcome", "added")
      put(record, into: &cursor)
    case .ambiguous(let record, let count):
      cursor.member("outcome", "ambiguous")
      cursor.member("matches", Int64(count))
      if let record { put(record, into: &cursor) }
    case .missed: cursor.member("outcome", "missed")
    case .failed(let failure):
      cursor.member("outcome", "failed")
      put(failure, into: &cursor)
    }
  }

  private static func put(_ outcome: CallLogOutcome, into cursor: inout ByteCursor) {
    switch outcome {
    case .logged(let id):
      cursor.member("outcome", "logged")
      cursor.member("record", id)
    case .failed(let failure):
      cursor.member("outcome", "failed")
      put(failure, into: &cursor)
    case .postponed(let failure, let mayExist):
      cursor.member("outcome", "postponed")
      put(failure, into: &cursor)
      cursor.member("mayExist", mayExist)
    }
  }

  private static func put(_ record: CRMRecordReference, into cursor: inout ByteCursor) {
    cursor.member("table", record.table.rawValue)
    cursor.member("record", record.id)
    cursor.member("name", record.name)
  }

  private static func put(_ failure: CRMFailure, into cursor: inout ByteCursor) {
    cursor.member("code", failure.code)
    cursor.member("status", failure.status.map(Int64.init))
  }
}

/// Members of a line, each with the comma before it. Names are written as they are.
extension ByteCursor {
  fileprivate mutating func name(_ event: StaticString) {
    put(",\"event\":\"")
    put(event)
    put(UInt8(ascii: "\""))
  }

  fileprivate mutating func member(_ name: StaticString, _ text: String) {
    put(memberName: name)
    JSONText.put(text, into: &self)
  }

  fileprivate mutating func member(_ name: StaticString, _ number: Int64?) {
    put(memberName: name)
    if let number { put(decimal: number) } else { put("null" as StaticString) }
  }

  fileprivate mutating func member(_ name: StaticString, _ flag: Bool) {
    put(memberName: name)
    put(flag ? "true" : "false" as StaticString)
  }

  fileprivate mutating func member(_ name: StaticString, _ call: Call.ID) { member(name, Int64(call.rawValue)) }

  fileprivate mutating func member(_ name: StaticString, _ instant: Instant) {
    put(memberName: name)
    put(seconds: instant)
  }

  fileprivate mutating func member(_ reason: CallRefusal) {
    member("reason", reason.name)
    switch reason {
    case .resource: break
    case .trunkIncoming(let name), .trunkOutgoing(let name): member("trunk", name)
    case .notRegistered(let number): member("extension", number)
    }
  }

  fileprivate mutating func member(_ name: StaticString, _ texts: [String]) {
    put(memberName: name)
    put(UInt8(ascii: "["))
    for (index, text) in texts.enumerated() {
      if index > 0 { put(UInt8(ascii: ",")) }
      JSONText.put(text, into: &self)
    }
    put(UInt8(ascii: "]"))
  }

  fileprivate mutating func put(memberName name: StaticString) {
    put(",\"" as StaticString)
    put(name)
    put("\":" as StaticString)
  }

  /// Seconds since 1970 with six digits after the point, as `JSONValue.time` writes them.
  fileprivate mutating func put(seconds instant: Instant) {
    let (seconds, microseconds) = (instant.seconds, Int64(instant.microsecondsOfSecond))
    // Before 1970 the parts count in opposite directions.
    let isNegative = seconds < 0
    if isNegative { put(UInt8(ascii: "-")) }
    let borrows = isNegative && microseconds > 0
    put(decimal: UInt64(isNegative ? -(seconds + (borrows ? 1 : 0)) : seconds), digitsMin: 1)
    put(UInt8(ascii: "."))
    put(decimal: UInt64(borrows ? 1_000_000 - microseconds : microseconds), digitsMin: 6)
  }
}
