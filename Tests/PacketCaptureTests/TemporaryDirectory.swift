import Foundation
import PacketCapture

/// A directory of its own for each test; gone with the value.
final class TemporaryDirectory {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "ucmsim-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
  }

  deinit {
    try? FileManager.default.removeItem(at: url)
  }

  func path(_ name: String) -> String { url.appending(path: name).path }

  func write(_ bytes: [UInt8], to name: String = "trace.pcap") throws -> TraceSource {
    try Data(bytes).write(to: url.appending(path: name))
    return .file(path: path(name))
  }
}
