import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import Primitives

/// The way of one record after the other to the receiver.
actor RealTimeDelivery {
  private let receiver: RealTimeReceiver
  private let contentType: String
  /// Open between two records where they go over TCP.
  private var connection: (any Channel)?

  private static let connectTime = TimeAmount.seconds(5)
  private static let answerTime = TimeAmount.seconds(10)

  /// The receiver did not take it.
  struct Refused: Error {}

  init(to receiver: RealTimeReceiver, contentType: String) {
    self.receiver = receiver
    self.contentType = contentType
  }

  func deliver(_ bytes: [UInt8]) async throws {
    switch receiver.method {
    case .tcp: try await write(bytes + [UInt8(ascii: "\n")])
    case .http, .https: try await post(bytes)
    }
  }

  func close() async {
    try? await connection?.close()
    connection = nil
  }

  /// That the machine has taken the bytes is all that TCP tells of their arrival.
  private func write(_ bytes: [UInt8]) async throws {
    if connection?.isActive != true {
      connection = try await bootstrap.connect(host: receiver.host, port: receiver.port).get()
    }
    guard let connection else { throw Refused() }
    do { try await connection.writeAndFlush(ByteBuffer(bytes: bytes)) } catch {
      await close()
      throw error
    }
  }

  private var bootstrap: ClientBootstrap {
    ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton).connectTimeout(Self.connectTime)
  }

  private func post(_ bytes: [UInt8]) async throws {
    let tls = try receiver.method == .https ? Self.tls(receiver) : nil
    let host = receiver.host
    let status = MultiThreadedEventLoopGroup.singleton.next().makePromise(of: Int.self)
    let channel: any Channel
    do {
      channel = try await bootstrap.channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          if let tls {
            try channel.pipeline.syncOperations.addHandler(
              NIOSSLClientHandler(context: tls, serverHostname: IPAddress(host) == nil ? host : nil))
          }
          try channel.pipeline.syncOperations.addHTTPClientHandlers()
          try channel.pipeline.syncOperations.addHandler(StatusReader(status))
        }
      }.connect(host: host, port: receiver.port).get()
    } catch {
      status.fail(error)
      throw error
    }
    let late = channel.eventLoop.scheduleTask(in: Self.answerTime) { channel.close(promise: nil) }
    defer {
      late.cancel()
      channel.close(promise: nil)
    }
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
