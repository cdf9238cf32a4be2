import PBXModel
import Primitives

/// Rows of calls that went otherwise here than on the recorded box.
extension CDRRowWriter {
  /// When the call was over here.
  var endHere: Instant? { variation?.endedAt ?? call.end }

  func connection(of member: Call.Member) -> Connection { call.connection(of: member, endedAt: variation?.endedAt) }

  /// Who the leg went to here: a trunk may have been another one.
  func party(of member: Call.Member) -> Party { variation?.trunk(of: member.leg.id) ?? member.party }

  /// The model had no place for the call: Congestion, FAILED, neither answer nor end (reference section 2, observed).
  func refusedRow() -> CDRRecord {
    var row = base(disposition: .failed)
    row.dst = call.dialled
    row.dcontext = call.callerParty.isTrunk ? "did-local" : "from-internal"
    row.lastapp = "Congestion"
    row.lastdata = "10"
    row.actionType = "DIAL"
    return row
  }

  /// A callee that could not be dialled: as Asterisk's Dial leaves it, which names no channel of the callee (upstream).
  func unreachableRow() -> CDRRecord {
    var row = refusedRow()
    row.dst = destinationNumber
    row.lastapp = "Dial"
    row.lastdata =
      "\(context.technology)/\(destinationNumber),\(ringSeconds(of: destinationNumber)),zb(callee-handler^s^1)"
    if let endHere { row.durationSeconds = max(0, (endHere - call.start).wholeSeconds) }
    return row
  }

  /// Before a trunk is picked the call is Internal, with the route's context and no trunk (reference section 5.2,
  /// observed).
  func rowWithoutTrunk() -> CDRRecord {
    var row = refusedRow()
    row.userfield = .internal
    row.srcTrunkName = ""
    row.dcontext = "outbound-route-" + String(call.route?.outbound?.index ?? 1)
    return row
  }

  /// A mailbox answers at once (reference section 5.2 for the row).
  func rowOfMailboxOfAbsent() -> CDRRecord {
    let number = destinationNumber
    var row = base(disposition: .answered)
    row.dst = number
    row.dcontext = "from-internal"
    row.lastapp = "VoiceMail"
    row.lastdata = "\(number)@default,u"
    row.dstanswer = number
    row.actionType = "VM"
    let answer = endHere ?? call.start
    setTimes(&row, answer: answer, end: answer + .seconds(Int64(max(0, context.settings.mailboxSeconds))))
    return row
  }

  func ringSeconds(of number: String) -> Int { site.accountRingSeconds(number) ?? ringSeconds }
}
