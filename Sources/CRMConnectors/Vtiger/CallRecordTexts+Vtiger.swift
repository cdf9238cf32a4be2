import JSON
import Primitives

/// The modules that hold calls, by their names in the API.
enum VtigerCallModule: String {
  case events = "Events"
  case coreBOSCalendar = "cbCalendar"
  case pbxManager = "PBXManager"
}

extension CallRecordTexts {
  /// The record of `module`, members in order of their names. Every value is a text, as the server gives them back.
  ///
  /// Times are UTC (measured with users in that zone; that vTiger takes them as UTC from users in any is assumed).
  func vtigerElement(for module: VtigerCallModule, owner: String, _ settings: VtigerSettings) -> JSONValue {
    let members: [(String, String?)] =
      switch module {
      case .events:
        calendar(owner, settings) + [
          ("contact_id", contact), ("date_start", start(of: .date)), ("due_date", end(of: .date)),
          ("parent_id", company), ("time_end", end(of: .time)), ("time_start", start(of: .time)),
        ]
      case .coreBOSCalendar:
        calendar(owner, settings) + [
          ("cto_id", contact), ("dtend", end(of: .both)), ("dtstart", start(of: .both)), ("rel_id", company),
        ]
      case .pbxManager:
        [
          ("assigned_user_id", owner), ("billduration", String(durationSeconds)), ("callstatus", callStatus),
          ("customer", record?.id), ("customernumber", dialledNumber), ("customertype", record?.table.vtigerModule),
          ("direction", direction == .outbound ? "outbound" : "inbound"), ("endtime", end(of: .both)),
          ("sourceuuid", mark), ("starttime", start(of: .both)), ("totalduration", String(durationSeconds)),
          ("user", owner),
        ]
      }
    return .object(
      members.sorted { $0.0 < $1.0 }.compactMap { name, value in value.map { .init(name, .string($0)) } })
  }

  private func calendar(_ owner: String, _ settings: VtigerSettings) -> [(String, String?)] {
    [
      ("activitytype", "Call"), ("assigned_user_id", owner), ("description", description),
      ("duration_hours", String(minutes / 60)), ("duration_minutes", String(minutes % 60)),
      ("eventstatus", isTalk ? "Held" : "Not Held"), ("subject", subject), ("visibility", settings.callVisibility),
    ]
  }

  /// Contacts have a field of their own, leads and accounts share another (measured).
  private var contact: String? { record.flatMap { $0.table == .contacts ? $0.id : nil } }
  private var company: String? { record.flatMap { $0.table == .contacts ? nil : $0.id } }

  private var isTalk: Bool { direction != .missed && durationSeconds > 0 }

  /// Of the choices vTiger's own connector writes (measured).
  private var callStatus: String { isTalk ? "completed" : "no-answer" }

  /// Whole minutes, the last one begun; the seconds stand in the end's time. There is no field for them.
  private var minutes: Int64 { durationSeconds / 60 + (durationSeconds % 60 > 0 ? 1 : 0) }

  private enum Part { case date, time, both }

  private func start(of part: Part) -> String { Self.text(startInstant, part) }
  private func end(of part: Part) -> String { Self.text(startInstant + .seconds(durationSeconds), part) }

  private static func text(_ instant: Instant, _ part: Part) -> String {
    let text = CivilTime(secondsSince1970: instant.seconds).text
    let halves = text.split(separator: " ")
    return switch part {
    case .date: String(halves.first ?? "")
    case .time: String(halves.last ?? "")
    case .both: text
    }
  }
}
