import SIP

/// Follows offers and answers (RFC 3264) to tell what a description changes.
struct LadderSessions {
  private struct Side: Hashable {
    let leg: Int
    let isFarEnd: Bool
  }

  private struct Transaction: Hashable {
    let requester: Side
    let cseq: UInt32
  }

  private var media: [Side: [LadderSession.Medium]] = [:]
  private var isHeld: Set<Side> = []
  /// Whose request carried an offer.
  private var offered: Set<Transaction> = []
  private var pairShown: [Int: [[LadderSession.Medium]]] = [:]

  /// What the message's description changes: a mark for the label, and notes.
  mutating func receive(_ message: LadderMessage, isRetransmission: Bool) -> (mark: String?, notes: [String]) {
    guard let session = message.session else { return (nil, []) }
    let sender = Side(leg: message.leg, isFarEnd: message.isFromFarEnd)
    let isOffer = isOffer(message, sender)
    if isRetransmission { return (isOffer && session.isHold ? "hold" : nil, []) }
    var notes: [String] = []
    var mark: String?
    if isOffer {
      mark = holdMark(session, sender)
      if session.isHold { notes.append("hold: \(session.direction.reason)") }
    } else if session.direction != .sendrecv {
      notes.append("answer: \(session.direction.rawValue)")
    }
    notes += mediaNotes(session, sender, isOffer: isOffer)
    return (mark, notes)
  }

  private mutating func isOffer(_ message: LadderMessage, _ sender: Side) -> Bool {
    switch message.kind {
    case .request(.ack, _), .request(.prack, _): return false
    case .request:
      offered.insert(Transaction(requester: sender, cseq: message.cseq))
      return true
    case .response:
      let requester = Side(leg: sender.leg, isFarEnd: !sender.isFarEnd)
      return !offered.contains(Transaction(requester: requester, cseq: message.cseq))
    }
  }

  private mutating func holdMark(_ session: LadderSession, _ sender: Side) -> String? {
    guard session.isHold else { return isHeld.remove(sender) == nil ? nil : "resume" }
    isHeld.insert(sender)
    return "hold"
  }

  private mutating func mediaNotes(_ session: LadderSession, _ sender: Side, isOffer: Bool) -> [String] {
    let other = media[Side(leg: sender.leg, isFarEnd: !sender.isFarEnd)]
    let isNew = media[sender] != session.media
    media[sender] = session.media
    guard !session.media.isEmpty else { return isNew ? ["no media"] : [] }
    guard !isOffer, let other, other.count == session.media.count else {
      return isNew ? session.media.map(\.text) : []
    }
    guard isNew || pairShown[sender.leg] != [other, session.media] && pairShown[sender.leg] != [session.media, other]
    else { return [] }
    pairShown[sender.leg] = [other, session.media]
    return zip(other, session.media).map { "\($0.text) ↔ \($1.target)" }
  }
}

extension LadderSession.Medium {
  fileprivate var text: String { "\(type) \(target)" + (isEncrypted ? " (SRTP)" : "") }
}

extension LadderSession.Direction {
  /// Why a description is a hold.
  fileprivate var reason: String {
    switch self {
    case .sendonly, .inactive: rawValue
    case .sendrecv, .recvonly: "address 0.0.0.0"
    }
  }
}
