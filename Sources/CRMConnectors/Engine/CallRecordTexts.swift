import Primitives

/// An ended call in the words of its record, the same for every API.
///
/// Fields as the vendor's own softphone fills them (observed); that the appliance fills the same is assumed.
struct CallRecordTexts: Hashable {
  let subject: String
  let direction: CallLogEntry.Direction
  /// On the site's wall clock.
  let start: OffsetTimestamp
  /// The same moment, for CRMs that want UTC.
  let startInstant: Instant
  /// Whole seconds of talk, 0 for a call that nobody answered.
  let durationSeconds: Int64
  let dialledNumber: String
  let description: String
  /// What `Caller_ID` holds; nil where the mark stands elsewhere.
  let callerID: String?
  let record: CRMRecordReference?
  /// `[ucmsim call 1800000000.17]`, which tells the record from every other; nil for a call without mark.
  let mark: String?
  let agentExtension: String

  init(_ call: CallLogEntry, settings: ConnectorSettings) {
    let seconds = max(0, call.talkSeconds)
    durationSeconds = seconds
    start = OffsetTimestamp(call.start, utcOffsetSeconds: call.utcOffsetSeconds)
    startInstant = call.start
    direction = call.direction
    agentExtension = call.agentExtension
    dialledNumber = call.number
    record = call.record
    let words = [
      (word: "Start", value: start.description), ("Number", call.number), ("Name", call.record?.name ?? ""),
      // Minutes and seconds without leading zeros (observed).
      ("Extension", call.agentExtension), ("Duration", "\(seconds / 60):\(seconds % 60)"),
    ]
    mark = Self.mark(of: call)
    let mark = mark
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
    let template =
      switch call.direction {
      case .inbound: texts.inbound
      case .missed: texts.missed
      case .outbound: seconds == 0 ? texts.unansweredOutbound : texts.outbound
      }
    // A description is a multi-line field of 32,000 characters (documented); its parts are far shorter.
    description = fill(template, limit: 2000, isMarked: place == .description)
  }

  static func mark(of call: CallLogEntry) -> String? {
    guard (1...64).contains(call.mark.utf8.count), call.mark.utf8.allSatisfy({ $0 == 46 || (48...57).contains($0) })
    else { return nil }
    return "[ucmsim call \(call.mark)]"
  }
}
