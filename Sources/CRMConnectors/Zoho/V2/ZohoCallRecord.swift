import Primitives

/// The record of an ended call for `POST /crm/v2/Calls`.
///
/// Fields as the vendor's own softphone fills them (observed); that the appliance fills the same is assumed.
struct ZohoCallRecord: Encodable {
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

  private enum Key: String, CodingKey {
    case subject = "Subject"
    case type = "Call_Type"
    case startTime = "Call_Start_Time"
    case duration = "Call_Duration"
    case durationSeconds = "Call_Duration_in_seconds"
    case purpose = "Call_Purpose"
    case dialledNumber = "Dialled_Number"
    case description = "Description"
    case contact = "Who_Id"
    case related = "What_Id"
    case relatedModule = "$se_module"
  }

  func encode(to encoder: any Encoder) throws {
    var keyed = encoder.container(keyedBy: Key.self)
    try keyed.encode(subject, forKey: .subject)
    try keyed.encode(type, forKey: .type)
    try keyed.encode(startTime, forKey: .startTime)
    try keyed.encode(duration, forKey: .duration)
    try keyed.encode(durationSeconds, forKey: .durationSeconds)
    try keyed.encode("-None-", forKey: .purpose)
    try keyed.encode(dialledNumber, forKey: .dialledNumber)
    try keyed.encode(description, forKey: .description)
    guard let record else { return }
    switch record.table {
    case .contacts:
      try keyed.encode(["id": record.id], forKey: .contact)
    case .leads, .accounts:
      try keyed.encode(["id": record.id], forKey: .related)
      try keyed.encode(record.table.zohoModule, forKey: .relatedModule)
    }
  }
}
