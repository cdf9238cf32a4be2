import AsyncHTTPClient
import CRMConnectors
import HTTPTypes
import NIOCore
import NIOHTTP1
import Primitives

/// One request and its answer over HTTPS; over plain HTTP where the site's own server address says so and no detour is
/// taken.
struct HTTPSExchange: Sendable {
  let request: CRMRequest
  let now: Instant
  let options: HTTPSOptions
  let diary: TransportDiary

  /// The cloud's header field for the trace's time.
  private static let timeField = "Simulated-Time"

  /// The answer, or why there is none; within the options' time.
  func answer(_ clients: HTTPSClients) async -> CRMAnswer {
    let authority = request.request.authority ?? ""
    let host = Self.host(of: authority)
    guard !host.isEmpty, let client = clients.client(for: host) else {
      diary.note("a request to no host, to one of too many, or after the end of the traffic was not sent")
      return .unreachable(.connectionRefused)
    }
    do { return try await inTime { try await carryOut(client, host: host, authority: authority) } } catch {
      let reason = TransportFailure.reason(of: error)
      diary.note("\(host): \(TransportFailure.text(of: error))")
      return .unreachable(reason)
    }
  }

  private func carryOut(_ client: HTTPClient, host: String, authority: String) async throws -> CRMAnswer {
    let scheme = options.detour == nil && request.request.scheme == "http" ? "http" : "https"
    let port = options.detour.map { ":\($0.port)" } ?? authority.dropFirst(host.count).description
    var outgoing = HTTPClientRequest(url: "\(scheme)://\(host)\(port)\(request.request.path ?? "/")")
    outgoing.method = HTTPMethod(rawValue: request.request.method.rawValue)
    for field in request.request.headerFields { outgoing.headers.add(name: field.name.rawName, value: field.value) }
    outgoing.headers.replaceOrAdd(name: "Host", value: authority)
    if options.tellsTime { outgoing.headers.add(name: Self.timeField, value: Self.text(now)) }
    if !request.body.isEmpty { outgoing.body = .bytes(ByteBuffer(bytes: request.body)) }
    let incoming = try await client.execute(
      outgoing, timeout: .milliseconds(Int64(options.answerTimeMilliseconds)))
    return .response(Self.head(incoming), body: try await body(of: incoming))
  }

  /// The name or address without its port, brackets of an IPv6 address kept, in lower case.
  static func host(of authority: String) -> String {
    let end =
      authority.first == "["
      ? authority.firstIndex(of: "]").map { authority.index(after: $0) } ?? authority.startIndex
      : authority.firstIndex(of: ":") ?? authority.endIndex
    return authority[..<end].lowercased()
  }

  /// At most one byte more than the limit, so that who reads it can see that it was cut. The rest is not waited for.
  private func body(of incoming: HTTPClientResponse) async throws -> [UInt8] {
    var bytes: [UInt8] = []
    for try await piece in incoming.body {
      let room = options.bodyBytesMax + 1 - bytes.count
      bytes += piece.readableBytesView.prefix(room)
      if bytes.count > options.bodyBytesMax { break }
    }
    return bytes
  }

  /// Fields that are none by the letter of HTTP are left out.
  private static func head(_ incoming: HTTPClientResponse) -> HTTPResponse {
    var response = HTTPResponse(status: .init(code: Int(max(100, min(599, incoming.status.code)))))
    for (name, value) in incoming.headers {
      guard let name = HTTPField.Name(name) else { continue }
      response.headerFields.append(HTTPField(name: name, value: value))
    }
    return response
  }

  private func inTime(_ work: @escaping @Sendable () async throws -> CRMAnswer) async throws -> CRMAnswer {
    let limit = Duration.milliseconds(options.answerTimeMilliseconds)
    return try await withThrowingTaskGroup(of: CRMAnswer.self) { group in
      group.addTask { try await work() }
      group.addTask {
        try await Task.sleep(for: limit)
        throw HTTPClientError.deadlineExceeded
      }
      defer { group.cancelAll() }
      return try await group.next() ?? .unreachable(.timedOut)
    }
  }

  /// Seconds since 1970 with nine digits.
  private static func text(_ instant: Instant) -> String {
    let seconds = instant.seconds
    let digits = String((instant - Instant(seconds: seconds)).nanoseconds)
    return "\(seconds)." + String(repeating: "0", count: max(0, 9 - digits.utf8.count)) + digits
  }
}
