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
    let index: Int
    /// The tag of From in the INVITE that began the leg; nil while that has not come.
    var tag: UInt64?
    var inviteCSeq: UInt32 = 0
    /// The Call-ID has gone over to a leg that is none of the call's.
    var isOver = false
  }

  /// The call whose messages these are.
  public let call: Call
  /// Messages kept at most; further ones are only counted.
  public let messagesMax: Int
  /// In the order of the trace, the first `messagesMax`.
  public private(set) var messages: [LadderMessage] = []
  /// Messages of the call beyond those.
  public private(set) var messagesLeftOut = 0
  private var candidates: [Candidate]
  /// By hash of the Call-ID.
  private var candidatesOfCallID: [UInt64: [Int]] = [:]
  /// Those whose Call-ID was no UTF-8, so that the bytes cannot be had back from the text.
  private var candidatesOfUndecodable: [Int] = []

  /// - Parameter call: as it stood at its end, or at that of the trace.
  public init(call: Call, messagesMax: Int) {
    self.call = call
    self.messagesMax = messagesMax
    candidates = call.legs.enumerated().map { Candidate(leg: $1.leg, index: $0) }
    for (place, candidate) in candidates.enumerated() {
      var callID = candidate.leg.callID
      if callID.unicodeScalars.contains("\u{fffd}") { candidatesOfUndecodable.append(place) }
      let hash = callID.withUTF8 { SIPText(UnsafeRawBufferPointer($0)).stableHash }
      candidatesOfCallID[hash, default: []].append(place)
    }
  }

  /// Takes the message in if it belongs to the call; messages come in the order of the trace.
  public mutating func receive(_ captured: CapturedMessage) {
    guard let callID = captured.message.callID else { return }
    let places = candidatesOfCallID[callID.stableHash] ?? candidatesOfUndecodable
    guard !places.isEmpty, let cseq = captured.message.cseq, cseq.method != .register,
      let place = place(among: places, captured), !candidates[place].isOver
    else { return }
    guard messages.count < messagesMax else {
      messagesLeftOut += 1
      return
    }
    let candidate = candidates[place]
    let isFromFarEnd = candidate.leg.isFromFarEnd(captured)
    if let message = LadderMessage(captured, leg: candidate.index, isFromFarEnd: isFromFarEnd) {
      messages.append(message)
    }
  }

  /// The candidate a message belongs to, having taken note of what it begins or ends.
  private mutating func place(among places: [Int], _ captured: CapturedMessage) -> Int? {
    let message = captured.message
    let isInitial = message.method == .invite && message.to?.tag == nil
    let tag = message.from?.tag?.stableHash ?? 0
    let cseq = message.cseq?.number ?? 0
    var best: (place: Int, rank: Int)?
    for place in places {
      let candidate = candidates[place]
      guard isCallID(message.callID, of: candidate.leg) else { continue }
      var rank = candidate.leg.hopRank(captured)
      guard rank > 0 else { continue }
      if candidate.tag == nil {
        if captured.frame == candidate.leg.firstFrame, candidate.leg.isMidDialog || isInitial {
          candidates[place].tag = tag
          candidates[place].inviteCSeq = cseq
          return place
        }
        guard candidate.leg.isMidDialog else { continue }
      } else if candidate.tag == tag || candidate.tag == message.to?.tag?.stableHash {
        rank += 4
      }
      // Of two legs that fit as well, the later one has taken the Call-ID over.
      if rank >= best?.rank ?? 0 { best = (place, rank) }
    }
    guard let best else { return nil }
    if isInitial { noteInvite(best.place, tag: tag, cseq: cseq, captured) }
    return best.place
  }

  /// Goes on with the leg, unless this INVITE begins one of another call.
  private mutating func noteInvite(_ place: Int, tag: UInt64, cseq: UInt32, _ captured: CapturedMessage) {
    let candidate = candidates[place]
    guard let known = candidate.tag else { return }
    let limits = LegTracker.Limits()
    let end = candidate.leg.end ?? .distantFuture
    if known != tag || captured.time > end + limits.lingerAfterEnd
      || cseq > candidate.inviteCSeq && captured.time > end
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
