import PacketCapture
import TestSupport

extension TemporaryDirectory {
  func trace(_ bytes: some Sequence<UInt8>, named name: String = "trace.pcap") throws -> TraceSource {
    .file(path: try write(bytes, to: name))
  }
}
