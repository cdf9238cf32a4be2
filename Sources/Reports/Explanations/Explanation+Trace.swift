import PBXModel
import Primitives
import SIPCapture
import Simulation

/// What the trace shows: the stages before the model comes in.
extension Explanation {
  func messagesStep() -> Step {
    var facts: [Fact] = []
    if let first = messages.all.first, let last = messages.all.last {
      let frames = Set(messages.all.map(\.frame)).count
      var transports: [String] = []
      for message in messages.all where !transports.contains(message.transport.rawValue.uppercased()) {
        transports.append(message.transport.rawValue.uppercased())
      }
      facts.append(
        Fact(
          "\(count(messages.all.count, "message")) in \(count(frames, "frame")), "
            + "\(first.frame == last.frame ? "" : "\(first.frame) to ")\(last.frame), over "
            + transports.joined(separator: " and "), frame: first.frame))
    } else {
      facts.append(Fact("no message of the call could be found again"))
    }
    if messages.retransmissions > 0 { facts.append(Fact("\(messages.retransmissions) of them sent again")) }
    if messages.leftOut > 0 { facts.append(Fact("\(count(messages.leftOut, "further message")) not looked at")) }
    if messages.onOtherHops > 0 {
      facts.append(
        Fact("\(messages.onOtherHops) more under its Call-IDs between other addresses: past the PBX, or of other calls")
      )
    }
    let rules: [ExplanationRule] = [.messagesByCallID] + (messages.retransmissions > 0 ? [.retransmission] : [])
    return Step(stage: .messages, facts: facts, rules: rules)
  }

  func dialogsStep() -> Step {
    var rules: [ExplanationRule] = [.dialog, .role, .party]
    var facts = [Fact("the PBX is \(setting.pbx)")]
    for (index, member) in call.legs.enumerated() {
      facts += self.facts(of: member, index)
      if member.leg.wasChallenged, !rules.contains(.challenge) { rules.append(.challenge) }
    }
    return Step(stage: .dialogs, facts: facts, rules: rules + [.ending])
  }

  private func facts(of member: Call.Member, _ index: Int) -> [Fact] {
    let leg = member.leg
    var facts = [
      Fact(
        "leg \(index + 1), \(leg.role.words): \(leg.source) → \(leg.destination), from frame \(leg.firstFrame), "
          + "Call-ID \(LadderMessage.cut(leg.callID))", frame: leg.firstFrame),
      Fact("\(leg.role.isOutgoing ? "to" : "from") \(words(member.party)): \(ground(of: member))", isDetail: true),
    ]
    if leg.isMidDialog {
      facts.append(Fact("was up when the trace began, so its start is unknown", isDetail: true))
    }
    if leg.wasChallenged {
      facts.append(detail("challenged", messages.challenge(index)))
    }
    if let ringing = leg.ringing {
      facts.append(detail("rang \(after(ringing))", messages.response(index, 101...199)?.frame))
    }
    if let answer = leg.answer, !leg.isMidDialog {
      facts.append(detail("answered \(after(answer))", messages.response(index, 200...299)?.frame))
    }
    facts.append(ending(of: leg, index))
    return facts
  }

  private func ending(of leg: Leg, _ index: Int) -> Fact {
    guard let outcome = leg.outcome else { return Fact("still up when the trace ends", isDetail: true) }
    let frame = messages.end(index, outcome)
    let when = leg.end.map { " " + after($0) } ?? ""
    let words: String
    switch outcome {
    case .hungUp(let byCaller):
      let party = byCaller ? "the side that sent the INVITE" : "the side that received it"
      words = "ended\(when) by a BYE of \(party)"
    case .cancelled:
      words = leg.role.isOutgoing ? "given up\(when) by CANCEL" : "given up by the caller\(when)"
    case .rejected(let status):
      let reason = messages.response(index, status...status)?.reason ?? ""
      words = "refused\(when) with \(status)\(reason.isEmpty ? "" : " " + reason)"
    case .unauthenticated: words = "no credentials came after the challenge"
    case .lost: words = "nothing more was seen of it; given up\(when)"
    }
    return detail(words, frame)
  }

  func legsStep() -> Step {
    let least = CallAssembler.Limits().evidenceMin
    var facts: [Fact] = []
    for (index, member) in call.legs.enumerated() where !member.join.rests(on: .first) {
      let evidence = member.join.evidence.map { "\($0.words) (\($0.weight))" }.joined(separator: ", ")
      facts.append(
        Fact(
          "leg \(index + 1) joined, \(percent(member.join.confidence)) sure: \(evidence); "
            + "\(member.join.weight) in sum, \(least) needed", frame: member.leg.firstFrame))
      if let rivalry = rivalry(of: member.join) { facts.append(Fact(rivalry, isDetail: true)) }
    }
    var rules: [ExplanationRule] = facts.isEmpty ? [] : [.evidence, .confidence]
    if facts.isEmpty {
      facts.append(
        Fact("nothing to join: \(count(call.legs.count, "leg"))\(call.callerLeg == nil ? "" : ", the caller's")"))
      rules.append(.evidence)
    }
    if !call.turns.isEmpty || call.joinedInto != nil { rules.append(.turn) }
    facts += call.turns.map { Fact(words($0)) }
    if let other = observations.wentInto {
      facts.append(Fact("one of its legs went over into call \(other.rawValue)"))
    }
    if let main = call.joinedInto {
      facts.append(Fact("the call became a part of call \(main.rawValue), which has the rows of both"))
    }
    for entry in observations.journal {
      if case .callJoined(let other, let main) = entry.event, main == call.id {
        facts.append(Fact("call \(other.rawValue) became a part of this one \(after(entry.time))"))
      }
    }
    return Step(stage: .legs, facts: facts, rules: rules)
  }

  private func rivalry(of join: Join) -> String? {
    switch join.rivalry {
    case .none: nil
    case .another: "another running call had enough evidence too, but less"
    case .equal: "another running call fits as well, so this join is a guess"
    }
  }

  private func words(_ turn: Turn) -> String {
    let when = after(turn.at)
    switch turn {
    case .transfer(let transfer):
      let kind = transfer.isAttended ? "attended" : "blind"
      let target = transfer.target.isEmpty ? "a party on the line already" : LadderMessage.cut(transfer.target)
      return "\(kind) transfer to \(target) by \(name(of: transfer.by)) \(when)"
    case .parked(let parked):
      let slot = parked.slot.map { " at \($0)" } ?? ""
      let until = parked.until.map { ", fetched \(after($0))" } ?? ", fetched by nobody"
      return "parked\(slot) by \(name(of: parked.by)) \(when)\(until)"
    case .pickedUp(let pickedUp):
      return "picked up by \(name(of: pickedUp.by)) \(when) while it rang at \(name(of: pickedUp.ringing))"
    }
  }
}

extension Leg.Role {
  var isOutgoing: Bool {
    switch self {
    case .outgoing: true
    case .incoming, .passing: false
    }
  }

  fileprivate var words: String {
    switch self {
    case .incoming: "a caller's, for its INVITE went to the PBX"
    case .outgoing: "a callee's, for its INVITE came from the PBX"
    case .passing: "past the PBX, for neither end of it is one"
    }
  }
}
