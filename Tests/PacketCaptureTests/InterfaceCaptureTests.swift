import Foundation
import PacketCapture
import PacketFormats
import Primitives
import Testing

/// The loopback interface, where this process may listen on it.
struct InterfaceCaptureTests {
  /// Why the tests below are left out; nil where nothing keeps them.
  private static let obstacle: String? = {
    do throws(TraceError) {
      _ = try InterfaceCapture("lo")
      return nil
    } catch { return error.description }
  }()

  private func failure(_ name: String, _ change: (inout InterfaceCapture.Options) -> Void = { _ in }) -> TraceError? {
    var options = InterfaceCapture.Options()
    change(&options)
    do throws(TraceError) {
      _ = try InterfaceCapture(name, options)
      return nil
    } catch { return error }
  }

  @Test(arguments: ["nowhere0", "", "lo\0", "an interface of a name that is far too long"])
  func anUnknownInterfaceIsToldWithThoseThereAre(name: String) throws {
    let error = try #require(failure(name))
    guard case .noSuchInterface(let known) = error.kind else {
      Issue.record("\(error)")
      return
    }
    #expect(known.contains("lo") && known.last == "any")
    #expect(error.description == "\(name): is no interface of this machine; there are \(known.joined(separator: ", "))")
  }

  @Test func whoMayNotListenIsToldWhatItTakes() {
    let error = TraceError(file: "eth0", kind: .captureNotPermitted(reason: "no permission"))
    #expect(error.description.contains("setcap cap_net_raw+ep"))
    #expect(error.description.contains("sudo"))
  }

  @Test(.enabled("this process may not listen on lo") { obstacle == nil })
  func aFilterThatIsNoneIsToldWithItsReason() throws {
    let error = try #require(failure("lo") { $0.filter = "port nowhere and" })
    guard case .badFilter("port nowhere and", let reason) = error.kind else {
      Issue.record("\(error)")
      return
    }
    #expect(!reason.isEmpty)
    guard case .badFilter = failure("lo", { $0.filter = "udp\0" })?.kind else {
      Issue.record("a filter with a NUL was taken")
      return
    }
  }

  @Test(.enabled("this process may not listen on lo") { obstacle == nil })
  func whatIsSentOnLoopbackIsHeardOnceAndInOrder() throws {
    let sender = try LoopbackSender()
    var options = InterfaceCapture.Options()
    options.filter = "udp port \(sender.port)"
    options.snapLength = 80
    let capture = try InterfaceCapture("lo", options)
    #expect(capture.linkType == .ethernet)
    for number in 0..<20 { try sender.send([UInt8](repeating: UInt8(number), count: 100)) }
    var heard: [(number: Int, last: UInt8?, bytes: Int, length: Int, time: Instant)] = []
    // As many readings as it may take; each waits no longer than it is allowed to.
    for _ in 0..<50 where heard.count < 20 {
      _ = try capture.read(waiting: .milliseconds(200)) { frame in
        heard.append((frame.number, frame.bytes.last, frame.bytes.count, frame.originalLength, frame.time))
      }
    }
    #expect(heard.map(\.number) == Array(1...20))
    #expect(heard.map(\.last) == (0..<20).map { UInt8($0) })
    #expect(heard.allSatisfy { $0.bytes == 80 && $0.length == 142 })
    #expect(heard.map(\.time) == heard.map(\.time).sorted())
    #expect(capture.losses == CaptureLosses() && capture.isUp)
  }

  @Test(.enabled("this process may not listen on lo") { obstacle == nil })
  func aReadingOfASilentInterfaceEnds() throws {
    var options = InterfaceCapture.Options()
    options.filter = "ether proto 0x88b5"
    let capture = try InterfaceCapture("any", options)
    var count = 0
    #expect(try capture.read(waiting: .zero) { _ in count += 1 })
    #expect(try capture.read(waiting: .milliseconds(1)) { _ in count += 1 })
    #expect(count == 0)
  }
}

/// Sends datagrams to a port of its own on loopback.
private final class LoopbackSender {
  private let descriptor: Int32
  private var address: sockaddr_in
  let port: UInt16

  struct Failed: Error {}

  init() throws {
    let descriptor = socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
    self.descriptor = descriptor
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
        bind(descriptor, generic, size) == 0 && getsockname(descriptor, generic, &size) == 0
      }
    }
    port = UInt16(bigEndian: address.sin_port)
    self.address = address
    guard descriptor >= 0, isBound else { throw Failed() }
  }

  deinit { close(descriptor) }

  func send(_ bytes: [UInt8]) throws {
    let size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let sent = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        sendto(descriptor, bytes, bytes.count, 0, $0, size)
      }
    }
    guard sent == bytes.count else { throw Failed() }
  }
}
