import Foundation
import TestSupport
import Testing

/// SIGTERM ends `serve` within two seconds, whatever it is in the middle of.
struct ServeStoppingTests {
  /// Two seconds, and what a busy machine takes to start and end processes.
  private static let mostTime = Duration.seconds(4)

  private static func stop(_ served: ServeCommandTests.Served) {
    let took = ContinuousClock().measure { #expect(served.running.stop() == 0) }
    #expect(took < mostTime)
  }

  @Test func aCRMThatDoesNotAnswerDoesNotKeepIt() throws {
    let silent = try SilentListener()
    let served = try ServeCommandTests.serve(["--crm-url", "https://127.0.0.1:\(silent.port)"])
    Self.stop(served)
  }

  @Test(arguments: ["tcp", "http", "https"])
  func aReceiverThatDoesNotAnswerDoesNotKeepIt(scheme: String) throws {
    let silent = try SilentListener()
    let served = try ServeCommandTests.serve(["--real-time", "\(scheme)://127.0.0.1:\(silent.port)"])
    try ServeCommandTests.waitForEnd(served)
    Self.stop(served)
  }

  @Test(arguments: [true, false])
  func clientsThatSayNothingDoNotKeepIt(isSecure: Bool) throws {
    let served = try ServeCommandTests.serve(isSecure ? ["--speed", "0.01"] : ["--insecure-http"])
    let ports = [served.api, served.cdr, served.watch].compactMap {
      $0.split(separator: ":").last.flatMap { UInt16($0) }
    }
    #expect(ports.count == 3)
    let clients = try ports.flatMap { port in try (0..<60).map { _ in try SilentClient(port: port) } }
    Self.stop(served)
    #expect(clients.count == 180)
  }

  @Test(arguments: [SIGTERM, SIGINT])
  func itEndsWellBeforeItsDoorsAreThere(signal: Int32) throws {
    let folder = try TemporaryDirectory()
    let site = folder.path("site.yaml")
    try #require(mkfifo(site, 0o600) == 0)
    let running = try Program.start([
      "serve", Program.fixture("busy"), "--model", "UCM6304", "--site", site, "--port", "0", "--no-cdr-api",
    ])
    // Opens once the program has; it then waits for a site that does not come.
    let writer = open(site, O_WRONLY)
    try #require(writer >= 0)
    defer { close(writer) }
    let took = ContinuousClock().measure { #expect(running.stop(with: signal) == 0) }
    #expect(took < Self.mostTime)
    #expect(try running.folder.text("err").isEmpty)
  }

  @Test func aClientThatTakesNothingAndOneThatListensDoNotKeepIt() throws {
    let served = try ServeCommandTests.serve(["--insecure-http"])
    let port = try #require(served.api.split(separator: ":").last.flatMap { UInt16($0) })
    let clients = try (0..<20).map { _ in try SilentClient(port: port) }
    for client in clients.prefix(10) {
      try client.send(
        "GET /websockify HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
          + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n")
      #expect(client.received(1).hasPrefix("H"))
    }
    for client in clients.suffix(10) {
      try client.send(String(repeating: "GET /signin HTTP/1.1\r\nHost: h\r\n\r\n", count: 200))
    }
    Self.stop(served)
  }
}

/// A port that takes connections and says nothing.
final class SilentListener {
  private let descriptor: Int32
  let port: UInt16

  init() throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = SilentClient.address(port: 0)
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let descriptor = descriptor
    let isListening = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
        bind(descriptor, generic, size) == 0 && listen(descriptor, 64) == 0
          && getsockname(descriptor, generic, &size) == 0
      }
    }
    port = UInt16(bigEndian: address.sin_port)
    try #require(isListening)
  }

  deinit { close(descriptor) }
}

/// A client of a port on loopback that sends what it is told to and takes no more than it is told to.
final class SilentClient {
  private let descriptor: Int32

  init(port: UInt16) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = Self.address(port: port)
    let descriptor = descriptor
    let isConnected = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
    try #require(isConnected)
  }

  deinit { close(descriptor) }

  static func address(port: UInt16) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
    address.sin_port = port.bigEndian
    return address
  }

  func send(_ text: String) throws {
    let bytes = Array(text.utf8)
    let sent = Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    try #require(sent == bytes.count)
  }

  /// The next bytes, at most so many.
  func received(_ count: Int) -> String {
    var bytes = [UInt8](repeating: 0, count: count)
    let got = recv(descriptor, &bytes, count, 0)
    return String(decoding: bytes.prefix(max(0, got)), as: UTF8.self)
  }
}
