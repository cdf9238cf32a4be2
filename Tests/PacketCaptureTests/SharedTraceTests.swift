import Foundation
import PacketCapture
import PacketFormats
import Primitives
import Testing

/// Recorded traffic that isn't part of the package, where it lies next to it.
struct SharedTraceTests {
  static let directory = URL(filePath: FileManager.default.currentDirectoryPath).appending(path: "../shared/traces")

  static let traces: [String] = {
    let names = FileManager.default.enumerator(atPath: directory.path)?.compactMap { $0 as? String } ?? []
    return names.filter { $0.hasSuffix(".pcap") || $0.hasSuffix(".pcapng") || $0.hasSuffix(".cap") }.sorted()
  }()

  @Test(.enabled(if: !traces.isEmpty, "There is no ../shared/traces next to the package."), arguments: traces)
  func aRecordedTraceIsReadToItsEndOrToALocatedError(_ name: String) throws {
    let source = TraceSource.file(path: Self.directory.appending(path: name).path)
    let reader: TraceReader
    do throws(TraceError) { reader = try TraceReader(source) } catch {
      #expect(error.description.contains("; "))
      return
    }
    var reassembler = TCPReassembler()
    var frames = 0
    do throws(TraceError) {
      while let frame = try reader.next() {
        frames += 1
        switch FrameDecoder.decode(frame.bytes, linkType: frame.linkType) {
        case .udp(let datagram): #expect(datagram.payload.upperBound <= frame.bytes.count)
        case .tcp(let segment):
          reassembler.accept(segment, frame: frame.bytes, at: frame.time) { _, bytes, _ in
            .consumed(bytes.count)
          }
        case .sctp(let packet): #expect(packet.chunks.upperBound <= frame.bytes.count)
        case .fragment(let fragment): #expect(fragment.payload.upperBound <= frame.bytes.count)
        case .exported(let message): #expect(message.payload.upperBound <= frame.bytes.count)
        case .aggregate, .other, .malformed: break
        }
      }
    } catch {
      #expect(error.frame == frames)
      #expect(error.byteOffset != nil)
    }
  }
}
