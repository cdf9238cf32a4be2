import ArgumentParser
import PBXModel
import Primitives
import SIP
import SIPCapture

/// Which call of the traces is meant.
struct CallChoice: ParsableArguments {
  @Option(name: .customLong("call"), help: ArgumentHelp("The id that `calls` prints.", valueName: "id"))
  var id: Int?

  @Option(help: ArgumentHelp("A telephone number that called, was dialled or was rung.", valueName: "number"))
  var number: String?

  @Option(name: .customLong("call-id"), help: ArgumentHelp("The Call-ID of one of its legs.", valueName: "text"))
  var callID: String?

  @Option(name: .customLong("at"), help: ArgumentHelp("A frame that holds one of its messages.", valueName: "frame"))
  var frame: Int?

  mutating func validate() throws {
    let given = [id != nil, number != nil, callID != nil, frame != nil]
    if given.count(where: { $0 }) > 1 {
      throw ValidationError("Give one of --call, --number, --call-id and --at.")
    }
  }

  /// What was asked for, as a message says it; nil without a choice.
  var text: String? {
    if let id { return "call \(id)" }
    if let number { return "call of number '\(number)'" }
    if let callID { return "call with Call-ID '\(callID)'" }
    if let frame { return "call with a message in frame \(frame)" }
    return nil
  }
}

/// Takes in the calls of a trace and keeps those that are meant.
struct CallPicker {
  /// Calls kept; further ones are counted.
  static let keptMax = 50

  private let choice: CallChoice
  /// The first `keptMax` that are meant, in the order of their ids.
  private(set) var calls: [Call] = []
  /// Those that are meant.
  private(set) var count = 0
  /// Calls in all.
  private(set) var total = 0
  /// What stood in the frame asked for.
  private var messages: [(callID: String, source: IPAddress, destination: IPAddress, time: Instant)] = []

  init(_ choice: CallChoice) { self.choice = choice }

  /// Notes what is in the frame asked for.
  mutating func receive(_ captured: CapturedMessage) {
    guard let frame = choice.frame, captured.frame == frame, messages.count < Self.keptMax,
      let callID = captured.message.callID
    else { return }
    messages.append((callID.string, captured.source.address, captured.destination.address, captured.time))
  }

  /// Takes in a call that is over, or that runs at the end of the trace.
  mutating func receive(_ call: Call) {
    total += 1
    guard isMeant(call) else { return }
    count += 1
    guard calls.count < Self.keptMax || call.id < calls.last?.id ?? call.id else { return }
    calls.insert(call, at: calls.firstIndex { call.id < $0.id } ?? calls.count)
    if calls.count > Self.keptMax { calls.removeLast() }
  }

  private func isMeant(_ call: Call) -> Bool {
    if let id = choice.id { return call.id.rawValue == id }
    if let number = choice.number { return call.hasNumber(number) }
    if let callID = choice.callID { return call.legs.contains { $0.leg.callID == callID } }
    if choice.frame != nil { return messages.contains { call.holds($0) } }
    return true
  }
}

extension Call {
  fileprivate func hasNumber(_ number: String) -> Bool {
    callerNumber == number || dialled == number
      || legs.contains {
        $0.leg.fromUser == number || $0.leg.toUser == number || $0.leg.requestUser == number
          || $0.party.accountNumber == number
      }
  }

  fileprivate func holds(
    _ message: (callID: String, source: IPAddress, destination: IPAddress, time: Instant)
  ) -> Bool {
    legs.contains { member in
      let (one, other) = (member.leg.source.address, member.leg.destination.address)
      return member.leg.callID == message.callID
        && ((one, other) == (message.source, message.destination)
          || (one, other) == (message.destination, message.source))
    }
  }
}
