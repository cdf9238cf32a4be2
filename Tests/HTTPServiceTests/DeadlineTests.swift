import HTTPTypes
import NIOCore
import NIOEmbedded
import NIOHTTPTypes
import Testing

@testable import HTTPService

/// The handlers that end connections, on a clock that a test moves.
struct DeadlineTests {
  private func guarded(_ handler: RequestDeadline) throws -> EmbeddedChannel {
    let channel = EmbeddedChannel()
    try channel.pipeline.syncOperations.addHandler(ConnectionGuard(takingTime: .hours(1)))
    try channel.pipeline.syncOperations.addHandler(handler)
    try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
    return channel
  }

  private static let head = HTTPRequestPart.head(HTTPRequest(method: .post, scheme: "http", authority: "h", path: "/"))
  private static let answer = HTTPResponsePart.head(HTTPResponse(status: .ok))

  @Test func aRequestHasItsTimeHoweverManyPiecesItComesIn() throws {
    let channel = try guarded(RequestDeadline(.seconds(30)))
    try channel.writeInbound(Self.head)
    for _ in 0..<29 {
      channel.embeddedEventLoop.advanceTime(by: .seconds(1))
      try channel.writeInbound(HTTPRequestPart.body(ByteBuffer(string: "y")))
    }
    #expect(channel.isActive)
    channel.embeddedEventLoop.advanceTime(by: .seconds(1))
    #expect(!channel.isActive)
  }

  @Test func theTimeBeginsAnewWithEachAnswer() throws {
    let channel = try guarded(RequestDeadline(.seconds(30)))
    for _ in 0..<10 {
      channel.embeddedEventLoop.advanceTime(by: .seconds(29))
      try channel.writeInbound(Self.head)
      try channel.writeInbound(HTTPRequestPart.end(nil))
      // Making the answer has no limit here.
      channel.embeddedEventLoop.advanceTime(by: .seconds(100))
      try channel.writeOutbound(Self.answer)
      try channel.writeOutbound(HTTPResponsePart.end(nil))
    }
    #expect(channel.isActive)
    channel.embeddedEventLoop.advanceTime(by: .seconds(30))
    #expect(!channel.isActive)
  }

  @Test func whatWaitsToBeTakenMayWaitSoLong() throws {
    let channel = EmbeddedChannel()
    try channel.pipeline.syncOperations.addHandler(ConnectionGuard(takingTime: .seconds(30)))
    try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
    for _ in 0..<10 {
      channel.isWritable = false
      channel.pipeline.fireChannelWritabilityChanged()
      channel.embeddedEventLoop.advanceTime(by: .seconds(29))
      channel.isWritable = true
      channel.pipeline.fireChannelWritabilityChanged()
      channel.embeddedEventLoop.advanceTime(by: .seconds(29))
    }
    #expect(channel.isActive)
    channel.isWritable = false
    channel.pipeline.fireChannelWritabilityChanged()
    channel.embeddedEventLoop.advanceTime(by: .seconds(30))
    #expect(!channel.isActive)
  }
}
