import PBXModel
import Primitives

/// One row's worth of a call: who was connected with whom, from when to when.
///
/// The engine's way (upstream, Asterisk 16 on the recorded traces): a row begins when somebody is dialled, and ends
/// with the leg or when a transfer, the parking lot or a pick-up changes who talks. What follows such a turn begins,
/// and counts as answered, at that moment, because the party that stayed had been answered before.
struct Connection {
  /// Who the row's `channel` is: the caller, or after it handed the call over, who it talked with.
  let side: Call.Member?
  let start: Instant
  /// nil where nobody was connected yet.
  let answer: Instant?
  let end: Instant
  /// What began it; nil for what the caller dialled.
  let after: Turn?
  /// What ended it; nil where a party hung up.
  let before: Turn?
}

extension Call {
  /// The connection of one of `calleeLegs`.
  ///
  /// - Parameter endedAt: when the call was over before the trace shows its end.
  func connection(of member: Member, endedAt: Instant? = nil) -> Connection {
    let end = endedAt ?? self.end
    let came = member.cameIn ?? member.leg.start
    let turns = turns
    let after = turns.isEmpty ? nil : turns.last { $0.at <= came }
    let before = turns.isEmpty ? nil : turns.first { $0.at > came }
    let side = turns.isEmpty ? callerLeg : side(at: came)
    var over = member.wentOut ?? member.leg.end ?? end ?? came
    if let end { over = min(over, end) }
    if let before { over = min(over, before.at) }
    let start = start(of: member, came: came, after: after)
    var answer = member.answer
    if member.cameIn != nil || after != nil {
      answer = start
    } else if let connected = side?.leg.answer, let lifted = answer, connected < lifted {
      answer = max(start, connected)
    } else if let connected = side?.leg.answer, answer == nil, connected < over {
      answer = max(start, connected)
    }
    // Without a turn a moment before the start is one after the capture's clock was put back, which the row sorts out.
    if !turns.isEmpty || member.cameIn != nil {
      answer = answer.map { max(start, $0) }
      over = max(start, over)
    }
    return Connection(side: side, start: start, answer: answer, end: over, after: after, before: before)
  }

  /// The first dial begins with the call, or with the turn behind it; a later one (the next member of a queue, a
  /// forward) with its own INVITE. Who was still ringing when it was put through begins when it answers.
  private func start(of member: Member, came: Instant, after: Turn?) -> Instant {
    if let cameIn = member.cameIn { return max(cameIn, member.leg.answer ?? cameIn) }
    if case .parked = after { return came }
    let begin = after?.at ?? start
    guard came - begin > .seconds(1) else { return begin }
    let isFirst = !calleeLegs.contains {
      $0.cameIn == nil && $0.leg.id < member.leg.id && $0.leg.start >= begin
    }
    return isFirst ? begin : came
  }

  /// The party that does the calling at that moment: the caller, until it leaves the others to themselves.
  func side(at instant: Instant) -> Member? {
    var side = callerLeg
    for turn in turns where turn.at <= instant {
      let leaver: Leg
      switch turn {
      case .transfer(let transfer): leaver = transfer.by
      case .parked(let parked): leaver = parked.by
      case .pickedUp: continue
      }
      guard let current = side, leaver === current.leg else { continue }
      side = calleeLegs.last {
        $0.leg !== leaver && $0.leg.answer.map { $0 <= turn.at } ?? false
          && ($0.leg.end ?? .distantFuture) >= turn.at && ($0.cameIn ?? $0.leg.start) < turn.at
      }
    }
    return side
  }
}
