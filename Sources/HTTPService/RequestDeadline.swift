public import NIOCore
public import NIOHTTPTypes

/// Ends a connection whose request does not come to its end in time, however busily its bytes trickle in.
public final class RequestDeadline: ChannelDuplexHandler, RemovableChannelHandler {
  /// Requests in pieces.
  public typealias InboundIn = HTTPRequestPart
  /// The same.
  public typealias InboundOut = HTTPRequestPart
  /// Answers in pieces.
  public typealias OutboundIn = HTTPResponsePart
  /// The same.
  public typealias OutboundOut = HTTPResponsePart

  private let time: TimeAmount
  private var scheduled: Scheduled<Void>?

  /// - Parameter time: from the connection's beginning, or the last answer, to the end of a request.
  public init(_ time: TimeAmount) { self.time = time }

  /// The time begins where the connection is there already.
  public func handlerAdded(context: ChannelHandlerContext) {
    if context.channel.isActive { start(context) }
  }

  /// Nothing is waited for any more.
  public func handlerRemoved(context: ChannelHandlerContext) { stop() }

  /// The time begins.
  public func channelActive(context: ChannelHandlerContext) {
    start(context)
    context.fireChannelActive()
  }

  /// Nothing is waited for any more.
  public func channelInactive(context: ChannelHandlerContext) {
    stop()
    context.fireChannelInactive()
  }

  /// The time ends with the request.
  public func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head, .body: break
    case .end: stop()
    }
    context.fireChannelRead(data)
  }

  /// The time begins anew with the answer.
  public func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    switch unwrapOutboundIn(data) {
    case .head, .body: break
    case .end: start(context)
    }
    context.write(data, promise: promise)
  }

  private func start(_ context: ChannelHandlerContext) {
    stop()
    let channel = context.channel
    scheduled = context.eventLoop.scheduleTask(in: time) { channel.cut() }
  }

  private func stop() {
    scheduled?.cancel()
    scheduled = nil
  }
}
