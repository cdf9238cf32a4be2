import PBXModel
import Primitives
import Reports
import SIPCapture

/// The messages of some calls, from two more passes over the traces.
struct CallPictures {
  private var collectors: [Int64: LadderCollector] = [:]
  private let isPBXKnown: Bool
  private let timeZone: SiteTimeZone

  /// Messages kept of one call.
  static let messagesMax = 200

  init(of ids: Set<Int64>, _ options: Replay.Options) {
    isPBXKnown = !options.pbx.addresses.isEmpty
    timeZone = options.site.timeZone
    var model = TraceModel(site: options.site, pbx: options.pbx.addresses)
    var calls: [Int64: Call] = [:]
    func note(_ call: Call) {
      let id = Int64(call.id.rawValue)
      if ids.contains(id) { calls[id] = call }
    }
    // Traces that could not be read were complained of before.
    let outcome = try? options.scan.run { captured in
      model.receive(captured) { event in
        if case .call(.ended(let call)) = event { note(call) }
      }
      return true
    }
    guard outcome != nil else { return }
    for call in model.calls.runningCalls { note(call) }
    var found = calls.mapValues { LadderCollector(call: $0, messagesMax: Self.messagesMax) }
    let keys = found.keys.sorted()
    _ = try? options.scan.run { captured in
      for key in keys { found[key]?.receive(captured) }
      return true
    }
    collectors = found
  }

  /// Numbers of the frames that hold the call's messages, in the order of the trace.
  func frames(of call: Int64) -> [Int] { collectors[call]?.messages.map(\.frame) ?? [] }

  /// The call as a picture; nil where the trace has no such call.
  func svg(of call: Int64) -> String? {
    collectors[call].map { LadderSVG(Ladder($0, isPBXKnown: isPBXKnown, timeZone: timeZone)).text }
  }
}
