import PacketFormats
import Primitives
import TestSupport
import Testing

@testable import PacketCapture

struct TraceWriterTests {
  @Test func whatIsWrittenIsReadAgainToTheNanosecond() throws {
    let folder = try TemporaryDirectory()
    let frames: [(bytes: [UInt8], time: Instant)] = [
      ([0x45, 1, 2], Instant(nanoseconds: 1_790_000_000_123_456_789)), ([], Instant(nanoseconds: 0)),
      ([UInt8](repeating: 7, count: 70_000), Instant(seconds: 4_294_967_295, nanoseconds: 999_999_999)),
    ]
    let writer = try TraceWriter(path: folder.path("a.pcap"), linkType: .rawIP)
    for frame in frames { try writer.append(frame.bytes, at: frame.time) }
    try writer.close()
    var reader = try MergedTraceReader([.file(path: folder.path("a.pcap"))], filter: nil)
    var read: [(bytes: [UInt8], time: Instant)] = []
    while reader.readSome(
      secrets: { _ in },
      frame: { frame in
        read.append((Array(frame.bytes), frame.time))
        #expect(frame.linkType.isSupported)
        return true
      })
    {}
    #expect(reader.failures.isEmpty)
    #expect(read.map(\.bytes) == frames.map(\.bytes))
    #expect(read.map(\.time) == frames.map(\.time))
  }

  @Test(arguments: ["/nowhere/a.pcap", "/", "a\u{0}b"])
  func aFileThatCannotBeMadeIsSaid(_ path: String) {
    #expect(throws: TraceWriter.Failure.self) { _ = try TraceWriter(path: path, linkType: .rawIP) }
  }

  @Test(arguments: [Instant(seconds: -1), Instant(seconds: 4_294_967_296), .distantFuture])
  func aTimeThatTheFormatDoesNotHoldIsRefused(_ time: Instant) throws {
    let folder = try TemporaryDirectory()
    let writer = try TraceWriter(path: folder.path("a.pcap"), linkType: .rawIP)
    #expect(throws: TraceWriter.Failure.self) { try writer.append([1], at: time) }
  }

  @Test func aFrameBeyondTheLimitIsRefused() throws {
    let folder = try TemporaryDirectory()
    let writer = try TraceWriter(path: folder.path("a.pcap"), linkType: .rawIP)
    let long = [UInt8](repeating: 1, count: TraceWriter.frameBytesMax + 1)
    #expect(throws: TraceWriter.Failure.self) { try writer.append(long, at: Instant(nanoseconds: 0)) }
  }

  @Test func aFullDiskIsSaid() throws {
    let writer = try TraceWriter(path: "/dev/full", linkType: .rawIP)
    try writer.append([UInt8](repeating: 1, count: 200), at: Instant(nanoseconds: 0))
    #expect(throws: TraceWriter.Failure.self) { try writer.close() }
  }
}
