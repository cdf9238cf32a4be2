import CRMCloud
import CloudStorage
import HTTPTypes
import HummingbirdCore
import HummingbirdTLS
import Logging
import NIOCore
import NIOHTTPTypes
import NIOPosix
import NIOSSL
import Primitives
import ServiceLifecycle

/// Hands what comes in at one address to the cloud, and brings its answers back as the fault script wants it.
struct CloudListener<Hosted: HostedCloud & CloudAdministration & Codable>: Service {
  let address: ListenAddress
  let cloud: ServedCloud<Hosted>
  let limits: ServerLimits
  /// Where hosts have ports of their own.
  let links: PortLinks?
  let tls: TLSConfiguration?
  let logger: Logger
  /// Told the port once connections are taken.
  let isListening: @Sendable (Int) async -> Void

  func run() async throws {
    let plain = HTTP1Channel(
      responder: { request, writer, channel in try await respond(request, writer, channel) },
      configuration: .init(
        additionalChannelHandlers: [RequestDeadline(limits.requestTime.timeAmount)],
        httpDecoderConfiguration: .init(
          maxHeaderFieldSize: limits.headerBytes, maxHeaderListSize: limits.headerBytes,
          maxHeaderFieldCount: limits.headerFields)))
    if let tls {
      try await serve(TLSChannel(plain, tlsConfiguration: tls))
    } else {
      try await serve(plain)
    }
  }

  private func serve(_ channel: some ServerChildChannel) async throws {
    let server = Server(
      childChannelSetup: channel,
      configuration: .init(
        address: .hostname(address.host, port: address.port),
        availableConnectionsDelegate: MaximumAvailableConnections(limits.connections, logger: logger)),
      onServerRunning: { [isListening] in await isListening($0.localAddress?.port ?? 0) },
      eventLoopGroup: MultiThreadedEventLoopGroup.singleton, logger: logger)
    do { try await server.run() } catch let error as IOError {
      throw CloudServerError.address(address.host, port: address.port, code: error.errnoCode)
    } catch is SocketAddressError {
      throw CloudServerError.address(address.host, port: address.port, code: nil)
    }
  }

  private func respond(
    _ request: Request, _ writer: consuming ResponseWriter, _ channel: any Channel
  ) async throws {
    let body: [UInt8]
    do {
      body = Array(buffer: try await request.body.collect(upTo: limits.bodyBytes))
    } catch is NIOTooManyBytesError {
      try await writer.writeResponse(Self.refusal(413))
      throw ConnectionEnds()
    }
    var head = request.head
    head.scheme = address.isSecure ? "https" : "http"
    let reachedAs = String((head.authority ?? address.host).prefix { $0 != ":" })
    if let virtual = address.virtualHost { head.authority = virtual.name }
    let exchange: FaultyExchange
    do throws(CloudStoreError) { exchange = try await cloud.answer(head, body: body) } catch {
      logger.error("\(error.description)")
      try await writer.writeResponse(Self.refusal(503))
      throw ConnectionEnds()
    }
    // Only who came by a host's own port has to be led to ports.
    let answer = exchange.answer.map { answer in
      address.virtualHost == nil ? answer : links?.leading(answer, reachedAs: reachedAs) ?? answer
    }
    try await AnswerWriter(exchange: exchange, answer: answer, isHead: head.method == .head, limits: limits)
      .write(to: writer, channel)
  }

  private static func refusal(_ status: Int) -> HTTPResponse {
    HTTPResponse(status: .init(code: status), headerFields: [.connection: "close", .contentLength: "0"])
  }
}

/// Ends the connection without a word more.
struct ConnectionEnds: Error {}
