import ApplianceAPI
import HTTPService
import NIOCore
import NIOWebSocket
import Primitives
import ServiceLifecycle

/// Serves one connection of the push channel: texts in, answers and notices out.
struct EventsResponder: Sendable {
  let served: ServedAppliance
  let wall: @Sendable () -> Instant

  /// How often it is looked for what changed; what comes and goes in between is not noticed.
  private static let interval = Duration.milliseconds(200)

  private struct Over: Error {}

  func serve(_ connection: WebSocketDoor.Connection) async throws {
    let client = connection.channel.remoteAddress?.ipAddress.flatMap { IPAddress($0) }
    let box = SessionBox(LiveEventSession(at: wall()))
    try await connection.executeThenClose { inbound, outbound in
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
          for try await frame in inbound {
            try await answer(frame, box, client, outbound)
          }
          throw Over()
        }
        group.addTask {
          while true {
            try await Task.sleep(for: Self.interval)
            guard let notices = await box.notices(of: served.live.view, at: wall()) else { throw Over() }
            for text in notices { try await outbound.write(Self.frame(.text, text)) }
          }
        }
        group.addTask {
          try await gracefulShutdown()
          try await outbound.write(Self.goingAway)
          throw Over()
        }
        defer { group.cancelAll() }
        try await group.next()
      }
    }
  }

  private func answer(
    _ frame: WebSocketFrame, _ box: SessionBox, _ client: IPAddress?,
    _ outbound: NIOAsyncChannelOutboundWriter<WebSocketFrame>
  ) async throws {
    let data = frame.unmaskedData
    switch frame.opcode {
    case .text:
      guard frame.fin, let texts = await box.receive(Array(buffer: data), at: served, from: client) else {
        throw Over()
      }
      for text in texts { try await outbound.write(Self.frame(.text, text)) }
    case .ping: try await outbound.write(WebSocketFrame(fin: true, opcode: .pong, data: data))
    case .pong: break
    case .connectionClose:
      try await outbound.write(WebSocketFrame(fin: true, opcode: .connectionClose, data: data))
      throw Over()
    default: throw Over()
    }
  }

  /// The server is about to end (RFC 6455 section 7.4.1, 1001).
  private static var goingAway: WebSocketFrame {
    WebSocketFrame(fin: true, opcode: .connectionClose, data: ByteBuffer(bytes: [0x03, 0xe9]))
  }

  private static func frame(_ opcode: WebSocketOpcode, _ text: String) -> WebSocketFrame {
    WebSocketFrame(fin: true, opcode: opcode, data: ByteBuffer(string: text))
  }
}

/// The session of one connection, for both of its tasks.
private actor SessionBox {
  private var session: LiveEventSession

  init(_ session: LiveEventSession) { self.session = session }

  func receive(_ text: [UInt8], at served: ServedAppliance, from client: IPAddress?) async -> [String]? {
    guard let result = await served.receive(text, session, from: client) else { return nil }
    session = result.session
    return result.texts
  }

  /// nil once the client has been silent for too long.
  func notices(of view: LiveView, at now: Instant) -> [String]? {
    session.isOver(at: now) ? nil : session.notices(of: view)
  }
}
