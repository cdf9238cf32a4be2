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
    bytes.append(atMost: 64) { cursor in
      cursor.put("{\"time\":")
      cursor.put(seconds: entry.time)
    }
    append(entry.event, to: &bytes)
    bytes.append(atMost: 2) { $0.put("}\n") }
  }

  private static func append(_ event: JournalEvent, to bytes: inout [UInt8]) {
    switch event {
    case .registered(let number, let contact, let seconds, let isRefresh):
      bytes.name("registered")
      bytes.member("extension", number)
      bytes.member("contact", contact)
      bytes.member("expires", Int64(seconds))
      bytes.member("refresh", isRefresh)
    case .unregistered(let number, let contact, let reason):
      bytes.name("unregistered")
      bytes.member("extension", number)
      bytes.member("contact", contact)
      bytes.member("reason", reason.rawValue)
    case .registrationRefused(let number, let reason, let status):
      bytes.name("registrationRefused")
      bytes.member("extension", number)
      bytes.member("reason", reason.rawValue)
      bytes.member("status", Int64(status))
    case .extensionState(let number, let state):
      bytes.name("extensionState")
      bytes.member("extension", number)
      bytes.member("state", state.rawValue)
    case .callStarted, .callRefused, .callAnswered, .callEnded, .callWithoutRow, .display:
      appendCall(event, to: &bytes)
    case .crmLogin, .crmLookup, .crmLog: appendCRM(event, to: &bytes)
    case .systemEvent(let event):
      bytes.name("systemEvent")
      bytes.member("name", event.name.rawValue)
      bytes.member("detail", event.detail)
    }
  }

  private static func appendCall(_ event: JournalEvent, to bytes: inout [UInt8]) {
    switch event {
    case .callStarted(let call, let caller, let callee):
      bytes.name("callStarted")
      bytes.member("call", call)
      bytes.member("caller", caller)
      bytes.member("callee", callee)
    case .callRefused(let call, let limit, let inUse, let status, let cause):
      bytes.name("callRefused")
      bytes.member("call", call)
      bytes.member("limit", Int64(limit))
      bytes.member("inUse", Int64(inUse))
      bytes.member("status", Int64(status))
      bytes.member("cause", Int64(cause))
    case .callAnswered(let call, let by):
      bytes.name("callAnswered")
      bytes.member("call", call)
      bytes.member("by", by)
    case .callEnded(let call, let direction, let disposition, let duration, let billsec):
      bytes.name("callEnded")
      bytes.member("call", call)
      bytes.member("direction", direction.rawValue)
      bytes.member("disposition", disposition.rawValue)
      bytes.member("duration", duration)
      bytes.member("billsec", billsec)
    case .callWithoutRow(let call):
      bytes.name("callWithoutRow")
      bytes.member("call", call)
      bytes.member("reason", "ran when the trace began")
    case .display(let call, let number, let name):
      bytes.name("display")
      bytes.member("call", call)
      bytes.member("extension", number)
      bytes.member("name", name)
    case .registered, .unregistered, .registrationRefused, .extensionState, .crmLogin, .crmLookup, .crmLog,
      .systemEvent:
      break
    }
  }

  private static func appendCRM(_ event: JournalEvent, to bytes: inout [UInt8]) {
    switch event {
    case .crmLogin(let extensions, let status):
      bytes.name("crmLogin")
      bytes.member("extensions", extensions)
      append(status, to: &bytes)
    case .crmLookup(let call, let number, let outcome):
      bytes.name("crmLookup")
      bytes.member("call", call)
      bytes.member("number", number)
      append(outcome, to: &bytes)
    case .crmLog(let call, let outcome):
      bytes.name("crmLog")
      bytes.member("call", call)
      append(outcome, to: &bytes)
    case .registered, .unregistered, .registrationRefused, .extensionState, .callStarted, .callRefused, .callAnswered,
      .callEnded, .callWithoutRow, .display, .systemEvent:
      break
    }
  }

  private static func append(_ status: LoginStatus, to bytes: inout [UInt8]) {
    switch status {
    case .loggedIn: bytes.member("status", "Logged In")
    case .loggedOut(let failure):
      bytes.member("status", "Logged Out")
      append(failure, to: &bytes)
    }
  }

  private static func append(_ outcome: LookupOutcome, to bytes: inout [UInt8]) {
    switch outcome {
    case .found(let record):
      bytes.member("outcome", "found")
      append(record, to: &bytes)
    case .added(let record):
      bytes.member("outcome", "added")
      append(record, to: &bytes)
    case .missed: bytes.member("outcome", "missed")
    case .failed(let failure):
      bytes.member("outcome", "failed")
      append(failure, to: &bytes)
    }
  }

  private static func append(_ outcome: CallLogOutcome, to bytes: inout [UInt8]) {
    switch outcome {
    case .logged(let id):
      bytes.member("outcome", "logged")
      bytes.member("record", id)
    case .failed(let failure):
      bytes.member("outcome", "failed")
      append(failure, to: &bytes)
    }
  }

  private static func append(_ record: CRMRecordReference, to bytes: inout [UInt8]) {
    bytes.member("table", record.table.rawValue)
    bytes.member("record", record.id)
    bytes.member("name", record.name)
  }

  private static func append(_ failure: CRMFailure, to bytes: inout [UInt8]) {
    bytes.member("code", failure.code)
    bytes.member("status", failure.status.map(Int64.init))
  }
}

/// Members of a line, each with the comma before it. Names are written as they are.
extension [UInt8] {
  private static let nameBytesMax = 64

  fileprivate mutating func name(_ event: StaticString) {
    append(atMost: 2 * Self.nameBytesMax) { cursor in
      cursor.put(",\"event\":\"")
      cursor.put(event)
      cursor.put("\"")
    }
  }

  fileprivate mutating func member(_ name: StaticString, _ text: String) {
    append(atMost: Self.nameBytesMax + JSONText.bytesMax(of: text.utf8.count)) { cursor in
      cursor.put(memberName: name)
      JSONText.put(text, into: &cursor)
    }
  }

  fileprivate mutating func member(_ name: StaticString, _ number: Int64?) {
    append(atMost: 2 * Self.nameBytesMax) { cursor in
      cursor.put(memberName: name)
      if let number { cursor.put(decimal: number) } else { cursor.put("null") }
    }
  }

  fileprivate mutating func member(_ name: StaticString, _ flag: Bool) {
    append(atMost: 2 * Self.nameBytesMax) { cursor in
      cursor.put(memberName: name)
      cursor.put(flag ? "true" : "false" as StaticString)
    }
  }

  fileprivate mutating func member(_ name: StaticString, _ call: Call.ID) { member(name, Int64(call.rawValue)) }

  fileprivate mutating func member(_ name: StaticString, _ texts: [String]) {
    append(atMost: Self.nameBytesMax + texts.reduce(2) { $0 + 1 + JSONText.bytesMax(of: $1.utf8.count) }) { cursor in
      cursor.put(memberName: name)
      cursor.put("[")
      for (index, text) in texts.enumerated() {
        if index > 0 { cursor.put(",") }
        JSONText.put(text, into: &cursor)
      }
      cursor.put("]")
    }
  }
}

extension ByteCursor {
  fileprivate mutating func put(memberName name: StaticString) {
    put(",\"")
    put(name)
    put("\":")
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
