public import Primitives
import SIP
public import SIPCapture

/// When the made-up traces begin: 2026-09-21T14:13:20Z.
public let traceStart = Instant(seconds: 1_790_000_000)

/// That many seconds after `traceStart`, to the microsecond.
public func moment(_ seconds: Double) -> Instant {
  traceStart + Instant.Span(nanoseconds: Int64((seconds * 1e6).rounded()) * 1000)
}

/// One SIP message as text, and how it travelled.
public struct WrittenMessage: Sendable {
  /// Capture time of its frame.
  public var time: Instant
  /// Who sends it on the wire.
  public var source: IPEndpoint
  /// Who receives it on the wire.
  public var destination: IPEndpoint
  /// UDP unless a test says otherwise.
  public var transport = SIPTransport.udp
  /// The whole message, lines ended by CR LF.
  public var text: String

  /// A message over UDP; nothing in `text` is checked.
  public init(time: Instant, source: IPEndpoint, destination: IPEndpoint, text: String) {
    self.time = time
    self.source = source
    self.destination = destination
    self.text = text
  }
}

/// Hands the messages over in the order of their times, each valid only during its call, as a capture does.
public func deliver(_ messages: [WrittenMessage], to body: (CapturedMessage) -> Void) throws {
  let ordered = messages.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }
  try deliverInOrder(ordered.map(\.element), to: body)
}

/// Hands the messages over as they stand, whatever their times: a capture whose clock was put back.
public func deliverInOrder(_ messages: [WrittenMessage], to body: (CapturedMessage) -> Void) throws {
  for (frame, written) in messages.enumerated() {
    let bytes = Array(written.text.utf8)
    try bytes.withUnsafeBytes { buffer in
      body(
        CapturedMessage(
          frame: frame + 1, time: written.time, transport: written.transport, source: written.source,
          destination: written.destination, message: try SIPMessage.parse(buffer)))
    }
  }
}

/// `user@address` or `user@address:port`; the port is 5060 where none is written.
struct Correspondent: Sendable {
  let user: String
  let endpoint: IPEndpoint
  var uri: String { "sip:\(user)@\(endpoint)" }

  init(_ text: String) {
    let parts = text.split(separator: "@", maxSplits: 1).map(String.init)
    user = parts.count == 2 ? parts[0] : ""
    var endpoint = IPEndpoint(parts.last ?? "") ?? IPEndpoint(address: IPAddress(v4: 0), port: 0)
    if endpoint.port == 0 { endpoint.port = 5060 }
    self.endpoint = endpoint
  }
}

/// One dialog, written message by message. Times are seconds after `traceStart`.
public struct Dialogue: WrittenExchange {
  /// The two ends of the dialog.
  public enum Side: Sendable {
    /// Who sent the first INVITE.
    case caller
    /// Who received the first INVITE.
    case callee
  }

  /// What was written so far, in the order written, which `deliver` sorts by time.
  public var messages: [WrittenMessage] = []
  /// The Call-ID of every message from here on.
  public var callID: String
  /// The caller's tag, `tag-of-<Call-ID>` unless set.
  public var fromTag: String
  /// The callee's tag in every message from here on that has one.
  public var toTag = "tag-of-callee"
  /// The caller's display name; empty for none.
  public var displayName = ""
  /// More lines for the next INVITEs, each without its line end.
  public var extraHeaders: [String] = []
  private let caller: Correspondent
  private let callee: Correspondent
  private var callerCSeq: UInt32 = 0
  private var inviteCSeq: UInt32 = 0
  private var calleeCSeq: UInt32 = 100

  /// - Parameters:
  ///   - caller: who sends the INVITE, as `user@address:port`.
  ///   - callee: who receives it; the user is the number dialled.
  public init(from caller: String, to callee: String, callID: String) {
    self.caller = Correspondent(caller)
    self.callee = Correspondent(callee)
    self.callID = callID
    fromTag = "tag-of-\(callID)"
  }

  /// A new INVITE transaction: the first, or one sent again with credentials.
  public func invite(at seconds: Double, credentials: Bool = false) -> Dialogue {
    var next = self
    next.callerCSeq += 1
    next.inviteCSeq = next.callerCSeq
    let headers = extraHeaders + (credentials ? ["Authorization: Digest username=\"x\", response=\"0\""] : [])
    next.request("INVITE", cseq: next.inviteCSeq, by: .caller, at: seconds, headers, tagged: false)
    return next
  }

  /// A response to the latest INVITE; a 100 carries no To tag.
  ///
  /// - Parameter tag: the callee's tag from here on; nil for the one there is.
  public func reply(_ status: Int, at seconds: Double, toTag tag: String? = nil) -> Dialogue {
    var next = self
    if let tag { next.toTag = tag }
    next.response(status, "INVITE", cseq: inviteCSeq, to: .caller, at: seconds, tagged: status > 100)
    return next
  }

  /// 100 to the latest INVITE.
  public func trying(at seconds: Double) -> Dialogue { reply(100, at: seconds) }
  /// 180 to the latest INVITE.
  public func ringing(at seconds: Double) -> Dialogue { reply(180, at: seconds) }
  /// 401, and the ACK at the same time.
  public func challenge(at seconds: Double) -> Dialogue { refuse(401, at: seconds) }

  /// 200, and the ACK at the same time.
  public func ok(at seconds: Double) -> Dialogue { reply(200, at: seconds).ack(at: seconds) }

  /// A final refusal, and the ACK at the same time.
  public func refuse(_ status: Int, at seconds: Double) -> Dialogue {
    reply(status, at: seconds).ack(at: seconds, ofRefusal: true)
  }

  /// The ACK of the latest INVITE: that of a refusal belongs to its transaction, that of a 2xx is one of its own.
  public func ack(at seconds: Double, ofRefusal: Bool = false) -> Dialogue {
    var next = self
    next.request(
      "ACK", cseq: inviteCSeq, by: .caller, at: seconds, [], tagged: true, transaction: ofRefusal ? "INVITE" : "ACK")
    return next
  }

  /// CANCEL and its own 200.
  public func cancel(at seconds: Double) -> Dialogue {
    var next = self
    next.request("CANCEL", cseq: inviteCSeq, by: .caller, at: seconds, [], tagged: false)
    next.response(200, "CANCEL", cseq: inviteCSeq, to: .caller, at: seconds, tagged: true)
    return next
  }

  /// BYE and its 200.
  public func bye(by side: Side = .caller, at seconds: Double) -> Dialogue {
    inDialog("BYE", by: side, at: seconds, [], answer: 200)
  }

  /// A re-INVITE, its 200 and its ACK.
  public func reInvite(by side: Side = .caller, at seconds: Double) -> Dialogue {
    inDialog("INVITE", by: side, at: seconds, [], answer: 200)
  }

  /// REFER and its answer.
  ///
  /// - Parameters:
  ///   - other: the dialog that Refer-To wants replaced; nil for a blind transfer.
  ///   - answer: the status of the answer; nil where the trace has none.
  public func refer(
    to target: String, replacing other: Dialogue? = nil, by side: Side, at seconds: Double, answer: Int? = 202
  ) -> Dialogue {
    let replaces = other.map { "?Replaces=\($0.callID)%3Bto-tag%3D\($0.toTag)%3Bfrom-tag%3D\($0.fromTag)" } ?? ""
    return inDialog(
      "REFER", by: side, at: seconds, ["Refer-To: <sip:\(target)@192.0.2.2\(replaces)>"], answer: answer)
  }

  /// NOTIFY of what became of a REFER (RFC 3515 section 2.4.4), and its 200.
  public func notify(_ status: Int, by side: Side, at seconds: Double) -> Dialogue {
    inDialog(
      "NOTIFY", by: side, at: seconds, ["Event: refer", "Subscription-State: terminated"], answer: 200,
      body: (type: "message/sipfrag", text: "SIP/2.0 \(status) Reason"))
  }

  /// The next INVITE is to take the place of `other` (RFC 3891).
  public func replacing(_ other: Dialogue) -> Dialogue {
    var next = self
    next.extraHeaders.append("Replaces: \(other.callID);to-tag=\(other.toTag);from-tag=\(other.fromTag)")
    return next
  }

  private func inDialog(
    _ method: String, by side: Side, at seconds: Double, _ headers: [String], answer: Int?,
    body: (type: String, text: String)? = nil
  ) -> Dialogue {
    var next = self
    switch side {
    case .caller: next.callerCSeq += 1
    case .callee: next.calleeCSeq += 1
    }
    let cseq = side == .caller ? next.callerCSeq : next.calleeCSeq
    next.request(method, cseq: cseq, by: side, at: seconds, headers, tagged: true, body: body)
    if let answer { next.response(answer, method, cseq: cseq, to: side, at: seconds, tagged: true) }
    return next
  }

  private func parties(_ side: Side) -> (from: String, to: String, own: Correspondent, other: Correspondent) {
    let name = displayName.isEmpty ? "" : "\"\(displayName)\" "
    let callerText = "\(name)<\(caller.uri)>;tag=\(fromTag)"
    switch side {
    case .caller: return (callerText, "<\(callee.uri)>", caller, callee)
    case .callee: return ("<\(callee.uri)>;tag=\(toTag)", callerText, callee, caller)
    }
  }

  private mutating func request(
    _ method: String, cseq: UInt32, by side: Side, at seconds: Double, _ headers: [String], tagged: Bool,
    transaction: String? = nil, body: (type: String, text: String)? = nil
  ) {
    let (from, to, own, other) = parties(side)
    let toTagText = side == .caller && tagged ? ";tag=\(toTag)" : ""
    let lines =
      [
        "\(method) \(other.uri) SIP/2.0",
        "Via: SIP/2.0/UDP \(own.endpoint);branch=z9hG4bK\(transaction ?? method)\(cseq)",
        "From: \(from)", "To: \(to)\(toTagText)", "Call-ID: \(callID)", "CSeq: \(cseq) \(method)",
      ] + headers + (body.map { ["Content-Type: \($0.type)"] } ?? [])
      + ["Content-Length: \(body?.text.utf8.count ?? 0)"]
    send(lines, body: body?.text ?? "", from: own, to: other, at: seconds)
  }

  private mutating func response(
    _ status: Int, _ method: String, cseq: UInt32, to side: Side, at seconds: Double, tagged: Bool
  ) {
    let (from, to, own, other) = parties(side)
    let toTagText = side == .caller && tagged ? ";tag=\(toTag)" : ""
    let lines = [
      "SIP/2.0 \(status) Reason", "Via: SIP/2.0/UDP \(own.endpoint);branch=z9hG4bK\(method)\(cseq)", "From: \(from)",
      "To: \(to)\(toTagText)", "Call-ID: \(callID)", "CSeq: \(cseq) \(method)", "Content-Length: 0",
    ]
    send(lines, from: other, to: own, at: seconds)
  }

  private mutating func send(
    _ lines: [String], body: String = "", from: Correspondent, to: Correspondent, at seconds: Double
  ) {
    messages.append(
      WrittenMessage(
        time: moment(seconds), source: from.endpoint, destination: to.endpoint,
        text: lines.joined(separator: "\r\n") + "\r\n\r\n" + body))
  }
}

/// REGISTERs of one phone and what the registrar answered. Times are seconds after `traceStart`.
public struct Registering: WrittenExchange {
  /// What was written so far, in the order written, which `deliver` sorts by time.
  public var messages: [WrittenMessage] = []
  /// The Call-ID of every message from here on.
  public var callID: String
  private let phone: Correspondent
  private let registrar: Correspondent
  private var cseq: UInt32 = 0

  /// - Parameters:
  ///   - phone: as `number@address:port`.
  ///   - registrar: the registrar's address.
  public init(_ phone: String, at registrar: String, callID: String? = nil) {
    self.phone = Correspondent(phone)
    self.registrar = Correspondent(registrar)
    self.callID = callID ?? "reg-\(phone)"
  }

  /// A REGISTER.
  ///
  /// - Parameters:
  ///   - contacts: values of Contact as written; nil for the phone's own address, an empty list for a query.
  ///   - expires: the Expires header; nil for none.
  public func register(
    at seconds: Double, contacts: [String]? = nil, expires: Int? = nil, credentials: Bool = true
  ) -> Registering {
    var next = self
    next.cseq += 1
    var headers = (contacts ?? ["<\(phone.uri)>"]).map { "Contact: \($0)" }
    if let expires { headers.append("Expires: \(expires)") }
    if credentials { headers.append("Authorization: Digest username=\"x\", response=\"0\"") }
    next.send("REGISTER sip:\(registrar.endpoint) SIP/2.0", headers, byPhone: true, at: seconds)
    return next
  }

  /// A response to the latest REGISTER.
  ///
  /// - Parameter headers: more lines, each without its line end.
  public func reply(_ status: Int, at seconds: Double, headers: [String] = []) -> Registering {
    var next = self
    next.send("SIP/2.0 \(status) Reason", headers, byPhone: false, at: seconds)
    return next
  }

  private mutating func send(_ start: String, _ headers: [String], byPhone: Bool, at seconds: Double) {
    let lines =
      [
        start, "Via: SIP/2.0/UDP \(phone.endpoint);branch=z9hG4bKreg\(cseq)",
        "From: <sip:\(phone.user)@\(registrar.endpoint)>;tag=reg", "To: <sip:\(phone.user)@\(registrar.endpoint)>",
        "Call-ID: \(callID)", "CSeq: \(cseq) REGISTER",
      ] + headers + ["Content-Length: 0"]
    messages.append(
      WrittenMessage(
        time: moment(seconds), source: byPhone ? phone.endpoint : registrar.endpoint,
        destination: byPhone ? registrar.endpoint : phone.endpoint, text: lines.joined(separator: "\r\n") + "\r\n\r\n"))
  }
}
