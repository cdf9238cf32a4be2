import HTTPService
import Testing

/// A listener that is told to stop ends within its closing time, whatever its clients do.
@Suite(.serialized, .timeLimit(.minutes(2))) struct ClosingTests {
  /// Far more than a listener with these limits needs on a busy machine, far less than one that waits for somebody.
  private static let mostTime = Duration.seconds(20)
  private static let request = "GET /5 HTTP/1.1\r\nHost: h\r\n\r\n"

  private static var limits: ServerLimits {
    var limits = ServerLimits()
    (limits.requestTime, limits.answerTime) = (.seconds(3600), .seconds(3600))
    limits.closingTime = .milliseconds(100)
    return limits
  }

  private static func stop(_ listener: RunningListener) async throws {
    let took = try await ContinuousClock().measure { try await listener.stop() }
    #expect(took < mostTime)
  }

  @Test(arguments: [true, false], [true, false])
  func clientsThatHaveSaidNothingDoNotKeepIt(isSecure: Bool, takesWebSockets: Bool) async throws {
    let listener = try await RunningListener(
      Self.limits, isSecure: isSecure, takesWebSockets: takesWebSockets)
    var clients: [StubbornClient] = []
    for _ in 0..<50 { clients.append(try await StubbornClient(listener)) }
    try await Self.stop(listener)
    for client in clients { #expect(await client.received().isEmpty) }
  }

  @Test(arguments: [true, false], [true, false])
  func clientsBetweenTwoRequestsDoNotKeepIt(isSecure: Bool, takesWebSockets: Bool) async throws {
    let listener = try await RunningListener(
      Self.limits, isSecure: isSecure, takesWebSockets: takesWebSockets)
    var clients: [StubbornClient] = []
    for _ in 0..<20 {
      let client = try await StubbornClient(listener, isSecure: isSecure)
      try await client.send(Self.request)
      #expect(await client.received(upTo: "xxxxx").hasPrefix("HTTP/1.1 200"))
      // One that does not even hear the farewell.
      try await client.stopReading()
      clients.append(client)
    }
    try await Self.stop(listener)
    _ = clients
  }

  @Test(arguments: [true, false])
  func anAnswerThatNeverComesDoesNotKeepIt(isSecure: Bool) async throws {
    let listener = try await RunningListener(Self.limits, isSecure: isSecure)
    let client = try await StubbornClient(listener, isSecure: isSecure)
    try await client.send(Self.request)
    _ = await client.received(upTo: "xxxxx")
    try await client.send("GET /hang HTTP/1.1\r\nHost: h\r\n\r\n")
    let group = Task { await client.received() }
    try await Self.stop(listener)
    #expect(await group.value.isEmpty)
  }

  @Test(arguments: [true, false])
  func anAnswerThatNobodyTakesDoesNotKeepIt(isSecure: Bool) async throws {
    let listener = try await RunningListener(Self.limits, isSecure: isSecure)
    let client = try await StubbornClient(listener, isSecure: isSecure)
    try await client.send(Self.request)
    _ = await client.received(upTo: "xxxxx")
    try await client.stopReading()
    try await client.send("GET /100000000 HTTP/1.1\r\nHost: h\r\n\r\n")
    try await Self.stop(listener)
  }

  @Test(arguments: [true, false])
  func aRequestThatIsNotWholeDoesNotKeepIt(isSecure: Bool) async throws {
    let listener = try await RunningListener(Self.limits, isSecure: isSecure)
    let client = try await StubbornClient(listener, isSecure: isSecure)
    try await client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nfive!")
    try await Self.stop(listener)
  }

  @Test(arguments: [true, false])
  func anOpenWebSocketDoesNotKeepIt(isSecure: Bool) async throws {
    let listener = try await RunningListener(Self.limits, isSecure: isSecure)
    let client = try await StubbornClient(listener, isSecure: isSecure)
    try await client.send(
      "GET /socket HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n")
    #expect(await client.received(upTo: "\r\n\r\n").hasPrefix("HTTP/1.1 101"))
    try await Self.stop(listener)
  }

  @Test func whatIsBeingAnsweredIsAnsweredBeforeTheClosingTime() async throws {
    var limits = Self.limits
    limits.closingTime = .seconds(30)
    let listener = try await RunningListener(limits, isSecure: false)
    let client = try await StubbornClient(listener)
    try await client.send("POST /2 HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\n")
    for await _ in listener.begun { break }
    async let stopped: Void = listener.stop()
    try await client.send("abc")
    #expect(await client.received().hasSuffix("\r\n\r\nxxxxx"))
    try await stopped
  }
}
