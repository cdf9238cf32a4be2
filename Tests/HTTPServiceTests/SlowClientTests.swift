import HTTPService
import Testing

/// Clients that do their part slowly, or not at all. Of each listener they have the only place: somebody else is
/// answered once they are gone.
@Suite(.serialized, .timeLimit(.minutes(2))) struct SlowClientTests {
  private static func limits(_ change: (inout ServerLimits) -> Void) -> ServerLimits {
    var limits = ServerLimits()
    limits.connections = 1
    change(&limits)
    return limits
  }

  /// Whether somebody who does his part is answered in the end; on a busy machine he too may be too slow at first.
  private static func isAnswered(_ listener: RunningListener, isSecure: Bool = false) async -> Bool {
    for _ in 0..<100 {
      guard let client = try? await StubbornClient(listener, isSecure: isSecure) else { continue }
      try? await client.send("GET /3 HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
      if await client.received().hasSuffix("\r\n\r\nxxx") { return true }
    }
    return false
  }

  @Test(arguments: [true, false])
  func aHeadThatTricklesInEndsItsConnection(takesWebSockets: Bool) async throws {
    let listener = try await RunningListener(
      Self.limits { $0.requestTime = .milliseconds(200) }, isSecure: false, takesWebSockets: takesWebSockets)
    let slow = try await StubbornClient(listener)
    slow.trickle("GET / HTTP/1.1\r\nHost: h\r\nX-More: " + String(repeating: "y", count: 50_000))
    #expect(await slow.received().isEmpty)
    #expect(await Self.isAnswered(listener))
    try await listener.stop()
  }

  @Test(arguments: [true, false])
  func aBodyThatTricklesInEndsItsConnection(takesWebSockets: Bool) async throws {
    let listener = try await RunningListener(
      Self.limits { $0.requestTime = .milliseconds(200) }, isSecure: false, takesWebSockets: takesWebSockets)
    let slow = try await StubbornClient(listener)
    try await slow.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 50000\r\n\r\n")
    slow.trickle(String(repeating: "y", count: 50_000))
    #expect(await slow.received().isEmpty)
    #expect(await Self.isAnswered(listener))
    try await listener.stop()
  }

  @Test(arguments: [true, false], [true, false])
  func aClientThatSaysNothingLosesItsConnection(isSecure: Bool, takesWebSockets: Bool) async throws {
    let listener = try await RunningListener(
      Self.limits { $0.requestTime = .milliseconds(200) }, isSecure: isSecure, takesWebSockets: takesWebSockets)
    let silent = try await StubbornClient(listener)
    #expect(await silent.received().isEmpty)
    #expect(await Self.isAnswered(listener, isSecure: isSecure))
    try await listener.stop()
  }

  @Test(arguments: [true, false])
  func aClientThatDoesNotTakeItsAnswerLosesItsConnection(isSecure: Bool) async throws {
    let listener = try await RunningListener(
      Self.limits { $0.answerTime = .milliseconds(200) }, isSecure: isSecure)
    let greedy = try await StubbornClient(listener, isSecure: isSecure, reads: isSecure)
    if isSecure {
      // Its side of the handshake first.
      try await greedy.send("GET /1 HTTP/1.1\r\nHost: h\r\n\r\n")
      #expect(await greedy.received(upTo: "x").hasSuffix("x"))
      try await greedy.stopReading()
    }
    try await greedy.send("GET /100000000 HTTP/1.1\r\nHost: h\r\n\r\n")
    #expect(await Self.isAnswered(listener, isSecure: isSecure))
    try await listener.stop()
  }

  @Test func aBodyThatIsTooLongIsNotKept() async throws {
    let listener = try await RunningListener(Self.limits { $0.bodyBytes = 1000 }, isSecure: false)
    let client = try await StubbornClient(listener)
    try await client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1001\r\n\r\n")
    try await client.send(String(repeating: "y", count: 1001))
    #expect(await client.received().isEmpty)
    #expect(await Self.isAnswered(listener))
    try await listener.stop()
  }

  @Test func aHeadThatIsTooLongIsRefused() async throws {
    let listener = try await RunningListener(Self.limits { $0.headerBytes = 2000 }, isSecure: false)
    let client = try await StubbornClient(listener)
    try await client.send("GET / HTTP/1.1\r\nHost: h\r\nX-More: " + String(repeating: "y", count: 4000) + "\r\n\r\n")
    #expect(await client.received().hasPrefix("HTTP/1.1 400"))
    #expect(await Self.isAnswered(listener))
    try await listener.stop()
  }
}
