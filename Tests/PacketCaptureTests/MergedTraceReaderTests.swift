import PacketCapture
import PacketFormats
import Primitives
import TestSupport
import Testing

struct MergedTraceReaderTests {
  let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  /// Writes one trace for each list of seconds, and merges them.
  func merge(_ times: [[Int64]], cutting: Set<Int> = []) throws -> (frames: [KeptFrame], failures: [TraceError]) {
    let sources = try times.enumerated().map { index, seconds in
      let written = seconds.map { TraceFiles.Record(time: Instant(seconds: $0), bytes: [UInt8(index), UInt8($0)]) }
      let bytes = TraceFiles.pcap(written)
      return try directory.trace(cutting.contains(index) ? bytes.dropLast() : bytes, named: "\(index).pcap")
    }
    var reader = try MergedTraceReader(sources)
    var frames: [KeptFrame] = []
    while let frame = reader.next() { frames.append(KeptFrame(frame)) }
    return (frames, reader.failures)
  }

  @Test func framesComeByTimeWithTheirTraceAndNumber() throws {
    let frames = try merge([[1, 4, 5], [2, 3, 9], [], [6]]).frames
    #expect(frames.map(\.time.seconds) == [1, 2, 3, 4, 5, 6, 9])
    #expect(frames.map(\.file) == [0, 1, 1, 0, 0, 3, 1])
    #expect(frames.map(\.number) == [1, 1, 2, 2, 3, 1, 3])
    #expect(frames.allSatisfy { $0.bytes == [UInt8($0.file), UInt8($0.time.seconds)] })
  }

  /// Reads by `readSome` and by `next`, and expects the same.
  private func readBothWays(_ sources: [TraceSource], filter: String? = nil) throws -> [KeptFrame] {
    var one = try MergedTraceReader(sources, filter: filter)
    var single: [KeptFrame] = []
    while let frame = one.next() { single.append(KeptFrame(frame)) }
    var other = try MergedTraceReader(sources, filter: filter)
    var several: [KeptFrame] = []
    while other.readSome(
      secrets: { _ in },
      frame: {
        several.append(KeptFrame($0))
        // Stops now and then, which loses nothing.
        return several.count % 3 != 0
      })
    {}
    #expect(several == single)
    #expect(one.failures.map(\.description) == other.failures.map(\.description))
    #expect(one.notices.map(\.description) == other.notices.map(\.description))
    return several
  }

  @Test(arguments: [0, 1, 7, 3000])
  func severalFramesAtOnceAreTheFramesOneByOne(count: Int) throws {
    let source = try directory.trace(TraceFiles.pcap(records(count)))
    #expect(try readBothWays([source]).map(\.number) == Array(0..<count).map { $0 + 1 })
    #expect(try readBothWays([source], filter: "port 5060").count == count)
    #expect(try readBothWays([source], filter: "port 5061").isEmpty)
    #expect(try readBothWays([source, source]).count == 2 * count)
  }

  @Test func severalFramesAtOnceMindWhatIsDamaged() throws {
    let whole = TraceFiles.pcap(records(9))
    for cut in 1..<80 { _ = try readBothWays([try directory.trace(whole.dropLast(cut), named: "cut.pcap")]) }
    for offset in stride(from: 24, to: whole.count, by: 5) {
      var damaged = whole
      damaged[offset] ^= 0xff
      _ = try readBothWays([try directory.trace(damaged, named: "damaged.pcap")])
    }
  }

  @Test func keyLogsComeBeforeTheFrameTheyStandInFrontOf() throws {
    var file = PcapngFile()
    file.section()
    file.interface()
    file.packet([1])
    file.secrets("CLIENT_RANDOM 03 04\n")
    file.packet([2])
    var reader = try MergedTraceReader([try directory.trace(file.bytes)])
    var met: [String] = []
    while reader.readSome(
      secrets: { met.append(String(decoding: $0, as: UTF8.self)) },
      frame: {
        met.append("\($0.number)")
        return true
      })
    {}
    #expect(met == ["1", "CLIENT_RANDOM 03 04\n", "2"])
  }

  @Test func framesOfTheSameTimeComeInTheOrderOfTheTraces() throws {
    let frames = try merge([[5, 5], [5], [5, 5]]).frames
    #expect(frames.map(\.file) == [0, 0, 1, 2, 2])
  }

  @Test func aClockThatStepsBackKeepsTheOrderOfItsTrace() throws {
    let frames = try merge([[10, 2, 11], [5, 12]]).frames
    #expect(frames.map(\.time.seconds) == [5, 10, 2, 11, 12])
    #expect(frames.filter { $0.file == 0 }.map(\.number) == [1, 2, 3])
  }

  @Test func aTraceThatBreaksOffLosesNoFrameOfTheOthers() throws {
    let (frames, failures) = try merge([[1, 3, 5], [2, 4, 6]], cutting: [0])
    #expect(frames.map(\.time.seconds) == [1, 2, 3, 4, 6])
    #expect(failures.map(\.frame) == [2])
    #expect(failures.first?.file.hasSuffix("0.pcap") == true)
  }

  @Test func everyTraceThatBreaksOffIsReported() throws {
    let (frames, failures) = try merge([[1], [2], [3]], cutting: [0, 2])
    #expect(frames.map(\.file) == [1])
    #expect(failures.count == 2)
  }

  @Test func aTraceThatCannotBeOpenedFailsAll() throws {
    let good = try directory.trace(TraceFiles.pcap(records(1)), named: "good.pcap")
    let missing = TraceSource.file(path: directory.path("missing.pcap"))
    #expect(throws: TraceError.self) { try MergedTraceReader([good, missing]) }
    #expect(throws: TraceError.self) { try MergedTraceReader([good], filter: "no such filter") }
  }

  @Test func standardInputIsTakenOnce() {
    let twice = TraceError(file: "standard input", kind: .standardInputTwice)
    #expect(throws: twice) { try MergedTraceReader([.standardInput, .standardInput]) }
  }

  @Test func noTraceAtAllHasNoFrames() throws {
    var reader = try MergedTraceReader([])
    #expect(reader.next() == nil)
    #expect(reader.next() == nil)
    #expect(reader.size == 0)
  }

  @Test func sizesAndPositionsAddUp() throws {
    let first = TraceFiles.pcap(records(2))
    let second = TraceFiles.pcapng(records(1))
    var reader = try MergedTraceReader([
      try directory.trace(first, named: "1"), try directory.trace(second, named: "2"),
    ])
    #expect(reader.names.count == 2)
    while reader.next() != nil {}
    #expect(reader.size == Int64(first.count + second.count))
    #expect(reader.position == reader.size)
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func manyTracesMergeAsASortWould(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let times = (0..<Int.random(in: 1...12, using: &random)).map { _ in
      (0..<Int.random(in: 0...15, using: &random)).map { _ in Int64.random(in: 0...40, using: &random) }.sorted()
    }
    let frames = try merge(times).frames
    let expected = times.enumerated().flatMap { file, seconds in seconds.map { ($0, file) } }.sorted { $0 < $1 }
    #expect(frames.map(\.time.seconds) == expected.map(\.0))
    #expect(frames.map(\.file) == expected.map(\.1))
  }
}
