public import HummingbirdCore
import HummingbirdTLS
public import Logging
public import NIOCore
import NIOHTTPTypes
import NIOPosix
public import NIOSSL
public import ServiceLifecycle

/// One address on which HTTP is spoken, with or without TLS, within limits.
public struct HTTPListener: Service {
  /// Answers one request; throwing ends the connection.
  public typealias Responder = @Sendable (Request, consuming ResponseWriter, any Channel) async throws -> Void

  private let host: String
  private let port: Int
  private let tls: TLSConfiguration?
  private let limits: ServerLimits
  private let logger: Logger
  private let respond: Responder
  private let webSocket: WebSocketDoor?
  private let isListening: @Sendable (Int) async -> Void
  private let connections = OpenConnections()

  /// - Parameters:
  ///   - port: 0 for any that is free.
  ///   - webSocket: what becomes of connections that ask for a WebSocket; nil to refuse them.
  ///   - isListening: told the port once connections are taken.
  public init(
    host: String, port: Int, tls: TLSConfiguration?, limits: ServerLimits, logger: Logger,
    respond: @escaping Responder, webSocket: WebSocketDoor? = nil, isListening: @escaping @Sendable (Int) async -> Void
  ) {
    self.host = host
    self.port = port
    self.tls = tls
    self.limits = limits
    self.logger = logger
    self.respond = respond
    self.webSocket = webSocket
    self.isListening = isListening
  }

  /// Serves until the group is told to stop; what is being answered then has the limits' closing time to come to its
  /// end, whatever its client does.
  ///
  /// - Throws: `ListenFailure` where nothing can listen there.
  public func run() async throws {
    let respond = respond
    if let webSocket {
      return try await serve(
        secured: UpgradableChannel(
          responder: { request, writer, channel in try await respond(request, writer, channel) }, door: webSocket,
          limits: limits))
    }
    let plain = HTTP1Channel(
      responder: { request, writer, channel in try await respond(request, writer, channel) },
      configuration: .init(
        additionalChannelHandlers: [RequestDeadline(limits.requestTime.timeAmount)],
        httpDecoderConfiguration: .init(
          maxHeaderFieldSize: limits.headerBytes, maxHeaderListSize: limits.headerBytes,
          maxHeaderFieldCount: limits.headerFields)))
    try await serve(secured: plain)
  }

  private func serve(secured plain: some ServerChildChannel) async throws {
    if let tls {
      try await serve(TLSChannel(plain, tlsConfiguration: tls))
    } else {
      try await serve(plain)
    }
  }

  private func serve(_ channel: some ServerChildChannel) async throws {
    let server = Server(
      childChannelSetup: GuardedChannel(base: channel, connections: connections, limits: limits),
      configuration: .init(
        address: .hostname(host, port: port),
        availableConnectionsDelegate: MaximumAvailableConnections(limits.connections, logger: logger)),
      onServerRunning: { [isListening] in await isListening($0.localAddress?.port ?? 0) },
      eventLoopGroup: MultiThreadedEventLoopGroup.singleton, logger: logger)
    do { try await runUntilClosed(server) } catch let error as IOError {
      throw ListenFailure(host: host, port: port, code: error.errnoCode)
    } catch is SocketAddressError {
      throw ListenFailure(host: host, port: port, code: nil)
    }
  }

  private func runUntilClosed(_ server: some Service) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await server.run() }
      group.addTask {
        // Cancelled, nobody is waited for.
        try? await gracefulShutdown()
        try? await Task.sleep(for: limits.closingTime)
      }
      defer { group.cancelAll() }
      try await group.next()
      connections.cut()
    }
  }
}

/// Nothing can listen at an address.
public struct ListenFailure: Error, Hashable, Sendable {
  /// As it was given.
  public let host: String
  /// As it was given.
  public let port: Int
  /// The operating system's reason; nil for an address that is not of this machine.
  public let code: Int32?
}
