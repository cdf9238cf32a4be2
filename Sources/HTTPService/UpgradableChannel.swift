import HummingbirdCore
import Logging
public import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1
public import NIOWebSocket
import ServiceLifecycle

/// What becomes of connections that ask for a WebSocket (RFC 6455).
public struct WebSocketDoor: Sendable {
  /// A connection that became one.
  public typealias Connection = NIOAsyncChannel<WebSocketFrame, WebSocketFrame>

  let path: String
  let frameBytesMax: Int
  let serve: @Sendable (Connection) async throws -> Void

  /// - Parameters:
  ///   - path: the only one that is taken.
  ///   - frameBytesMax: longer frames end the connection.
  ///   - serve: the connection is closed when it returns.
  public init(
    path: String, frameBytesMax: Int, serve: @escaping @Sendable (Connection) async throws -> Void
  ) {
    self.path = path
    self.frameBytesMax = frameBytesMax
    self.serve = serve
  }
}

/// HTTP/1.1 whose first request may turn the connection into a WebSocket.
struct UpgradableChannel: ServerChildChannel, HTTPChannelHandler {
  enum Outcome: Sendable {
    case http(NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>)
    case webSocket(WebSocketDoor.Connection)
  }

  /// A connection, and what it turns out to be with its first request.
  struct Value: ServerChildChannelValue {
    let outcome: EventLoopFuture<Outcome>
    let channel: any Channel
  }

  let responder: HTTPChannelHandler.Responder
  let door: WebSocketDoor
  let limits: ServerLimits

  func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
    channel.eventLoop.makeCompletedFuture {
      // Until the first request is there nothing else looks at the time.
      let first = channel.eventLoop.scheduleTask(in: limits.requestTime.timeAmount) { channel.cut() }
      channel.closeFuture.whenComplete { _ in first.cancel() }
      let path = door.path
      let upgrader = NIOTypedWebSocketServerUpgrader<Outcome>(
        maxFrameSize: door.frameBytesMax,
        shouldUpgrade: { channel, head in
          let isTaken = head.uri.prefix { $0 != "?" } == path
          return channel.eventLoop.makeSucceededFuture(isTaken ? HTTPHeaders() : nil)
        },
        upgradePipelineHandler: { channel, _ in
          channel.eventLoop.makeCompletedFuture {
            first.cancel()
            return .webSocket(try NIOAsyncChannel(wrappingChannelSynchronously: channel))
          }
        })
      let (limits, logger) = (limits, logger)
      var configuration = NIOUpgradableHTTPServerPipelineConfiguration<Outcome>(
        upgradeConfiguration: .init(upgraders: [upgrader]) { channel in
          channel.eventLoop.makeCompletedFuture {
            first.cancel()
            let pipeline = channel.pipeline.syncOperations
            try pipeline.addHandler(HTTP1ToHTTPServerCodec(secure: false))
            try pipeline.addHandler(RequestDeadline(limits.requestTime.timeAmount))
            try pipeline.addHandler(HTTPConnectionStateHandler(idleTimeout: nil, logger: logger))
            return .http(
              try NIOAsyncChannel(
                wrappingChannelSynchronously: channel, configuration: .init(isOutboundHalfClosureEnabled: true)))
          }
        })
      configuration.enablePipelining = false
      configuration.enableResponseHeaderValidation = false
      configuration.decoderConfiguration.maxHeaderFieldSize = limits.headerBytes
      configuration.decoderConfiguration.maxHeaderListSize = limits.headerBytes
      configuration.decoderConfiguration.maxHeaderFieldCount = limits.headerFields
      let outcome = try channel.pipeline.syncOperations.configureUpgradableHTTPServerPipeline(
        configuration: configuration)
      return Value(outcome: outcome, channel: channel)
    }
  }

  func handle(value: Value, logger: Logger) async {
    // Nothing has been asked of it yet, and nothing will.
    let outcome = await withGracefulShutdownHandler {
      try? await value.outcome.get()
    } onGracefulShutdown: {
      value.channel.cut()
    }
    guard let outcome else { return }
    switch outcome {
    case .http(let channel): await handleHTTP(asyncChannel: channel, logger: logger)
    case .webSocket(let connection): try? await door.serve(connection)
    }
  }
}
