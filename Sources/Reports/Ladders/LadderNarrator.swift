import PBXModel
import Primitives
import SIP
import SIPCapture

/// Makes rows of messages, remembering of each leg what the next message has to be compared with.
struct LadderNarrator {
  /// Requests of one method and direction in one leg; ACK and CANCEL count as the INVITE they belong to.
  private struct Requests: Hashable {
    let leg: Int
    let isFromFarEnd: Bool
    let method: String
  }

  private let members: [Call.Member]
  private let timeZone: SiteTimeZone
  /// Those with more than one CSeq number, for which alone the number helps.
  private let numbered: Set<Requests>
  private var seen: [LadderMessage.Transaction: Int] = [:]
  private var begun: Set<Int> = []
  private var transports: [Int: SIPTransport] = [:]
  private var sessions: LadderSessions
  private var previous: Instant?
  private let legOfCallID: [String: Int]

  init(legs: [Call.Member], timeZone: SiteTimeZone, messages: [LadderMessage]) {
    members = legs
    self.timeZone = timeZone
    var numbers: [Requests: UInt32] = [:]
    var numbered: Set<Requests> = []
    for message in messages {
      let requests = Self.requests(of: message)
      if let known = numbers[requests], known != message.cseq { numbered.insert(requests) }
      numbers[requests] = message.cseq
    }
    self.numbered = numbered
    sessions = LadderSessions()
    legOfCallID = Dictionary(
      legs.enumerated().map { (LadderMessage.cut($1.leg.callID), $0) }, uniquingKeysWith: { first, _ in first })
  }

  mutating func row(for message: LadderMessage) -> Ladder.Row {
    let first = seen[message.transaction]
    if first == nil { seen[message.transaction] = message.frame }
    let session = sessions.receive(message, isRetransmission: first != nil)
    let delta = previous.map { message.time - $0 }
    let notes = notes(for: message, retransmissionOf: first, delta: delta, session: session.notes)
    let labels = labels(of: message, session.mark)
    previous = message.time
    return Ladder.Row(
      message: message, delta: delta, label: labels.first ?? "", shortLabels: Array(labels.dropFirst()), notes: notes,
      tone: tone(of: message), retransmissionOf: first)
  }

  private static func requests(of message: LadderMessage) -> Requests {
    let isRequest: Bool
    switch message.kind {
    case .request: isRequest = true
    case .response: isRequest = false
    }
    let method = message.cseqMethod
    return Requests(
      leg: message.leg, isFromFarEnd: message.isFromFarEnd == isRequest,
      method: method == "ACK" || method == "CANCEL" ? "INVITE" : method)
  }

  /// What stands on the arrow, then the same with less of it.
  private func labels(of message: LadderMessage, _ mark: String?) -> [String] {
    let number = numbered.contains(Self.requests(of: message)) ? "\(message.cseq) " : ""
    let sdp = message.session == nil ? "" : " sdp"
    let mark = mark.map { " " + $0 } ?? ""
    var labels: [String]
    switch message.kind {
    case .request(let method, let name):
      let name = method == .invite && message.isInDialog ? "re-INVITE" : name
      labels = [number + name + sdp + mark, number + name + (mark.isEmpty ? sdp : mark), name + mark]
    case .response(let status, let reason):
      let phrase = reason.isEmpty ? "" : " " + DisplayWidth.truncated(reason, to: 40)
      let request = " (\(number)\(message.cseqMethod))"
      labels = [
        "\(status)\(phrase)\(request)\(sdp)\(mark)", "\(status)\(request)\(sdp)", "\(status)\(request)",
        "\(status) \(message.cseqMethod)",
      ]
    }
    return labels.map { DisplayWidth.truncated(DisplayWidth.printable($0), to: 64) }
  }

  private func tone(of message: LadderMessage) -> Ladder.Row.Tone {
    switch message.kind {
    case .request: .request
    case .response(let status, _):
      switch status {
      case ..<200: .provisional
      case ..<300: .success
      case 401, 407: .challenge
      default: .failure
      }
    }
  }

  private mutating func notes(
    for message: LadderMessage, retransmissionOf first: Int?, delta: Instant.Span?, session: [String]
  ) -> [String] {
    var notes: [String] = []
    if let previous, timeZone.local(previous).date != timeZone.local(message.time).date {
      notes.append("date \(timeZone.local(message.time).date)")
    }
    if let delta, delta < .zero { notes.append("earlier than the line above") }
    if let first { notes.append("retransmission of frame \(first)") }
    if begun.insert(message.leg).inserted { notes += beginning(of: message.leg) }
    if message.transport != transports[message.leg] ?? .udp {
      notes.append("over \(message.transport.rawValue.uppercased())")
    }
    transports[message.leg] = message.transport
    if first == nil { notes += message.remarks.map(text) + session }
    return notes
  }

  private func beginning(of leg: Int) -> [String] {
    let member = members[leg]
    var notes: [String] = []
    if !member.join.rests(on: .first) {
      notes.append("leg \(leg + 1), joined by \(member.join.words)")
    } else if members.count > 1 {
      notes.append("leg \(leg + 1)")
    }
    if member.leg.isMidDialog { notes.append("the dialog was up when the trace began") }
    return notes
  }

  private func text(_ remark: LadderMessage.Remark) -> String {
    switch remark {
    case .challenge(let realm, let isStale):
      "challenge" + (realm.isEmpty ? "" : " of realm \(realm)") + (isStale ? ", nonce too old" : "")
    case .credentials(let user): "credentials" + (user.isEmpty ? "" : " of \(user)")
    case .refersTo(let target, let replaces):
      "transfer to \(target)" + (replaces.map { ", taking over \(name(ofCallID: $0))" } ?? "")
    case .replaces(let callID): "takes over \(name(ofCallID: callID))"
    case .referredBy(let user): "referred by \(user)"
    case .diverted(let user, let reason): "diverted by \(user)" + (reason.isEmpty ? "" : " (\(reason))")
    case .reason(let reason): "reason: \(reason)"
    case .progress(let status, let reason): "transfer: \(status) \(reason)"
    }
  }

  private func name(ofCallID callID: String) -> String {
    legOfCallID[callID].map { "leg \($0 + 1)" } ?? "Call-ID \(callID)"
  }
}

extension CivilTime {
  /// `YYYY-MM-DD`.
  var date: String { String(text.prefix { $0 != " " }) }
}
