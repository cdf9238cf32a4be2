import Primitives
public import SIPCapture

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

  /// Only what `address` sent: a capture that sees one direction.
  public func sent(by address: String) -> Self {
    var next = self
    next.messages.removeAll { $0.source.address.description != address }
    return next
  }

  /// Only what `address` received.
  public func received(by address: String) -> Self {
    var next = self
    next.messages.removeAll { $0.destination.address.description != address }
    return next
  }

  /// The last message with `body` of type application/sdp.
  public func carrying(_ body: String) -> Self {
    changingLast {
      $0.replacingEnd(
        "Content-Length: 0\r\n\r\n",
        with: "Content-Type: application/sdp\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
    }
  }

  /// The last message with one header line more, given without its line end.
  public func adding(_ header: String) -> Self {
    changingLast { $0.replacingEnd("Content-Length: 0\r\n\r\n", with: "\(header)\r\nContent-Length: 0\r\n\r\n") }
  }

  /// Every message over this transport.
  public func over(_ transport: SIPTransport) -> Self {
    var next = self
    for index in next.messages.indices { next.messages[index].transport = transport }
    return next
  }

  private func changingLast(_ change: (String) -> String) -> Self {
    var next = self
    if let last = next.messages.indices.last { next.messages[last].text = change(next.messages[last].text) }
    return next
  }
}

extension String {
  fileprivate func replacingEnd(_ end: String, with text: String) -> String {
    hasSuffix(end) ? dropLast(end.count) + text : self
  }
}

/// An offer or answer of one audio stream.
///
/// - Parameter lines: more lines for the medium, such as `a=sendonly`.
public func audio(at address: String, port: Int = 4000, _ lines: String...) -> String {
  let kind = address.contains(":") ? "IP6" : "IP4"
  return
    ([
      "v=0", "o=- 1 1 IN \(kind) \(address)", "s=-", "c=IN \(kind) \(address)", "t=0 0",
      "m=audio \(port) RTP/AVP 8",
    ] + lines).map { $0 + "\r\n" }.joined()
}
