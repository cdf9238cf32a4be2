import CRMCloud
import HTTPService
import HTTPTypes
import HummingbirdCore
import NIOCore
import Primitives

/// Brings one answer to a client: whole, or as badly as the fault script wants it.
struct AnswerWriter {
  let exchange: FaultyExchange
  /// The exchange's answer as this client gets it; nil for none.
  let answer: CloudResponse?
  let isHead: Bool

  /// An answer without end ends after so much, when the client has not gone before.
  private static let endlessTime = Duration.seconds(600)
  private static let endlessPiece = 16 << 10

  func write(to writer: consuming ResponseWriter, _ channel: any Channel) async throws {
    if exchange.latency > .zero { try await Task.sleep(for: .nanoseconds(exchange.latency.nanoseconds)) }
    guard let answer else { throw ConnectionEnds() }
    var head = answer.response
    let body = ByteBuffer(bytes: answer.body)
    if Self.takesBody(head.status) || !answer.body.isEmpty {
      head.headerFields[.contentLength] = "\(answer.body.count)"
    }
    switch exchange.delivery {
    case .lost: throw ConnectionEnds()
    case .whole:
      try await writer.write(response: head, body: isHead ? ResponseBody() : ResponseBody(byteBuffer: body))
    case .truncated(let bytes):
      // A body that is too short shows as broken off only if its head promised more.
      head.headerFields[.contentLength] = "\(max(answer.body.count, bytes + 1))"
      var parts = try await writer.writeHead(head)
      try await parts.write(ByteBuffer(bytes: answer.body.prefix(max(0, bytes))))
      throw ConnectionEnds()
    case .endless:
      head.headerFields[.contentLength] = nil
      head.headerFields[.transferEncoding] = "chunked"
      var parts = try await writer.writeHead(head)
      if body.readableBytes > 0 { try await parts.write(body) }
      let filler = ByteBuffer(repeating: UInt8(ascii: " "), count: Self.endlessPiece)
      let cut = cutting(channel, after: Self.endlessTime)
      defer { cut.cancel() }
      while !Task.isCancelled, channel.isActive { try await parts.write(filler) }
      throw ConnectionEnds()
    case .drip(let bytesPerSecond):
      var parts = try await writer.writeHead(head)
      for byte in answer.body {
        try await parts.write(ByteBuffer(bytes: [byte]))
        try await Task.sleep(for: .nanoseconds(1_000_000_000 / Int64(max(1, bytesPerSecond))))
      }
      try await parts.finish(nil)
    }
  }

  /// A client that does not take its answer loses the connection, which ends the waiting.
  private func cutting(_ channel: any Channel, after time: Duration) -> Scheduled<Void> {
    channel.eventLoop.scheduleTask(in: time.timeAmount) { channel.close(promise: nil) }
  }

  /// RFC 9110 section 8.6: no length where the status says that there is no body.
  private static func takesBody(_ status: HTTPResponse.Status) -> Bool {
    status.code >= 200 && status.code != 204 && status.code != 304
  }
}
