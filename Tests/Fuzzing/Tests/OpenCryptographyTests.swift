import Foundation
import SIPCapture
import Testing

@testable import FuzzTargets

/// The seeds reach what lies behind TLS, or the fuzzer would have to find its way there by chance.
@Suite("Open cryptography")
struct OpenCryptographyTests {
  @Test(
    "Messages within TLS are found",
    arguments: [
      ("tls13", 3), ("tls13-handshake-keys", 2), ("tls12", 2), ("tls12-blocks", 1), ("tls13-websocket", 1), ("tls", 0),
    ])
  func messagesWithinTLSAreFound(seed: String, count: Int) throws {
    let bytes = [UInt8](try Data(contentsOf: CorpusTests.corpus.appending(path: "stream/\(seed)")))
    for cut in [StreamCut.whole, .cut, .swapped] {
      let found = bytes.withUnsafeBytes { capture($0, cut) }.found
      #expect(found.count == count)
      #expect(found.allSatisfy { ["tls", "wss"].contains($0.transport.rawValue) })
    }
  }
}
