import JSON
import Primitives

/// The record of an ended call for `POST /crm/v2/Calls`.
///
/// Fields as the vendor's own softphone fills them (observed); that the appliance fills the same is assumed.
struct ZohoCallRecord {
  let subject: String
  let type: String
  let startTime: String
  let duration: String
  let durationSeconds: Int64
  let dialledNumber: String
  let description: String
  let record: CRMRecordReference?

  init(_ call: CallLogEntry, settings: ZohoV2Settings) {
    durationSeconds = max(0, call.talkSeconds)
    // Minutes and seconds without leading zeros (observed).
    duration = "\(durationSeconds / 60):\(durationSeconds % 60)"
    startTime = OffsetTimestamp(call.start, utcOffsetSeconds: call.utcOffsetSeconds).description
    dialledNumber = call.number
    record = call.record
    let words = [
      (word: "Start", value: startTime), ("Number", call.number), ("Name", call.record?.name ?? ""),
      ("Extension", call.agentExtension), ("Duration", duration),
    ]
    // A description is a multi-line field of 32,000 characters (documented); its parts are far shorter.
    let fill = { (text: String) in ZohoRecord.displayable(TextTemplate(text: text).filled(words), limit: 2000) ?? "" }
    subject = ZohoRecord.displayable(TextTemplate(text: settings.callSubject).filled(words)) ?? ""
    let texts = settings.callDescriptions
    switch call.direction {
    case .inbound:
      (type, description) = ("Inbound", fill(texts.inbound))
    case .missed:
      (type, description) = ("Missed", fill(texts.missed))
    case .outbound:
      (type, description) = ("Outbound", fill(durationSeconds == 0 ? texts.unansweredOutbound : texts.outbound))
    }
  }

  /// As it stands in the request, members in order of their names.
  var json: JSONValue {
    var members: [JSONValue.Member] = [
      .init("Call_Duration", .string(duration)), .init("Call_Duration_in_seconds", .integer(durationSeconds)),
      .init("Call_Purpose", "-None-"), .init("Call_Start_Time", .string(startTime)), .init("Call_Type", .string(type)),
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
