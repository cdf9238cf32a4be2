import Foundation
import PacketCapture
import Primitives
import TestSupport
import Testing

@Suite(.enabled(if: Compressor.areInstalled, "\(Compressor.missing)"))
struct CompressedTraceTests {
  let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  @Test(arguments: Compressor.allCases)
  func aCompressedTraceIsReadLikeAPlainOne(_ compressor: Compressor) throws {
    let written = records(2000)
    for bytes in [TraceFiles.pcap(written, isNanoseconds: true), TraceFiles.pcapng(written)] {
      let source = try directory.trace(try compressor.compress(bytes), named: "trace.pcap")
      let (frames, error) = read(source)
      #expect(error == nil)
      #expect(frames.map(\.bytes) == written.map(\.bytes))
      #expect(frames.map(\.time) == written.map(\.time))
    }
  }

  /// More than bzip2's largest block, so that whole blocks are in front of the cut.
  static let incompressible: [TraceFiles.Record] = {
    var random = SeededGenerator(seed: 1)
    return (0..<1500).map { index in
      let bytes = (0..<125).flatMap { _ in
        withUnsafeBytes(of: UInt64.random(in: 0 ... .max, using: &random), Array.init)
      }
      return TraceFiles.Record(time: Instant(seconds: Int64(index)), bytes: bytes)
    }
  }()

  @Test(arguments: Compressor.allCases)
  func aCompressedTraceCutShortGivesTheFramesBeforeTheCut(_ compressor: Compressor) throws {
    let written = Self.incompressible
    let bytes = try compressor.compress(TraceFiles.pcap(written))
    let (frames, error) = read(try directory.trace(bytes.prefix(bytes.count - 1000), named: "cut"))
    #expect(frames.count > 100 || compressor == .lz4 || compressor == .xz)
    #expect(frames.map(\.bytes) == written.prefix(frames.count).map(\.bytes))
    let kind = try #require(error?.kind)
    guard case .cutShort(let reason) = kind else {
      Issue.record("\(kind)")
      return
    }
    #expect(reason.hasPrefix(compressor.rawValue))
    #expect(error?.frame == frames.count)
  }

  @Test(arguments: Compressor.allCases)
  func damagedCompressionIsAnErrorInTheProgramsWords(_ compressor: Compressor) throws {
    var bytes = try compressor.compress(TraceFiles.pcap(records(500)))
    for index in bytes.count / 2..<bytes.count { bytes[index] ^= 0x5a }
    let (_, error) = read(try directory.trace(bytes))
    let text = try #require(error?.description)
    #expect(text.contains(compressor.rawValue))
  }

  @Test func compressionOfSomethingElseIsRefusedForWhatIsInside() throws {
    let text = try Compressor.gzip.compress(Array("INVITE sip:a@b SIP/2.0\r\n".utf8))
    #expect(openingError(try directory.trace(text))?.kind == .notACapture(.text))
    let nothing = try Compressor.zstd.compress([])
    #expect(openingError(try directory.trace(nothing))?.kind == .empty)
    let networkMonitor = try Compressor.xz.compress(Array("GMBU".utf8) + [2, 0, 0, 0])
    #expect(openingError(try directory.trace(networkMonitor))?.kind == .notACapture(.networkMonitor))
  }

  @Test func twiceCompressedIsReadAndFiveTimesIsRefused() throws {
    let written = records(3)
    var bytes = TraceFiles.pcap(written)
    for depth in 1...5 {
      bytes = try Compressor.allCases[depth % 5].compress(bytes)
      let (frames, error) = read(try directory.trace(bytes))
      if depth <= 3 {
        #expect(frames.map(\.bytes) == written.map(\.bytes))
      } else {
        guard case .undecodable = error?.kind else {
          Issue.record("\(String(describing: error))")
          continue
        }
      }
    }
  }

  @Test func aPipeMayBeCompressed() throws {
    let path = directory.path("pipe")
    #expect(mkfifo(path, 0o600) == 0)
    let written = records(400)
    let bytes = try Compressor.gzip.compress(TraceFiles.pcap(written))
    let writer = Thread {
      guard let handle = FileHandle(forWritingAtPath: path) else { return }
      for byte in bytes { try? handle.write(contentsOf: Data([byte])) }
      try? handle.close()
    }
    writer.start()
    let (frames, error) = read(.file(path: path))
    #expect(error == nil)
    #expect(frames.map(\.bytes) == written.map(\.bytes))
  }

  @Test func closingInTheMiddleDoesNotWaitForTheRest() throws {
    let source = try directory.trace(try Compressor.zstd.compress(TraceFiles.pcap(records(20_000))))
    for _ in 0..<20 {
      let reader = try TraceReader(source)
      #expect(try reader.next()?.number == 1)
    }
  }

  @Test func compressedAndPlainTracesMerge() throws {
    let sources = try [
      directory.trace(TraceFiles.pcap(records(5, from: 100)), named: "1"),
      directory.trace(try Compressor.gzip.compress(TraceFiles.pcapng(records(5, from: 102))), named: "2"),
      directory.trace(try Compressor.lz4.compress(TraceFiles.pcap(records(5, from: 90))), named: "3"),
    ]
    var reader = try MergedTraceReader(sources)
    var seconds: [Int64] = []
    while let frame = reader.next() { seconds.append(frame.time.seconds) }
    #expect(seconds == seconds.sorted())
    #expect(seconds.count == 15)
    #expect(reader.failures.isEmpty)
    #expect(reader.size == nil)
  }
}
