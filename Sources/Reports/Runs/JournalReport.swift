public import JSON
public import Simulation
import CRMConnectors
import PBXModel
import Primitives

/// One line of `events.jsonl`.
public enum JournalReport {
  /// `{"time":…,"event":…, …}`; the members after `event` depend on it.
  public static func json(_ entry: JournalEntry) -> JSONValue {
    let (name, members) = facts(entry.event)
    return .object([.init("time", .time(entry.time)), .init("event", .string(name))] + members)
  }

  private typealias Members = [JSONValue.Member]

  private static func facts(_ event: JournalEvent) -> (String, Members) {
    switch event {
    case .registered(let number, let contact, let seconds, let isRefresh):
      ("registered", [m("extension", number), m("contact", contact), m("expires", seconds), m("refresh", isRefresh)])
    case .unregistered(let number, let contact, let reason):
      ("unregistered", [m("extension", number), m("contact", contact), m("reason", reason.rawValue)])
    case .registrationRefused(let number, let reason, let status):
      ("registrationRefused", [m("extension", number), m("reason", reason.rawValue), m("status", status)])
    case .extensionState(let number, let state):
      ("extensionState", [m("extension", number), m("state", state.rawValue)])
    case .callStarted(let call, let caller, let callee):
      ("callStarted", [m("call", call), m("caller", caller), m("callee", callee)])
    case .callRefused(let call, let limit, let inUse, let status, let cause):
      ("callRefused", [m("call", call), m("limit", limit), m("inUse", inUse), m("status", status), m("cause", cause)])
    case .callAnswered(let call, let by):
      ("callAnswered", [m("call", call), m("by", by)])
    case .callEnded(let call, let direction, let disposition, let duration, let billsec):
      (
        "callEnded",
        [
          m("call", call), m("direction", direction.rawValue), m("disposition", disposition.rawValue),
          m("duration", duration), m("billsec", billsec),
        ]
      )
    case .callJoined(let call, let main):
      ("callJoined", [m("call", call), m("into", main)])
    case .callTransferred(let call, let number):
      ("callTransferred", [m("call", call), m("to", number)])
    case .callWithoutRow(let call):
      ("callWithoutRow", [m("call", call), m("reason", "ran when the trace began")])
    case .display(let call, let number, let name):
      ("display", [m("call", call), m("extension", number), m("name", name)])
    case .crmLogin(let extensions, let status):
      ("crmLogin", [.init("extensions", .array(extensions.map { .string($0) }))] + login(status))
    case .crmLookup(let call, let number, let outcome):
      ("crmLookup", [m("call", call), m("number", number)] + lookup(outcome))
    case .crmLog(let call, let outcome):
      ("crmLog", [m("call", call)] + log(outcome))
    case .systemEvent(let event):
      ("systemEvent", [m("name", event.name.rawValue), m("detail", event.detail)])
    }
  }

  private static func login(_ status: LoginStatus) -> Members {
    switch status {
    case .loggedIn: [m("status", "Logged In")]
    case .loggedOut(let failure): [m("status", "Logged Out")] + members(failure)
    }
  }

  private static func lookup(_ outcome: LookupOutcome) -> Members {
    switch outcome {
    case .found(let record): [m("outcome", "found")] + members(record)
    case .added(let record): [m("outcome", "added")] + members(record)
    case .missed: [m("outcome", "missed")]
    case .failed(let failure): [m("outcome", "failed")] + members(failure)
    }
  }

  private static func log(_ outcome: CallLogOutcome) -> Members {
    switch outcome {
    case .logged(let id): [m("outcome", "logged"), m("record", id)]
    case .failed(let failure): [m("outcome", "failed")] + members(failure)
    }
  }

  private static func members(_ record: CRMRecordReference) -> Members {
    [m("table", record.table.rawValue), m("record", record.id), m("name", record.name)]
  }

  private static func members(_ failure: CRMFailure) -> Members {
    [m("code", failure.code), .init("status", .optional(failure.status.map(Int64.init)))]
  }

  private static func m(_ name: String, _ value: String) -> JSONValue.Member { .init(name, .string(value)) }
  private static func m(_ name: String, _ value: some BinaryInteger) -> JSONValue.Member {
    .init(name, .integer(Int64(clamping: value)))
  }
  private static func m(_ name: String, _ value: Bool) -> JSONValue.Member { .init(name, .bool(value)) }
  private static func m(_ name: String, _ call: Call.ID) -> JSONValue.Member {
    .init(name, .integer(Int64(call.rawValue)))
  }
}
