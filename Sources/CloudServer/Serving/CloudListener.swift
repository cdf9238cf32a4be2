import CRMCloud
import CloudStorage
import HTTPService
import HTTPTypes
import HummingbirdCore
import Logging
import NIOCore
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
    let listener = HTTPListener(
      host: address.host, port: address.port, tls: tls, limits: limits, logger: logger,
      respond: { request, writer, channel in try await respond(request, writer, channel) }, isListening: isListening)
    do { try await listener.run() } catch let failure as ListenFailure {
      throw CloudServerError.address(failure.host, port: failure.port, code: failure.code)
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
    try await AnswerWriter(exchange: exchange, answer: answer, isHead: head.method == .head)
      .write(to: writer, channel)
  }

  private static func refusal(_ status: Int) -> HTTPResponse {
    HTTPResponse(status: .init(code: status), headerFields: [.connection: "close", .contentLength: "0"])
  }
}

/// Ends the connection without a word more.
struct ConnectionEnds: Error {}
