import NIOCore
import NIOPosix
import NIOSSL

/// A client that does only what it is told to do.
struct StubbornClient {
  private let channel: any Channel
  private let pieces: AsyncStream<ByteBuffer>

  /// - Parameter reads: false for one that takes nothing of what is sent to it.
  init(_ listener: RunningListener, isSecure: Bool = false, reads: Bool = true) async throws {
    let (pieces, continuation) = AsyncStream.makeStream(of: ByteBuffer.self)
    self.pieces = pieces
    channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          if isSecure {
            var configuration = TLSConfiguration.makeClientConfiguration()
            configuration.certificateVerification = .none
            let context = try NIOSSLContext(configuration: configuration)
            try channel.pipeline.syncOperations.addHandler(NIOSSLClientHandler(context: context, serverHostname: nil))
          }
          try channel.pipeline.syncOperations.addHandler(Receiver(continuation))
        }
      }.connect(host: "127.0.0.1", port: listener.port).get()
    if !reads { try await stopReading() }
  }

  /// Returns once the machine has taken the bytes.
  func send(_ text: String) async throws { try await channel.writeAndFlush(ByteBuffer(string: text)) }

  /// From here on it takes nothing of what is sent to it.
  func stopReading() async throws { try await channel.setOption(ChannelOptions.autoRead, value: false).get() }

  /// Sends one byte after the other for as long as it is let.
  func trickle(_ text: String) {
    let channel = channel
    let rest = NIOLoopBoundBox.makeBoxSendingValue(Array(text.utf8)[...], eventLoop: channel.eventLoop)
    channel.eventLoop.scheduleRepeatedTask(initialDelay: .zero, delay: .milliseconds(10)) { task in
      guard channel.isActive, let byte = rest.value.popFirst() else { return task.cancel() }
      channel.writeAndFlush(ByteBuffer(bytes: [byte]), promise: nil)
    }
  }

  /// Everything that came, once the connection is over.
  func received() async -> String {
    var text = ""
    for await piece in pieces { text += String(buffer: piece) }
    return text
  }

  /// What came so far, once it ends in that.
  func received(upTo end: String) async -> String {
    var text = ""
    for await piece in pieces {
      text += String(buffer: piece)
      if text.hasSuffix(end) { break }
    }
    return text
  }
}

/// Passes on what comes; a connection that breaks is over.
private final class Receiver: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  private let continuation: AsyncStream<ByteBuffer>.Continuation

  init(_ continuation: AsyncStream<ByteBuffer>.Continuation) { self.continuation = continuation }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) { continuation.yield(unwrapInboundIn(data)) }
  func channelInactive(context: ChannelHandlerContext) { continuation.finish() }
  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
