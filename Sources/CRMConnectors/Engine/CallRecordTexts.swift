import Primitives

/// An ended call in the words of its record, the same for every API.
///
/// Fields as the vendor's own softphone fills them (observed); that the appliance fills the same is assumed.
struct CallRecordTexts: Hashable {
  let subject: String
  /// `Inbound`, `Outbound` or `Missed` (documented).
  let type: String
  let start: OffsetTimestamp
  let durationSeconds: Int64
  let dialledNumber: String
  let description: String
  /// What `Caller_ID` holds; nil where the mark stands elsewhere.
  let callerID: String?
  let record: CRMRecordReference?

  init(_ call: CallLogEntry, settings: ConnectorSettings) {
    let seconds = max(0, call.talkSeconds)
    durationSeconds = seconds
    start = OffsetTimestamp(call.start, utcOffsetSeconds: call.utcOffsetSeconds)
    dialledNumber = call.number
    record = call.record
    let words = [
      (word: "Start", value: start.description), ("Number", call.number), ("Name", call.record?.name ?? ""),
      // Minutes and seconds without leading zeros (observed).
      ("Extension", call.agentExtension), ("Duration", "\(seconds / 60):\(seconds % 60)"),
    ]
    let mark = Self.mark(of: call)
    let place = settings.callMarkPlace
    func fill(_ template: String, limit: Int, isMarked: Bool) -> String {
      let suffix = isMarked ? mark.map { " " + $0 } ?? "" : ""
      let text = DisplayText.line(
        TextTemplate(text: template).filled(words), limit: limit - suffix.unicodeScalars.count)
      return (text ?? "") + suffix
    }
    subject = fill(settings.callSubject, limit: 255, isMarked: place == .subject)
    callerID = place == .callerID ? mark : nil
    let texts = settings.callDescriptions
    let template: String
    switch call.direction {
    case .inbound: (type, template) = ("Inbound", texts.inbound)
    case .missed: (type, template) = ("Missed", texts.missed)
    case .outbound: (type, template) = ("Outbound", seconds == 0 ? texts.unansweredOutbound : texts.outbound)
    }
    // A description is a multi-line field of 32,000 characters (documented); its parts are far shorter.
    description = fill(template, limit: 2000, isMarked: place == .description)
  }

  /// `[ucmsim call 1800000000.17]`; nil for a call without mark.
  static func mark(of call: CallLogEntry) -> String? {
    guard (1...64).contains(call.mark.utf8.count), call.mark.utf8.allSatisfy({ $0 == 46 || (48...57).contains($0) })
    else { return nil }
    return "[ucmsim call \(call.mark)]"
  }
}
