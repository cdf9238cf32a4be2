import CertificateAuthority
import Foundation
import NIOCore
import NIOPosix
import NIOSSL
import Primitives
import TestSupport

/// A server that speaks TLS, or does not, and then whatever a test wants: HTTP done badly, by the byte.
final class BadServer {
  /// What is done with a connection once its request is there.
  enum Conduct: Sendable {
    /// These bytes, and the connection stays open.
    case bytes(String)
    /// These bytes, and the connection ends.
    case bytesThenClose(String)
    /// A head, and a body of so many bytes.
    case large(Int)
    /// A head, and a body without end.
    case endless
    /// Nothing at all.
    case silence
  }

  /// Certificates are checked by the machine's clock, so they are issued by it.
  static let now = Instant(seconds: Int64(Date().timeIntervalSince1970))

  let port: Int
  let folder: TemporaryDirectory
  private let channel: any Channel

  /// The authority's certificate, for clients to trust.
  var authorityFile: String { folder.path("ca.pem") }

  /// - Parameters:
  ///   - names: what its certificate is for.
  ///   - life: from now; negative for one that has expired.
  ///   - isSecure: whether TLS is spoken at all.
  init(
    _ conduct: Conduct, names: [String] = ["www.zohoapis.com"], life: Instant.Span = .seconds(3600),
    isSecure: Bool = true
  ) async throws {
    folder = try TemporaryDirectory()
    let authority = try CertificateAuthority(named: "Test", at: Self.now)
    let server = try authority.issue(for: names, at: Self.now, life: life, leeway: .seconds(7200))
    try folder.write(Array(authority.identity.certificatePEM.utf8), to: "ca.pem")
    let chain = try NIOSSLCertificate.fromPEMBytes(Array(server.certificatePEM.utf8)).map {
      NIOSSLCertificateSource.certificate($0)
    }
    let key = try NIOSSLPrivateKey(bytes: Array(server.privateKeyPEM.value.utf8), format: .pem)
    let context = try NIOSSLContext(
      configuration: .makeServerConfiguration(certificateChain: chain, privateKey: .privateKey(key)))
    channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          if isSecure { try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: context)) }
          try channel.pipeline.syncOperations.addHandler(BadConduct(conduct))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    port = channel.localAddress?.port ?? 0
  }

  deinit { channel.close(promise: nil) }
}

private final class BadConduct: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let conduct: BadServer.Conduct
  private var hasAnswered = false
  private static let piece = 64 << 10

  init(_ conduct: BadServer.Conduct) { self.conduct = conduct }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !hasAnswered else { return }
    hasAnswered = true
    switch conduct {
    case .silence: break
    case .bytes(let text): write(text, context)
    case .bytesThenClose(let text):
      write(text, context)
      context.close(promise: nil)
    case .large(let count):
      write("HTTP/1.1 200 OK\r\nContent-Length: \(count)\r\n\r\n", context)
      stream(context, left: count)
    case .endless:
      write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", context)
      drip(context)
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

  private func write(_ text: String, _ context: ChannelHandlerContext) {
    context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
  }

  /// One piece after the other, so that no test holds the whole in memory.
  private func stream(_ context: ChannelHandlerContext, left: Int) {
    guard left > 0, context.channel.isActive else { return }
    let count = min(left, Self.piece)
    let context = NIOLoopBound(context, eventLoop: context.eventLoop)
    let own = NIOLoopBound(self, eventLoop: context.value.eventLoop)
    context.value.writeAndFlush(wrapOutboundOut(ByteBuffer(repeating: 0x20, count: count)))
      .whenSuccess { own.value.stream(context.value, left: left - count) }
  }

  private func drip(_ context: ChannelHandlerContext) {
    guard context.channel.isActive else { return }
    write("1\r\n \r\n", context)
    let context = NIOLoopBound(context, eventLoop: context.eventLoop)
    let own = NIOLoopBound(self, eventLoop: context.value.eventLoop)
    context.value.eventLoop.scheduleTask(in: .milliseconds(10)) { own.value.drip(context.value) }
  }
}
