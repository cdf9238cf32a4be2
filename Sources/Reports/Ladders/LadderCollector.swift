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
  /// Those whose Call-ID was no UTF-8, so that the bytes cannot be had back from the text.
  private var candidatesOfUndecodable: [Int] = []

  private static let earlierMax = 32

  /// - Parameter call: as it stood at its end, or at that of the trace.
  public init(call: Call, messagesMax: Int) {
    self.call = call
    self.messagesMax = messagesMax
    candidates = call.legs.map { Candidate(leg: $0.leg) }
    for (place, candidate) in candidates.enumerated() {
      var callID = candidate.leg.callID
      if callID.unicodeScalars.contains("\u{fffd}") { candidatesOfUndecodable.append(place) }
      let hash = callID.withUTF8 { SIPText(UnsafeRawBufferPointer($0)).stableHash }
      callIDs.insert(hash)
      let (one, other) = (candidate.leg.source.address, candidate.leg.destination.address)
      candidatesOfHop[Hop(callID: hash, source: one, destination: other), default: []].append(place)
      guard one != other else { continue }
      candidatesOfHop[Hop(callID: hash, source: other, destination: one), default: []].append(place)
    }
  }

  /// Takes the message in if it belongs to the call; messages come in the order of the trace.
  public mutating func receive(_ captured: CapturedMessage) {
    guard let callID = captured.message.callID, let cseq = captured.message.cseq, cseq.method != .register,
      let places = places(captured, callID)
    else { return }
    guard let place = place(among: places, captured) else {
      messagesOnOtherHops += 1
      return
    }
    guard !candidates[place].isOver else { return }
    guard let message = LadderMessage(captured, leg: place, isFromFarEnd: candidates[place].leg.isFromFarEnd(captured))
    else { return }
    guard candidates[place].tag != nil || candidates[place].leg.isMidDialog else {
      if candidates[place].earlier.count < Self.earlierMax { candidates[place].earlier.append(message) }
      return
    }
    append(message)
  }

  /// Candidates whose Call-ID and addresses fit, which may be none; nil where the Call-ID is none of the call's.
  private func places(_ captured: CapturedMessage, _ callID: SIPText) -> [Int]? {
    let hash = callID.stableHash
    guard callIDs.contains(hash) else {
      let places = candidatesOfUndecodable.filter { isCallID(callID, of: candidates[$0].leg) }
      return places.isEmpty ? nil : places
    }
    let hop = Hop(callID: hash, source: captured.source.address, destination: captured.destination.address)
    return candidatesOfHop[hop] ?? []
  }

  private mutating func append(_ message: LadderMessage) {
    guard messages.count < messagesMax else {
      messagesLeftOut += 1
      return
    }
    messages.append(message)
  }

  /// The candidate a message belongs to, having taken note of what it begins or ends.
  private mutating func place(among places: [Int], _ captured: CapturedMessage) -> Int? {
    let message = captured.message
    let isInitial = message.method == .invite && message.to?.tag == nil
    let tag = message.from?.tag?.stableHash ?? 0
    var best: (place: Int, rank: Int)?
    for place in places where isCallID(message.callID, of: candidates[place].leg) {
      let candidate = candidates[place]
      var rank = candidate.leg.hopRank(captured)
      guard rank > 0 else { continue }
      if candidate.tag == nil {
        if captured.frame == candidate.leg.firstFrame, candidate.leg.isMidDialog || isInitial {
          begin(place, tag: tag, cseq: message.cseq?.number ?? 0)
          return place
        }
      } else {
        rank += candidate.tag == tag || candidate.tag == message.to?.tag?.stableHash ? 12 : 4
      }
      // Of two legs that fit as well, the later one has taken the Call-ID over.
      if rank >= best?.rank ?? 0 { best = (place, rank) }
    }
    guard let best else { return nil }
    if isInitial { noteInvite(best.place, tag: tag, cseq: message.cseq?.number ?? 0, at: captured.time) }
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

  private func isCallID(_ callID: SIPText?, of leg: Leg) -> Bool {
    guard let callID else { return false }
    var text = leg.callID
    if text.withUTF8({ SIPText(UnsafeRawBufferPointer($0)) == callID }) { return true }
    return !candidatesOfUndecodable.isEmpty && text.utf8.elementsEqual(callID.string.utf8)
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
  fileprivate func hopRank(_ captured: CapturedMessage) -> Int {
    let (one, other) = (captured.source, captured.destination)
    if (one, other) == (source, destination) || (one, other) == (destination, source) { return 2 }
    let matches =
      (one.address, other.address) == (source.address, destination.address)
      || (one.address, other.address) == (destination.address, source.address)
    return matches ? 1 : 0
  }

  fileprivate func isFromFarEnd(_ captured: CapturedMessage) -> Bool {
    guard farEnd.address == nearEnd.address else { return captured.source.address == farEnd.address }
    if captured.source == farEnd || captured.destination == nearEnd { return true }
    if captured.source == nearEnd || captured.destination == farEnd { return false }
    return captured.source.port != nearEnd.port
  }
}
