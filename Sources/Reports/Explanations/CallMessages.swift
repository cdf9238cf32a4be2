import PBXModel
import Primitives

/// The messages of one call by leg, asked for the frame that shows this or that.
struct CallMessages: Sendable {
  let all: [LadderMessage]
  /// Beyond those that were kept.
  let leftOut: Int
  let onOtherHops: Int

  init(_ collector: LadderCollector) {
    all = collector.messages
    leftOut = collector.messagesLeftOut
    onOtherHops = collector.messagesOnOtherHops
  }

  /// How many of `all` are sent again.
  var retransmissions: Int { all.count - Set(all.map(\.transaction)).count }

  /// The first response to the leg's INVITE with such a status.
  func response(_ leg: Int, _ statuses: ClosedRange<Int>) -> (frame: Int, status: Int, reason: String)? {
    for message in all where message.leg == leg && message.cseqMethod == "INVITE" {
      switch message.kind {
      case .response(let status, let reason) where statuses.contains(status): return (message.frame, status, reason)
      case .response, .request: break
      }
    }
    return nil
  }

  /// The frame of the leg's first challenge.
  func challenge(_ leg: Int) -> Int? {
    [401, 407].compactMap { response(leg, $0...$0)?.frame }.min()
  }

  /// The frame of the leg's first request of that method.
  func request(_ leg: Int, _ method: String) -> Int? {
    all.first { message in
      guard message.leg == leg else { return false }
      switch message.kind {
      case .request(_, let name): return name == method
      case .response: return false
      }
    }?.frame
  }

  func last(_ leg: Int) -> LadderMessage? { all.last { $0.leg == leg } }

  /// The frame that shows how a leg ended.
  func end(_ leg: Int, _ outcome: Leg.Outcome?) -> Int? {
    switch outcome {
    case .hungUp: request(leg, "BYE")
    case .cancelled: request(leg, "CANCEL") ?? response(leg, 487...487)?.frame
    case .rejected(let status): response(leg, status...status)?.frame
    case .unauthenticated: challenge(leg)
    case .lost: last(leg)?.frame
    case .none: nil
    }
  }
}
