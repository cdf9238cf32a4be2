public import PBXModel
import Primitives
import SIP
public import SIPCapture

/// Picks the messages of one call out of a trace that has been read before.
///
/// A message belongs to a leg by Call-ID and hop, as `LegTracker` has it: a PBX may pass a Call-ID on, so that both
/// sides of a call share it, and a client may use one again for a later call, which ends what belongs to this one.
public struct LadderCollector {
  private struct Candidate {
    let leg: Leg
    /// The tag of From in the INVITE that began the leg; nil while that has not come.
    var tag: UInt64?
    var inviteCSeq: UInt32 = 0
    /// The Call-ID has gone over to a leg that is none of the call's.
    var isOver = false
    /// What came on its hop under its Call-ID before it began: the INVITE that was challenged, where the client took a
    /// new tag for its credentials.
    var earlier: [LadderMessage] = []
  }

  /// The call whose messages these are.
  public let call: Call
  /// Messages kept at most; further ones are only counted.
  public let messagesMax: Int
  /// In the order of the trace, the first `messagesMax`.
  public private(set) var messages: [LadderMessage] = []
  /// Messages of the call beyond those.
  public private(set) var messagesLeftOut = 0
  /// Messages under a Call-ID of the call between other addresses: past the PBX, or of another call.
  public private(set) var messagesOnOtherHops = 0
  /// In the order of the call's legs.
  private var candidates: [Candidate]
  /// A Call-ID's hash between two addresses, one way.
  private struct Hop: Hashable {
    let callID: UInt64
    let source: IPAddress
    let destination: IPAddress
  }

  private var candidatesOfHop: [Hop: [Int]] = [:]
  private var callIDs: Set<UInt64> = []

  private static let earlierMax = 32

  /// - Parameter call: as it stood at its end, or at that of the trace.
  public init(call: Call, messagesMax: Int) {
    self.call = call
    self.messagesMax = messagesMax
    candidates = call.legs.map { Candidate(leg: $0.leg) }
    for (place, candidate) in candidates.enumerated() {
      let hash = LadderNote.hash(of: candidate.leg.callID)
      callIDs.insert(hash)
      let (one, other) = (candidate.leg.source.address, candidate.leg.destination.address)
      candidatesOfHop[Hop(callID: hash, source: one, destination: other), default: []].append(place)
      guard one != other else { continue }
      candidatesOfHop[Hop(callID: hash, source: other, destination: one), default: []].append(place)
    }
  }

  /// Takes the message in if it belongs to the call; messages come in the order of the trace.
  public mutating func receive(_ captured: CapturedMessage) {
    guard let callID = captured.message.callID, callIDs.contains(LadderNote.hash(of: callID)),
      let note = LadderNote(captured)
    else { return }
    receive(note)
  }

  /// The same of a message that was copied before.
  public mutating func receive(_ note: LadderNote) {
    guard callIDs.contains(note.callIDHash) else { return }
    let hop = Hop(callID: note.callIDHash, source: note.source.address, destination: note.destination.address)
    guard let place = place(among: candidatesOfHop[hop] ?? [], note) else {
      messagesOnOtherHops += 1
      return
    }
    guard !candidates[place].isOver else { return }
    let message = note.message.placed(in: place, isFromFarEnd: candidates[place].leg.isFromFarEnd(note))
    guard candidates[place].tag != nil || candidates[place].leg.isMidDialog else {
      if candidates[place].earlier.count < Self.earlierMax { candidates[place].earlier.append(message) }
      return
    }
    append(message)
  }

  private mutating func append(_ message: LadderMessage) {
    guard messages.count < messagesMax else {
      messagesLeftOut += 1
      return
    }
    messages.append(message)
  }

  /// The candidate a message belongs to, having taken note of what it begins or ends.
  private mutating func place(among places: [Int], _ note: LadderNote) -> Int? {
    let tag = note.fromTag ?? 0
    var best: (place: Int, rank: Int)?
    for place in places {
      let candidate = candidates[place]
      var rank = candidate.leg.hopRank(note)
      guard rank > 0 else { continue }
      if candidate.tag == nil {
        if note.message.frame == candidate.leg.firstFrame, candidate.leg.isMidDialog || note.isInitial {
          begin(place, tag: tag, cseq: note.message.cseq)
          return place
        }
      } else {
        rank += candidate.tag == tag || candidate.tag == note.toTag ? 12 : 4
      }
      // Of two legs that fit as well, the later one has taken the Call-ID over.
      if rank >= best?.rank ?? 0 { best = (place, rank) }
    }
    guard let best else { return nil }
    if note.isInitial { noteInvite(best.place, tag: tag, cseq: note.message.cseq, at: note.message.time) }
    return best.place
  }

  private mutating func begin(_ place: Int, tag: UInt64, cseq: UInt32) {
    candidates[place].tag = tag
    candidates[place].inviteCSeq = cseq
    let earlier = candidates[place].earlier
    candidates[place].earlier = []
    if earlier.isChallengedAttempt { for message in earlier { append(message) } }
  }

  /// Goes on with the leg, unless this INVITE begins one of another call.
  private mutating func noteInvite(_ place: Int, tag: UInt64, cseq: UInt32, at instant: Instant) {
    let candidate = candidates[place]
    guard let known = candidate.tag else { return }
    let end = candidate.leg.end ?? .distantFuture
    if known != tag || instant > end + LegTracker.Limits().lingerAfterEnd
      || cseq > candidate.inviteCSeq && instant > end
    {
      candidates[place].isOver = true
    } else {
      candidates[place].inviteCSeq = max(cseq, candidate.inviteCSeq)
    }
  }
}

extension [LadderMessage] {
  /// Whether all of it is an INVITE that was answered with a challenge and nothing better.
  fileprivate var isChallengedAttempt: Bool {
    var isChallenged = false
    for message in self {
      switch message.kind {
      case .request(.invite, _) where !message.isInDialog: break
      case .request(.ack, _): break
      case .response(let status, _) where message.cseqMethod == "INVITE":
        guard status < 200 || status == 401 || status == 407 else { return false }
        if status >= 200 { isChallenged = true }
      case .request, .response: return false
      }
    }
    return isChallenged
  }
}

extension Leg {
  /// The phone or trunk.
  var farEnd: IPEndpoint { role == .outgoing ? destination : source }
  /// The PBX's side; the callee's where no PBX is known.
  var nearEnd: IPEndpoint { role == .outgoing ? source : destination }

  /// 2 for the leg's own two ends, ports and all (phones may share an address), 1 for their addresses, 0 for neither.
  fileprivate func hopRank(_ note: LadderNote) -> Int {
    let (one, other) = (note.source, note.destination)
    if (one, other) == (source, destination) || (one, other) == (destination, source) { return 2 }
    let matches =
      (one.address, other.address) == (source.address, destination.address)
      || (one.address, other.address) == (destination.address, source.address)
    return matches ? 1 : 0
  }

  fileprivate func isFromFarEnd(_ note: LadderNote) -> Bool {
    guard farEnd.address == nearEnd.address else { return note.source.address == farEnd.address }
    if note.source == farEnd || note.destination == nearEnd { return true }
    if note.source == nearEnd || note.destination == farEnd { return false }
    return note.source.port != nearEnd.port
  }
}
