import NIOCore

/// Stands between a connection's socket and all else, TLS included, and ends the connection where its client does not
/// do its part.
final class ConnectionGuard: ChannelDuplexHandler {
  typealias InboundIn = NIOAny
  typealias InboundOut = NIOAny
  typealias OutboundIn = NIOAny
  typealias OutboundOut = NIOAny

  /// Ends the connection at once, without a farewell that the client might not answer.
  struct Cut: Sendable {}

  private let takingTime: TimeAmount
  private var scheduled: Scheduled<Void>?

  /// - Parameter takingTime: what waits to be taken by the client may wait so long.
  init(takingTime: TimeAmount) { self.takingTime = takingTime }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    scheduled?.cancel()
    scheduled = nil
    if !context.channel.isWritable {
      let channel = context.channel
      scheduled = context.eventLoop.scheduleTask(in: takingTime) { channel.cut() }
    }
    context.fireChannelWritabilityChanged()
  }

  func channelInactive(context: ChannelHandlerContext) {
    scheduled?.cancel()
    context.fireChannelInactive()
  }

  func triggerUserOutboundEvent(context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?) {
    guard event is Cut else { return context.triggerUserOutboundEvent(event, promise: promise) }
    context.close(promise: promise)
  }
}

extension Channel {
  /// Ends a listener's connection at once, whatever its client does.
  func cut() { triggerUserOutboundEvent(ConnectionGuard.Cut(), promise: nil) }
}
