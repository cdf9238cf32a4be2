import PBXModel
import Primitives
import Simulation

/// The CDR of the call.
extension Explanation {
  static func rows(of call: Call, _ observations: CallObservations) -> [Row] {
    guard let rows = observations.rows else { return [] }
    return zip(rows.session.rows, rows.origins).map { Row(record: $0, reason: reason($1, call)) }
  }

  private static func reason(_ origin: CDRRowOrigin, _ call: Call) -> String {
    switch origin {
    case .entrance: return "the call came to a menu or ring group, which has a row of its own"
    case .dialled(let index):
      let offset = call.callerLeg == nil ? 1 : 2
      return "leg \(index + offset) was dialled"
    case .voicemail: return "a mailbox answered"
    case .parked: return "the call was parked"
    case .queued: return "the caller waited in a queue and nobody was rung"
    case .answeredByPBX: return "the PBX answered itself"
    case .refusal: return "nobody was dialled, and the caller's leg was refused or given up"
    case .refused: return "the model had no place for the call"
    case .unreachable: return "the callee could not be dialled by the model"
    case .mailboxOfAbsent: return "the mailbox took the call for an extension that is not registered at the model"
    case .withoutTrunk: return "no trunk of the route could take the call"
    }
  }

  func rowsStep() -> Step {
    guard !rows.isEmpty else {
      return Step(stage: .rows, facts: [Fact("no row: \(whyNoRow)")], rules: [.noRows])
    }
    var facts: [Fact] = []
    for (index, row) in rows.enumerated() {
      let record = row.record
      facts.append(
        Fact(
          "row \(index + 1), AcctId \(record.acctId): \(LadderMessage.cut(record.src)) → "
            + "\(LadderMessage.cut(record.dst)), "
            + "\(record.disposition.rawValue), \(record.durationSeconds) s, of which \(record.billsecSeconds) s talked")
      )
      facts.append(Fact("there because \(row.reason)", isDetail: true))
    }
    if rows.count > 1 {
      let duration = rows.reduce(Int64(0)) { $0 &+ $1.record.durationSeconds }
      let talk = rows.reduce(Int64(0)) { $0 &+ $1.record.billsecSeconds }
      facts.append(Fact("main_cdr has their sums: \(duration) s, \(talk) s talked (reference section 5.3, observed)"))
    }
    let isCarried = observations.refusal == nil
    return Step(stage: .rows, facts: facts, rules: isCarried ? [.rowsAtEnd, .rowPerConnection] : [.overLimit])
  }

  private var whyNoRow: String {
    if call.ranAtStart { return "the call ran when the trace began, so its start is unknown" }
    if let main = call.joinedInto {
      return "the call became a part of call \(main.rawValue), which has the rows of both"
    }
    if call.end == nil { return "the call still runs when the trace ends" }
    return "the run wrote none for it"
  }
}
