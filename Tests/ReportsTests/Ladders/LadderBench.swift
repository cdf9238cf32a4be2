import PBXModel
import Primitives
import Reports
import SIP
import SIPCapture
import TestSupport
import Testing

let pbxAddress = "192.0.2.2"

/// A caller's leg: the phone `number` at 192.0.2.`host` calls `dialled`.
func incoming(_ number: String, host: Int = 11, dials dialled: String, callID: String = "in-1") -> Dialogue {
  Dialogue(from: "\(number)@192.0.2.\(host)", to: "\(dialled)@\(pbxAddress)", callID: callID)
}

/// A callee's leg: the PBX calls `number` at 192.0.2.`host`, showing `caller`.
func outgoing(_ caller: String, to number: String, host: Int = 12, callID: String = "out-1") -> Dialogue {
  Dialogue(from: "\(caller)@\(pbxAddress)", to: "\(number)@192.0.2.\(host)", callID: callID)
}

/// The ladder of one call of a trace: the first, unless `number` says which.
func draw(
  _ exchanges: [any WrittenExchange], number: Int = 1, pbx: PBXAddresses? = nil, messagesMax: Int = 1000,
  timeZone: SiteTimeZone = .utc
) throws -> Ladder {
  let pbx = pbx ?? PBXAddresses([IPEndpoint("192.0.2.2:5060")].compactMap(\.self))
  return try draw(
    exchanges.flatMap(\.messages), number: number, pbx: pbx, messagesMax: messagesMax, timeZone: timeZone,
    deliver: { try deliver($0, to: $1) })
}

func draw(
  _ messages: [WrittenMessage], number: Int = 1, pbx: PBXAddresses, messagesMax: Int = 1000,
  timeZone: SiteTimeZone = .utc, deliver: ([WrittenMessage], (CapturedMessage) -> Void) throws -> Void
) throws -> Ladder {
  var model = TraceModel(site: Site(), pbx: pbx)
  var calls: [Call] = []
  var last = traceStart
  let note = { (event: TraceModel.Event) in
    switch event {
    case .call(.ended(let call)): calls.append(call)
    case .call, .registration: break
    }
  }
  try deliver(messages) { captured in
    last = max(last, captured.time)
    model.receive(captured, report: note)
  }
  model.finish(at: last, report: note)
  calls += model.calls.runningCalls
  let call = try #require(calls.first { $0.id.rawValue == number })
  var collector = LadderCollector(call: call, messagesMax: messagesMax)
  try deliver(messages) { collector.receive($0) }
  return Ladder(collector, isPBXKnown: !pbx.isEmpty, timeZone: timeZone)
}

/// An answered call of 1000 to 1001 with session descriptions, as both legs show it.
func answeredCall() -> [any WrittenExchange] {
  [
    incoming("1000", dials: "1001").invite(at: 0).carrying(audio(at: "192.0.2.11")).trying(at: 0.1)
      .reply(200, at: 2.1).carrying(audio(at: pbxAddress, port: 10000)).ack(at: 2.2).bye(at: 9),
    outgoing("1000", to: "1001").invite(at: 0.2).carrying(audio(at: pbxAddress, port: 10002)).ringing(at: 1)
      .reply(200, at: 2).carrying(audio(at: "192.0.2.12")).ack(at: 2.05).bye(at: 9.1),
  ]
}

extension Ladder {
  /// Labels in order, behind a mark of the way: `>` from the far end, `<` from the PBX.
  var labels: [String] { rows.map { ($0.message.isFromFarEnd ? "> " : "< ") + $0.label } }
}

extension Dialogue {
  /// A re-INVITE of the caller with an offer, and its 200 with an answer.
  func reInvite(at seconds: Double, offer: String, answer: String) -> Dialogue {
    var next = reInvite(at: seconds)
    guard let response = next.messages.popLast() else { return self }
    next = next.carrying(offer)
    next.messages.append(response)
    return next.carrying(answer)
  }
}

/// Hands the messages over in the order written, whatever their times say.
func deliverAsWritten(
  _ messages: [WrittenMessage], changing change: (UInt8) -> UInt8 = { $0 }, to body: (CapturedMessage) -> Void
) throws {
  for (index, message) in messages.enumerated() {
    let bytes = message.text.utf8.map(change)
    try bytes.withUnsafeBytes { buffer in
      body(
        CapturedMessage(
          frame: index + 1, time: message.time, transport: message.transport, source: message.source,
          destination: message.destination, message: try SIPMessage.parse(buffer)))
    }
  }
}
