import JSON
import Primitives

extension CallRecordTexts {
  /// As it stands in a `POST /crm/v2/Calls`, members in order of their names.
  var zohoV2Record: JSONValue {
    let seconds = durationSeconds
    var members: [JSONValue.Member] = [
      .init("Call_Duration", .string("\(seconds / 60):\(seconds % 60)")),
      .init("Call_Duration_in_seconds", .integer(seconds)), .init("Call_Purpose", "-None-"),
      .init("Call_Start_Time", .string(start.description)), .init("Call_Type", .string(zohoType)),
    ]
    if let callerID { members.append(.init("Caller_ID", .string(callerID))) }
    members += [
      .init("Description", .string(description)), .init("Dialled_Number", .string(dialledNumber)),
      .init("Subject", .string(subject)),
    ]
    guard let record else { return .object(members) }
    let reference: JSONValue = ["id": .string(record.id)]
    switch record.table {
    case .contacts:
      members.append(.init("Who_Id", reference))
    case .leads, .accounts:
      members.insert(.init("$se_module", .string(record.table.zohoModule)), at: 0)
      members.append(.init("What_Id", reference))
    }
    return .object(members)
  }
}
