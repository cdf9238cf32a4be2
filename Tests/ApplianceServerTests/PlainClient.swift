import Glibc
import Testing

/// A client of a port on loopback, without TLS, that takes no more than it is told to.
final class PlainClient: Sendable {
  private let descriptor: Int32

  /// - Parameter receiving: bytes that the kernel may keep for it; nil for as many as it likes.
  init(port: UInt16, receiving bytes: Int32? = nil) throws {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    self.descriptor = descriptor
    if var bytes { setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &bytes, socklen_t(MemoryLayout<Int32>.size)) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
    address.sin_port = port.bigEndian
    let isConnected = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
    try #require(isConnected)
  }

  deinit { close(descriptor) }

  func send(_ text: String) throws {
    let bytes = Array(text.utf8)
    try #require(Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count)
  }

  /// The next bytes, exactly so many unless the connection ends.
  func received(_ count: Int) -> String {
    var bytes = [UInt8](repeating: 0, count: count)
    let got = recv(descriptor, &bytes, count, Int32(MSG_WAITALL))
    return String(decoding: bytes.prefix(max(0, got)), as: UTF8.self)
  }

  /// Everything until the connection ends.
  func receivedToTheEnd() -> String {
    var all: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let got = recv(descriptor, &piece, piece.count, 0)
      guard got > 0 else { return String(decoding: all, as: UTF8.self) }
      all += piece.prefix(got)
    }
  }
}
