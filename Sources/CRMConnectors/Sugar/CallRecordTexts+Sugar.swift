import JSON
import Primitives

extension CallRecordTexts {
  /// The moment in UTC as v4_1 wants it, whatever the user's own format (measured): `2027-01-15 08:00:00`.
  var sugarStart: String {
    let text = OffsetTimestamp(startInstant, utcOffsetSeconds: 0).description
    return text.prefix(19).split(separator: "T").joined(separator: " ")
  }

  /// `Inbound` or `Outbound`; there is no third (measured).
  var sugarDirection: String {
    switch direction {
    case .inbound, .missed: "Inbound"
    case .outbound: "Outbound"
    }
  }

  /// Whether somebody was talked to.
  var sugarStatus: String {
    switch direction {
    case .inbound: "Held"
    case .missed: "Not Held"
    case .outbound: durationSeconds == 0 ? "Not Held" : "Held"
    }
  }

  /// The fields of a record in Calls, members in order of what they say.
  ///
  /// Hours and minutes come both or neither (measured); seconds have no field, so that they stand in the description.
  func sugarFields(start: String, owner: String?, settings: SugarConnectorSettings) -> [JSONValue.Member] {
    var members: [JSONValue.Member] = [
      .init("name", .string(subject)), .init("date_start", .string(start)),
    ]
    members += duration(settings.duration)
    members += [
      .init("status", .string(sugarStatus)), .init("direction", .string(sugarDirection)),
      .init("description", .string(description)),
    ]
    if let record {
      members += [
        .init("parent_type", .string(record.table.sugarModule)), .init("parent_id", .string(record.id)),
      ]
    }
    if settings.assignsRecords, let owner { members.append(.init("assigned_user_id", .string(owner))) }
    return members
  }

  private func duration(_ form: SugarDuration) -> [JSONValue.Member] {
    let (whole, rest) = (durationSeconds / 60, durationSeconds % 60)
    let minutes: Int64
    switch form {
    case .roundedUp: minutes = whole + (rest > 0 ? 1 : 0)
    case .roundedDown: minutes = whole
    case .nearest: minutes = whole + (rest >= 30 ? 1 : 0)
    case .fractionOfMinutes:
      return [.init("duration_minutes", rest == 0 ? .integer(whole) : .number(Double(durationSeconds) / 60))]
    }
    return [.init("duration_hours", .integer(minutes / 60)), .init("duration_minutes", .integer(minutes % 60))]
  }
}
