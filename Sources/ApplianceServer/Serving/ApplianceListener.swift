public import ApplianceAPI
import HTTPService
public import HTTPTypes
import HummingbirdCore
import NIOCore
public import Primitives

/// Brings requests of one door to the appliance, and its answers back.
struct DoorResponder: Sendable {
  let served: ServedAppliance
  let door: ApplianceDoors.Door
  /// What the appliance's web interface answers, where there is one.
  let pages: (any ApplianceWebPages)?
  let limits: ServerLimits

  func respond(_ request: Request, _ writer: consuming ResponseWriter, _ channel: any Channel) async throws {
    let body: [UInt8]
    do { body = Array(buffer: try await request.body.collect(upTo: limits.bodyBytes)) } catch is NIOTooManyBytesError {
      try await writer.writeResponse(
        HTTPResponse(status: .contentTooLarge, headerFields: [.connection: "close", .contentLength: "0"]))
      throw ConnectionOver()
    }
    let client = channel.remoteAddress?.ipAddress.flatMap { IPAddress($0) }
    if let page = await page(request.head, body, from: client) {
      let isHead = request.head.method == .head
      guard let export = page.export else { return try await writer.write(page.response, page.body, isHead: isHead) }
      return try await writer.write(page.response, page.body, export)
    }
    let answer = await served.respond(to: request.head, body: body, at: door, from: client)
    guard let rest = answer.rest else {
      return try await writer.write(answer.response, answer.body, isHead: request.head.method == .head)
    }
    try await writer.write(answer.response, answer.body, rest)
  }

  private func page(_ request: HTTPRequest, _ body: [UInt8], from client: IPAddress?) async -> PageAnswer? {
    let path = (request.path ?? "").prefix { $0 != "?" }
    guard door == .httpsAPI, path != "/api" else { return nil }
    return await pages?.answer(request, body: body, from: client)
  }
}

/// What the web interface answers.
public struct PageAnswer: Sendable {
  /// Status and header fields.
  public var response: HTTPResponse
  /// May be empty.
  public var body: [UInt8]
  /// Rows that follow as the body; nil for none.
  public var export: (any CDRPieces)?

  init(_ response: HTTPResponse, _ body: [UInt8], export: (any CDRPieces)? = nil) {
    self.response = response
    self.body = body
    self.export = export
  }
}

/// The appliance's web interface on the port of the HTTPS API: asked first for every path but `/api`.
public protocol ApplianceWebPages: Sendable {
  /// nil for a path that is none of its.
  func answer(_ request: HTTPRequest, body: [UInt8], from client: IPAddress?) async -> PageAnswer?
}

extension HTTPResponse {
  fileprivate mutating func forbidSniffing() {
    if let name = HTTPField.Name("X-Content-Type-Options") { headerFields[name] = "nosniff" }
  }
}

/// Ends the connection.
struct ConnectionOver: Error {}

extension ResponseWriter {
  consuming func write(_ head: HTTPResponse, _ body: [UInt8], isHead: Bool) async throws {
    var head = head
    head.headerFields[.contentLength] = String(body.count)
    head.forbidSniffing()
    try await write(response: head, body: isHead ? ResponseBody() : ResponseBody(byteBuffer: ByteBuffer(bytes: body)))
  }

  /// Writes rows while they are read, the next ones once those before are taken.
  consuming func write(_ head: HTTPResponse, _ beginning: [UInt8], _ rest: any CDRPieces) async throws {
    var head = head
    head.forbidSniffing()
    let body = ResponseBody { writer in
      if !beginning.isEmpty { try await writer.write(ByteBuffer(bytes: beginning)) }
      var rest = rest
      while true {
        let (piece, left) = try await ReadingThreads.next(of: rest)
        guard let piece else { break }
        if !piece.isEmpty { try await writer.write(ByteBuffer(bytes: piece)) }
        rest = left
      }
      try await writer.finish(nil)
    }
    try await write(response: head, body: body)
  }
}

/// `/healthz` and `/metrics`, on loopback and without TLS.
struct WatchResponder: Sendable {
  let served: ServedAppliance

  func respond(_ request: Request, _ writer: consuming ResponseWriter, _ channel: any Channel) async throws {
    let (status, type, text) = await answer(request.head)
    let head = HTTPResponse(status: HTTPResponse.Status(code: status), headerFields: [.contentType: type])
    try await writer.write(head, Array(text.utf8), isHead: request.head.method == .head)
  }

  private func answer(_ request: HTTPRequest) async -> (Int, String, String) {
    guard request.method == .get || request.method == .head else { return (405, "text/plain", "") }
    switch (request.path ?? "").prefix(while: { $0 != "?" }) {
    case "/healthz":
      let (isWell, replay) = served.health
      let text = "{\"status\":\"\(isWell ? "ok" : "failed")\",\"replay\":\"\(replay)\"}\n"
      return (isWell ? 200 : 503, "application/json", text)
    case "/metrics": return (200, "text/plain; version=0.0.4; charset=utf-8", await served.metrics())
    default: return (404, "text/plain", "")
    }
  }
}
