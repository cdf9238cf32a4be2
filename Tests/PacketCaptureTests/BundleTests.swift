import Foundation
import PacketCapture
import Primitives
import TestSupport
import Testing

struct BundleTests {
  let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  func merge(_ sources: [TraceSource]) throws -> (seconds: [Int64], reader: MergedTraceReader) {
    var reader = try MergedTraceReader(sources)
    var seconds: [Int64] = []
    while let frame = reader.next() { seconds.append(frame.time.seconds) }
    return (seconds, reader)
  }

  func refusal(_ bytes: [UInt8]) throws -> TraceError? {
    let source = try directory.trace(bytes, named: "bundle.tar")
    do throws(TraceError) {
      _ = try MergedTraceReader([source])
      return nil
    } catch { return error }
  }

  static func capture(_ name: String, from start: Int64, count: Int = 3) -> TarFile.Member {
    TarFile.Member(name, TraceFiles.pcap(records(count, from: start)))
  }

  @Test func membersAreReadAsIfGivenOneByOne() throws {
    let long = "captures/" + String(repeating: "long-", count: 40) + "2.pcap"
    let members = [Self.capture("2.pcap", from: 110), Self.capture(long, from: 100), Self.capture("3.pcap", from: 101)]
    let plain = try directory.trace(TraceFiles.pcap(records(2, from: 105)), named: "plain.pcap")
    let bundle = try directory.trace(TarFile.bytes(members), named: "bundle.tar")
    let (seconds, reader) = try merge([plain, bundle])
    #expect(seconds == [100, 101, 101, 102, 102, 103, 105, 106, 110, 111, 112])
    let name = directory.path("bundle.tar")
    #expect(reader.names == [directory.path("plain.pcap"), "\(name): 2.pcap", "\(name): \(long)", "\(name): 3.pcap"])
    #expect(reader.notices.isEmpty)
    #expect(reader.failures.isEmpty)
  }

  @Test(
    .enabled(if: Compressor.areInstalled, "\(Compressor.missing)"), arguments: Compressor.allCases)
  func bundlesAndTheirMembersMayBeCompressed(_ compressor: Compressor) throws {
    let inside = try compressor.compress(TraceFiles.pcap(records(3, from: 103)))
    let members = [Self.capture("1.pcap", from: 100), TarFile.Member("2.pcap.x", inside)]
    for bytes in [TarFile.bytes(members), try compressor.compress(TarFile.bytes(members))] {
      let (seconds, reader) = try merge([try directory.trace(bytes, named: "bundle")])
      #expect(seconds == [100, 101, 102, 103, 104, 105])
      #expect(reader.names.count == 2)
      #expect(reader.failures.isEmpty)
    }
  }

  @Test func otherMembersAreSaid() throws {
    let members = [
      TarFile.Member("captures/", [], kind: "5"), TarFile.Member("captures/README", Array("hello".utf8)),
      Self.capture("captures/1.pcap", from: 100), TarFile.Member("captures/empty.pcap", []),
    ]
    let (seconds, reader) = try merge([try directory.trace(TarFile.bytes(members))])
    #expect(seconds == [100, 101, 102])
    #expect(reader.notices.map(\.kind) == [.otherMembers])
    #expect(reader.notices.first?.count == 2)
    #expect(reader.notices.first?.description.contains("captures/README (the first of 2 such)") == true)
  }

  @Test func aHostileArchiveTouchesNothing() throws {
    let outside = directory.path("outside")
    let members = [
      TarFile.Member("../outside", TraceFiles.pcap([])), TarFile.Member(outside, TraceFiles.pcap([])),
      TarFile.Member("link", [], kind: "2"), TarFile.Member("hard", [], kind: "1", claimedByteCount: 1 << 30),
      TarFile.Member("device", [], kind: "3"), TarFile.Member("fifo", [], kind: "6"),
      TarFile.Member("name\u{1b}[31m\n", Array("none".utf8)), Self.capture("1.pcap", from: 100),
    ]
    let (seconds, reader) = try merge([try directory.trace(TarFile.bytes(members), named: "bundle.tar")])
    #expect(seconds == [100, 101, 102])
    #expect(try directory.names() == ["bundle.tar"])
    #expect(reader.notices.allSatisfy { !$0.description.contains("\u{1b}") })
    #expect(reader.notices.first?.count == 5)
  }

  @Test func anArchiveWithoutACaptureIsRefused() throws {
    let error = try #require(try refusal(TarFile.bytes([TarFile.Member("README", Array("hello".utf8))])))
    #expect(error.kind == .unusableBundle(reason: "no capture is in it"))
    #expect(error.description.contains("unpack it"))
  }

  @Test func aBrokenCaptureInABundleFailsTheWholeRunWithItsName() throws {
    var bad = TraceFiles.pcap([])
    bad[4] = 9
    let error = try #require(
      try refusal(TarFile.bytes([Self.capture("1.pcap", from: 1), TarFile.Member("2.pcap", bad)])))
    #expect(error.file.hasSuffix("bundle.tar: 2.pcap"))
  }

  @Test func anArchiveOfTooManyCapturesIsRefused() throws {
    let members = (0...4096).map { TarFile.Member("\($0).pcap", TraceFiles.pcap([])) }
    guard case .unusableBundle(let reason) = try refusal(TarFile.bytes(members))?.kind else {
      Issue.record("it was taken")
      return
    }
    #expect(reason.contains("4096"))
  }

  @Test func manyRotatedCapturesNeedFewOpenFiles() throws {
    let members = (0..<300).map { (index: Int) -> TarFile.Member in
      Self.capture("\(index).pcap", from: Int64(index * 7 % 300 * 2), count: 2)
    }
    let (seconds, reader) = try merge([try directory.trace(TarFile.bytes(members))])
    #expect(seconds == Array(0..<600))
    #expect(reader.position == reader.size)
  }

  @Test func manyTracesFromTheCommandLineMergeAsFewDo() throws {
    let sources = try (0..<80).map { index in
      let bytes = TraceFiles.pcap(records(3, from: Int64(79 - index) * 2))
      return try directory.trace(bytes, named: "\(index)")
    }
    let (seconds, reader) = try merge(sources)
    let expected: [Int64] = (0..<80).flatMap { (index: Int64) -> [Int64] in [index * 2, index * 2 + 1, index * 2 + 2] }
    #expect(seconds == expected.sorted())
    #expect(reader.failures.isEmpty)
  }

  @Test func aTraceOfTheCommandLineThatBreaksOffIsNamedEvenWhenItWaited() throws {
    var sources = try (0..<40).map { index in
      try directory.trace(TraceFiles.pcap(records(1, from: Int64(index))), named: "\(index)")
    }
    sources.append(try directory.trace(TraceFiles.pcap(records(2, from: 50)).dropLast(), named: "cut"))
    sources.append(try directory.trace(TraceFiles.pcap(records(1, from: 50)).dropLast(), named: "cut-at-once"))
    let (seconds, reader) = try merge(sources)
    #expect(seconds == Array(0..<40) + [50])
    #expect(
      reader.failures.map { String($0.file.split(separator: "/").last ?? "") }.sorted() == ["cut", "cut-at-once"])
  }

  @Test(arguments: [600, 1100, 1500, 1700])
  func anArchiveCutShortGivesTheCapturesBeforeTheCut(_ count: Int) throws {
    let members = [Self.capture("1.pcap", from: 100), Self.capture("2.pcap", from: 200)]
    let bytes = Array(TarFile.bytes(members).prefix(count))
    let (seconds, reader) = try merge([try directory.trace(bytes)])
    #expect(seconds.allSatisfy { [100, 101, 102, 200, 201, 202].contains($0) })
    #expect(seconds.starts(with: [100, 101, 102].prefix(count > 1000 ? 3 : 0)))
    #expect(!reader.failures.isEmpty)
  }

  /// Of an archive that comes through a pipe the captures are copied, and their lengths summed up.
  @Test(arguments: [false, true])
  func aMemberThatClaimsAllThereCanBeEndsTheArchive(isPiped: Bool) throws {
    let claim = TarFile.Member("pax", Array("28 size=9223372036854775807\n".utf8), kind: "x")
    let bytes = TarFile.bytes([Self.capture("1.pcap", from: 100), claim, Self.capture("2.pcap", from: 200)])
    guard isPiped else {
      let (seconds, reader) = try merge([try directory.trace(bytes)])
      #expect(seconds.starts(with: [100, 101, 102]))
      #expect(reader.failures.first?.kind == .cutShort(reason: "it ends within 2.pcap"))
      return
    }
    let pipe = Pipe()
    try pipe.fileHandleForWriting.write(contentsOf: bytes)
    try pipe.fileHandleForWriting.close()
    let path = "/proc/self/fd/\(pipe.fileHandleForReading.fileDescriptor)"
    let error = #expect(throws: TraceError.self) { try merge([.file(path: path)]) }
    #expect(error?.kind == .unusableBundle(reason: "its captures have more than 16 GiB"))
  }

  @Test(arguments: 0..<200 as Range<UInt64>)
  func aDamagedArchiveNeverTraps(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var bytes = TarFile.bytes([
      Self.capture("1.pcap", from: 1), TarFile.Member(String(repeating: "x", count: 120), [1, 2, 3]),
      TarFile.Member("pax", Array("19 path=other.pcap\n13 size=1036\n".utf8), kind: "x"), Self.capture("2", from: 9),
    ])
    for _ in 0..<Int.random(in: 1...6, using: &random) {
      bytes[Int.random(in: 0..<bytes.count, using: &random)] = .random(in: 0...255, using: &random)
    }
    let source = try directory.trace(bytes)
    do throws(TraceError) {
      var reader = try MergedTraceReader([source])
      var count = 0
      while reader.next() != nil { count += 1 }
      #expect(count <= 200)
    } catch {
      #expect(!error.description.isEmpty)
    }
  }
}
