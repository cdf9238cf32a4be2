import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import Primitives
import Synchronization

/// The way of one record after the other to the receiver. A task that is cancelled does not wait for the receiver.
actor RealTimeDelivery {
  private let receiver: RealTimeReceiver
  private let contentType: String
  private let deadline: TimeAmount
  /// Open between two records where they go over TCP.
  private var connection: (any Channel)?

  /// The receiver did not take it.
  struct Refused: Error {}

  /// - Parameter deadline: a record is there within this, or it was not taken.
  init(to receiver: RealTimeReceiver, contentType: String, deadline: TimeAmount = .seconds(10)) {
    self.receiver = receiver
    self.contentType = contentType
    self.deadline = deadline
  }

  func deliver(_ bytes: [UInt8]) async throws {
    let used = UsedChannel()
    let late = MultiThreadedEventLoopGroup.singleton.any().scheduleTask(in: deadline) { used.end() }
    defer { late.cancel() }
    try await withTaskCancellationHandler {
      switch receiver.method {
      case .tcp: try await write(bytes + [UInt8(ascii: "\n")], used)
      case .http, .https: try await post(bytes, used)
      }
    } onCancel: {
      used.end()
    }
  }

  func close() async {
    try? await connection?.close()
    connection = nil
  }

  /// That the machine has taken the bytes is all that TCP tells of their arrival.
  private func write(_ bytes: [UInt8], _ used: UsedChannel) async throws {
    if connection?.isActive != true {
      connection = try await bootstrap { used.take($0) }.connect(host: receiver.host, port: receiver.port).get()
    }
    guard let connection else { throw Refused() }
    used.take(connection)
    do { try await connection.writeAndFlush(ByteBuffer(bytes: bytes)) } catch {
      await close()
      throw error
    }
  }

  private func bootstrap(
    _ initialize: @escaping @Sendable (any Channel) throws -> Void
  ) -> ClientBootstrap {
    ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton).connectTimeout(deadline)
      .channelInitializer { channel in channel.eventLoop.makeCompletedFuture { try initialize(channel) } }
  }

  private func post(_ bytes: [UInt8], _ used: UsedChannel) async throws {
    let tls = try receiver.method == .https ? Self.tls(receiver) : nil
    let host = receiver.host
    let status = MultiThreadedEventLoopGroup.singleton.next().makePromise(of: Int.self)
    let channel: any Channel
    do {
      channel = try await bootstrap { channel in
        used.take(channel)
        if let tls {
          try channel.pipeline.syncOperations.addHandler(
            NIOSSLClientHandler(context: tls, serverHostname: IPAddress(host) == nil ? host : nil))
        }
        try channel.pipeline.syncOperations.addHTTPClientHandlers()
        try channel.pipeline.syncOperations.addHandler(StatusReader(status))
      }.connect(host: host, port: receiver.port).get()
    } catch {
      status.fail(error)
      throw error
    }
    defer { channel.close(promise: nil) }
    channel.write(HTTPClientRequestPart.head(head(bytes.count)), promise: nil)
    channel.write(HTTPClientRequestPart.body(.byteBuffer(ByteBuffer(bytes: bytes))), promise: nil)
    channel.writeAndFlush(HTTPClientRequestPart.end(nil), promise: nil)
    guard (200..<300).contains(try await status.futureResult.get()) else { throw Refused() }
  }

  private func head(_ count: Int) -> HTTPRequestHead {
    var headers = HTTPHeaders([
      ("Host", "\(receiver.host):\(receiver.port)"), ("Content-Type", contentType), ("Content-Length", String(count)),
      ("Connection", "close"),
    ])
    if let user = receiver.user {
      let credentials = Data("\(user.name):\(user.password.value)".utf8).base64EncodedString()
      headers.add(name: "Authorization", value: "Basic " + credentials)
    }
    return HTTPRequestHead(version: .http1_1, method: .POST, uri: receiver.path, headers: headers)
  }

  private static func tls(_ receiver: RealTimeReceiver) throws -> NIOSSLContext {
    var configuration = TLSConfiguration.makeClientConfiguration()
    if let pem = receiver.trustedCertificates {
      configuration.trustRoots = .certificates(try NIOSSLCertificate.fromPEMBytes(Array(pem.utf8)))
    }
    return try NIOSSLContext(configuration: configuration)
  }
}

/// The connection that a record goes over, for whoever does not want to wait any longer.
private final class UsedChannel: Sendable {
  private let state = Mutex<(channel: (any Channel)?, isOver: Bool)>((nil, false))

  func take(_ channel: any Channel) {
    let isOver = state.withLock { state in
      state.channel = channel
      return state.isOver
    }
    if isOver { channel.close(promise: nil) }
  }

  func end() {
    let channel = state.withLock { state in
      state.isOver = true
      return state.channel
    }
    channel?.close(promise: nil)
  }
}

/// Tells the status of the answer, or that there is none.
private final class StatusReader: ChannelInboundHandler {
  typealias InboundIn = HTTPClientResponsePart
  private let status: EventLoopPromise<Int>
  private var isTold = false

  init(_ status: EventLoopPromise<Int>) { self.status = status }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head):
      guard !isTold else { return }
      isTold = true
      status.succeed(Int(head.status.code))
    case .body, .end: break
    }
  }

  func channelInactive(context: ChannelHandlerContext) {
    if !isTold { status.fail(RealTimeDelivery.Refused()) }
    isTold = true
    context.fireChannelInactive()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    if !isTold { status.fail(error) }
    isTold = true
    context.close(promise: nil)
  }
}
