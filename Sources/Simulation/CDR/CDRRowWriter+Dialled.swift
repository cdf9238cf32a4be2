import PBXModel
import Primitives

/// Rows of who was dialled, or came in from another call.
extension CDRRowWriter {
  func fill(_ row: inout CDRRecord, dialling member: Call.Member, _ entrance: Entrance?) {
    let leg = member.leg
    let connection = connection(of: member)
    let party = party(of: member)
    fillBase(of: &row, member.disposition)
    row.start = connection.start
    if let side = connection.side, side.leg !== call.callerLeg?.leg { take(side, into: &row) }
    row.dst = destination(of: member, connection)
    row.dcontext = dialplanContext(for: party)
    row.dstchannel = channel(of: party, leg.id)
    row.dstchannelExt = name(of: party)
    row.lastapp = "Dial"
    row.lastdata = entrance.flatMap { dialString(of: $0, member) } ?? dialString(member)
    row.actionType = actionType(of: connection, entrance, member)
    if connection.after == nil, let forwarder = forwarder(to: member) { row.actionOwner = forwarder }
    if let queue { (row.lastapp, row.lastdata) = ("Queue", queueData(queue)) }
    if member.answer != nil { row.dstanswer = member.party.accountNumber ?? row.dst }
    switch party {
    case .trunk(let name, _):
      // Only Outbound rows carry it (no exception in 2,661 rows).
      if row.userfield == .outbound { row.dstTrunkName = name }
      // Where the number shown outside is set before the trunk is dialled, the row has it too (upstream).
      if site.trunks.contains(where: { $0.name == name && $0.isCallerIDInCDR }), !leg.fromUser.isEmpty {
        row.src = leg.fromUser
        row.clid = callerID(row.callerName, leg.fromUser)
      }
    case .account: break
    }
    if case .transfer(let transfer) = connection.after {
      row.actionOwner = number(of: transfer.by) ?? row.actionOwner
      if transfer.isAttended, transfer.by === call.callerLeg?.leg { row.lastapp = "AppDial" }
      if !transfer.isAttended { row.dcontext = "from-internal-xfer" }
    }
    setTimes(&row, answer: connection.answer, end: connection.end)
  }

  /// The row belongs to who stayed when the caller handed the call over.
  func take(_ side: Call.Member, into row: inout CDRRecord) {
    let number = side.party.accountNumber ?? side.leg.requestUser
    row.src = number
    row.callerName = site.accountName(number) ?? ""
    row.clid = callerID(row.callerName, number)
    row.channel = channel(of: side.party, side.leg.id)
    row.channelExt = name(of: side.party)
  }

  /// The callee's number. A call that a callee hands on blindly has the target on both its rows, for the first is
  /// closed only after the caller has moved on (upstream).
  func destination(of member: Call.Member, _ connection: Connection) -> String {
    if case .transfer(let transfer) = connection.before, !transfer.isAttended, transfer.by === member.leg {
      return transfer.target
    }
    if case .transfer(let transfer) = connection.after, transfer.isAttended, connection.start == transfer.at {
      // The engine keeps what was dialled at first, or nothing where the caller went (upstream).
      return transfer.by === call.callerLeg?.leg ? "" : number(of: transfer.by) ?? call.dialled
    }
    // What a call is dialled from keeps its number; what it is sent to has its own (upstream).
    if call.route?.inbound?.keepsDIDInCDR == true, connection.after == nil { return call.dialled }
    return member.party.accountNumber ?? (call.callerParty.isTrunk ? member.leg.requestUser : call.dialled)
  }

  func number(of leg: Leg) -> String? {
    if call.callerLeg?.leg === leg { return call.callerParty.accountNumber ?? call.callerNumber }
    return call.calleeLegs.first { $0.leg === leg }.map { $0.party.accountNumber ?? $0.leg.requestUser }
  }

  func actionType(of connection: Connection, _ entrance: Entrance?, _ member: Call.Member) -> String {
    switch connection.after {
    case .transfer: return "TRANSFER"
    case .parked: return "PARKEDCALL"
    case .pickedUp: return "PICKUP"
    case .none: break
    }
    if let queue { return "QUEUE[\(queue.number)]" }
    if let entrance { return entrance.actionType }
    // Without a copy of what most calls came to.
    switch call.route?.isToPhone == true ? nil : call.route?.target {
    case .feature(.paging): return "PAGE"
    case .feature(.disa): return "DISA"
    case .feature(.callback): return "CALLBACK"
    case .account, .ringGroup, .queue, .ivr, .conference, .parking, .parkingSlot, .feature, .unknown, .none:
      guard forwarder(to: member) != nil else { return "DIAL" }
      return isFollowMe(member) ? "FOLLOWME" : "CALLFORWARD"
    }
  }

  /// The extension whose forward, or whose phone's 3xx, the callee was rung for.
  func forwarder(to member: Call.Member) -> String? {
    if member.join.rests(on: .redirect) {
      return call.calleeLegs.last { $0.leg.id < member.leg.id && $0.leg.isRedirected }?.party.accountNumber
    }
    guard call.route?.mayForward == true, case .account(let account) = call.route?.target,
      member.party.accountNumber != account.number
    else {
      return nil
    }
    let forwards = [account.forwardAlways, account.forwardBusy, account.forwardNoAnswer].compactMap(\.self)
    return (forwards + account.followMe).contains { member.leg.asks(for: $0) } ? account.number : nil
  }

  /// Whether the callee is rung by Follow Me alone.
  private func isFollowMe(_ member: Call.Member) -> Bool {
    guard case .account(let account) = call.route?.target, !member.join.rests(on: .redirect) else { return false }
    let forwards = [account.forwardAlways, account.forwardBusy, account.forwardNoAnswer].compactMap(\.self)
    return !forwards.contains { member.leg.asks(for: $0) }
      && account.followMe.contains { member.leg.asks(for: $0) }
  }
}
