import CRMCloud
import CRMConnectors
import CloudServer
import HTTPService
import HTTPTypes
import NIOCore
import NIOPosix
import Primitives
import Testing

@Suite struct ServingTests {
  @Test func theHostDecidesWhoAnswers() async throws {
    let running = try await RunningCloud(try RunningCloud.served())
    let token = try await running.ask(Asked.token())
    #expect(token.status == 200)
    let found = try await running.ask(Asked.search(token.accessToken))
    #expect(found.status == 200 && found.text.contains("Tester"))
    // Another data centre knows nothing of the client.
    #expect(try await running.ask(Asked.token(host: "accounts.zoho.eu")).text.contains("invalid_client"))
    await running.stop()
  }

  @Test func aHostsOwnPortIsForThatHostWhateverTheRequestSays() async throws {
    let virtual = VirtualHost(name: "accounts.zoho.com", purpose: "accounts, us")
    let running = try await RunningCloud(try RunningCloud.served(), virtual: virtual, isSecure: false)
    let port = try #require(running.places.first { $0.address.virtualHost == virtual }?.address.port)
    let text = try await RawClient.exchange(
      port: port, "POST /oauth/v2/token HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
    #expect(text.hasPrefix("HTTP/1.1 400"), "\(text)")
    let other = try await RawClient.exchange(
      port: running.port,
      "POST /oauth/v2/token HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
    #expect(other.hasPrefix("HTTP/1.1 421"), "\(other)")
    await running.stop()
  }

  @Test func aConnectionServesManyRequests() async throws {
    let running = try await RunningCloud(try RunningCloud.served(), isSecure: false)
    let one = "GET /oauth/serverinfo HTTP/1.1\r\nHost: accounts.zoho.com\r\n\r\n"
    let text = try await RawClient.exchange(
      port: running.port, one + one + "GET / HTTP/1.1\r\nHost: nobody\r\nConnection: close\r\n\r\n")
    #expect(text.matches(of: /HTTP\/1\.1 \d+/).count == 3, "\(text)")
    await running.stop()
  }

  @Test(arguments: [
    (
      "POST /oauth/v2/token HTTP/1.1\r\nHost: accounts.zoho.com\r\nContent-Length: 5000\r\n\r\n"
        + String(repeating: "a", count: 5000), "413"
    ),
    (
      "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
        + String(repeating: "3e8\r\n" + String(repeating: "a", count: 1000) + "\r\n", count: 5), "413"
    ),
    ("GET / HTTP/1.1\r\nHost: a\r\nX: " + String(repeating: "b", count: 9000) + "\r\n\r\n", "400"),
    ("GET / HTTP/1.1\r\nHost: a\r\n" + String(repeating: "X: y\r\n", count: 60) + "\r\n", "400"),
    ("nonsense\r\n\r\n", "400"), ("GET / HTTP/9.9\r\n\r\n", "400"),
  ])
  func whatIsTooMuchOrNoHTTPIsRefused(request: String, status: String) async throws {
    var limits = ServerLimits()
    limits.bodyBytes = 4000
    limits.headerBytes = 8000
    limits.headerFields = 50
    let running = try await RunningCloud(try RunningCloud.served(), limits: limits, isSecure: false)
    let text = try await RawClient.exchange(port: running.port, request)
    #expect(text.isEmpty || text.hasPrefix("HTTP/1.1 \(status)"), "\(text)")
    #expect(try await RawClient.exchange(port: running.port, RawClient.farewell).hasPrefix("HTTP/1.1"))
    await running.stop()
  }

  @Test(arguments: ["GET / HTTP/1.1\r\nHost: a", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc", ""])
  func aClientThatDoesNotFinishIsCutOff(request: String) async throws {
    var limits = ServerLimits()
    limits.requestTime = .milliseconds(150)
    let running = try await RunningCloud(try RunningCloud.served(), limits: limits, isSecure: false)
    let text = try await RawClient.exchange(port: running.port, request)
    #expect(text.isEmpty || text.hasPrefix("HTTP/1.1 4"), "\(text)")
    await running.stop()
  }

  @Test func aPortThatIsTakenIsAnErrorWithItsName() async throws {
    let running = try await RunningCloud(try RunningCloud.served(), isSecure: false)
    var options = CloudService<ZohoCloud>.Options(
      addresses: [ListenAddress(host: "127.0.0.1", port: running.port, isSecure: false)], identity: nil)
    options.adminPort = nil
    let service = CloudService(try RunningCloud.served(), options) { _ in }
    let error = await #expect(throws: CloudServerError.self) {
      try await service.run(stopsAtSignals: false, isReady: { _ in })
    }
    #expect(error?.description.contains("cannot listen on 127.0.0.1:\(running.port)") == true)
    await running.stop()
  }
}

/// A connection without a library's manners.
enum RawClient {
  static let farewell = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"

  /// Sends `text` and gives everything that comes until the other side ends the connection.
  static func exchange(port: Int, _ text: String) async throws -> String {
    let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .connect(host: "127.0.0.1", port: port) { channel in
        channel.eventLoop.makeCompletedFuture {
          try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
        }
      }
    return try await channel.executeThenClose { inbound, outbound in
      try await outbound.write(ByteBuffer(string: text))
      var received = ""
      do { for try await piece in inbound { received += String(buffer: piece) } } catch is IOError {}
      return received
    }
  }
}
