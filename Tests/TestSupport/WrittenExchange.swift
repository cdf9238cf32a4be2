/// Messages that belong together, of which a trace may show some again and others not at all.
public protocol WrittenExchange: Sendable {
  /// In the order in which they were written.
  var messages: [WrittenMessage] { get set }
}

extension WrittenExchange {
  /// The last `count` messages sent once more, in their order.
  public func again(_ count: Int = 1, at seconds: Double) -> Self {
    var next = self
    for message in messages.suffix(count) {
      var copy = message
      copy.time = moment(seconds)
      next.messages.append(copy)
    }
    return next
  }

  /// Only the messages from `seconds` on: the trace began in the middle.
  public func since(_ seconds: Double) -> Self {
    var next = self
    next.messages.removeAll { $0.time < moment(seconds) }
    return next
  }

  /// Only the messages before `seconds`: the trace ended in the middle.
  public func before(_ seconds: Double) -> Self {
    var next = self
    next.messages.removeAll { $0.time >= moment(seconds) }
    return next
  }
}
