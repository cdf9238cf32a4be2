import CertificateAuthority
import Foundation
import HTTPService
import HTTPTypes
import HummingbirdCore
import Logging
import NIOCore
import NIOSSL
import NIOWebSocket
import Primitives
import ServiceLifecycle

/// A listener for one test: answers every request with as many bytes as its path says, `/hang` never, and echoes in
/// WebSockets.
final class RunningListener: Sendable {
  let port: Int
  /// One for each request that has begun to be answered.
  let begun: AsyncStream<Void>
  private let group: ServiceGroup
  private let task: Task<Void, any Error>

  init(_ limits: ServerLimits, isSecure: Bool, takesWebSockets: Bool = true) async throws {
    let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
    let (begun, beginning) = AsyncStream.makeStream(of: Void.self)
    self.begun = begun
    let door = WebSocketDoor(path: "/socket", frameBytesMax: 1024) { connection in
      try await connection.executeThenClose { inbound, outbound in
        for try await frame in inbound { try await outbound.write(frame) }
      }
    }
    let listener = HTTPListener(
      host: "127.0.0.1", port: 0, tls: isSecure ? try Self.tls() : nil, limits: limits, logger: logger,
      respond: { request, writer, _ in
        beginning.yield()
        let path = request.head.path ?? "/"
        if path == "/hang" {
          let (never, kept) = AsyncStream.makeStream(of: Void.self)
          for await _ in never {}
          kept.finish()
        }
        let body = try await request.body.collect(upTo: limits.bodyBytes)
        let bytes = ByteBuffer(repeating: 120, count: (Int(path.dropFirst()) ?? 0) + body.readableBytes)
        let head = HTTPResponse(status: .ok, headerFields: [.contentLength: String(bytes.readableBytes)])
        try await writer.write(response: head, body: ResponseBody(byteBuffer: bytes))
      },
      webSocket: takesWebSockets ? door : nil
    ) { continuation.yield($0) }
    let group = ServiceGroup(configuration: .init(services: [listener], logger: logger))
    self.group = group
    task = Task { try await group.run() }
    var found = 0
    for await port in ports {
      found = port
      break
    }
    port = found
  }

  /// Tells it to stop, and waits until it has.
  func stop() async throws {
    await group.triggerGracefulShutdown()
    try await task.value
  }

  private static func tls() throws -> TLSConfiguration {
    let now = Instant(seconds: Int64(Date().timeIntervalSince1970))
    let authority = try CertificateAuthority(named: "Test", at: now)
    return try .server(try authority.issue(for: ["127.0.0.1"], at: now))
  }
}
