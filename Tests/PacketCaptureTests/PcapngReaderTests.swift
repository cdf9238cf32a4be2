import PacketCapture
import PacketFormats
import Primitives
import TestSupport
import Testing

struct PcapngReaderTests {
  let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  func read(_ file: PcapngFile) throws -> (frames: [KeptFrame], notices: [TraceNotice], error: TraceError?) {
    var frames: [KeptFrame] = []
    let reader = try TraceReader(try directory.trace(file.bytes))
    do throws(TraceError) {
      while let frame = try reader.next() { frames.append(KeptFrame(frame)) }
      return (frames, reader.notices, nil)
    } catch {
      return (frames, reader.notices, error)
    }
  }

  @Test(arguments: [true, false])
  func everyKindOfPacketBlockIsAFrame(_ isLittleEndian: Bool) throws {
    var file = PcapngFile(isLittleEndian: isLittleEndian)
    file.section()
    file.interface()
    file.packet([1], units: 7, original: 60)
    file.obsoletePacket([1, 2, 3, 4, 5], units: 9)
    file.simplePacket([1, 2, 3])
    file.packet([], units: 11)
    let (frames, notices, error) = try read(file)
    #expect(error == nil)
    #expect(notices.isEmpty)
    #expect(frames.map(\.bytes) == [[1], [1, 2, 3, 4, 5], [1, 2, 3], []])
    #expect(frames.map(\.number) == [1, 2, 3, 4])
    #expect(frames.map(\.originalLength) == [60, 5, 3, 0])
    // A Simple Packet Block has no time of its own.
    #expect(frames.map(\.time.nanoseconds) == [7000, 9000, 9000, 11_000])
  }

  @Test(
    arguments: [
      ([], 5_000_000, 5_000_000_000),
      ([(9, [6])], 5_000_000, 5_000_000_000),
      ([(9, [9])], 5, 5),
      ([(9, [0])], 5, 5_000_000_000),
      ([(9, [3])], 5, 5_000_000),
      ([(9, [12])], 5999, 5),
      ([(9, [127])], .max, 1),
      ([(9, [0x80])], 5, 5_000_000_000),
      ([(9, [0x80 | 10])], 1536, 1_500_000_000),
      ([(9, [0x80 | 32])], 3 << 31, 1_500_000_000),
      ([(9, [0x80 | 64])], 1 << 63, 500_000_000),
      ([(9, [0x80 | 127])], .max, 0),
      ([(9, [0])], .max, Int64.max),
      ([(9, [0x80])], .max, Int64.max),
      ([(14, [100, 0, 0, 0, 0, 0, 0, 0])], 5, 100_000_005_000),
      ([(14, [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff])], 1_000_001, 1000),
      ([(14, [0, 0, 0, 0, 0, 0, 0, 0x7f])], 5, Int64.max),
      ([(2, Array("eth0".utf8)), (9, [9]), (0, [])], 5, 5),
      ([(9, [9, 9])], 5, 5000),
    ] as [([(UInt16, [UInt8])], UInt64, Int64)])
  func timesHaveTheUnitAndOffsetOfTheirInterface(
    _ options: [(UInt16, [UInt8])], _ units: UInt64, _ nanoseconds: Int64
  ) throws {
    var file = PcapngFile()
    file.section()
    file.interface(options: options.map { (code: $0.0, value: $0.1) })
    file.packet([1], units: units)
    #expect(try read(file).frames.first?.time.nanoseconds == nanoseconds)
  }

  @Test func interfacesMayDifferInEverything() throws {
    var file = PcapngFile()
    file.section()
    file.interface(.ethernet, snapLength: 262_144)
    file.interface(.rawIP, snapLength: 96, options: [(9, [9])])
    file.packet([1], units: 1)
    file.packet([2], units: 1, interface: 1)
    file.interface(.linuxCooked2)
    file.packet([3], units: 1, interface: 2)
    let reader = try TraceReader(try directory.trace(file.bytes))
    var linkTypes: [LinkType] = []
    while let frame = try reader.next() { linkTypes.append(frame.linkType) }
    #expect(linkTypes == [.ethernet, .rawIP, .linuxCooked2])
    #expect(try read(file).frames.map(\.time.nanoseconds) == [1000, 1, 1000])
  }

  @Test func aSectionHasInterfacesAndAByteOrderOfItsOwn() throws {
    var file = PcapngFile()
    for isLittleEndian in [true, false, true] {
      file.isLittleEndian = isLittleEndian
      file.section()
      file.interface(isLittleEndian ? .ethernet : .rawIP)
      file.packet([isLittleEndian ? 1 : 2])
    }
    file.section()
    file.packet([3])
    let (frames, notices, error) = try read(file)
    #expect(error == nil)
    #expect(frames.map(\.bytes) == [[1], [2], [1]])
    #expect(frames.map(\.number) == [1, 2, 3])
    #expect(notices.map(\.kind) == [.unknownInterface])
  }

  @Test func blocksThatHoldNoFrameArePassed() throws {
    var file = PcapngFile()
    file.section()
    for type: UInt32 in [4, 5, 9, 0xbad, 0x4000_0bad, 0x8765_4321] { file.block(type, [1, 2, 3, 4]) }
    file.block(0x7fff_ffff, [])
    file.interface()
    file.block(4, [UInt8](repeating: 0, count: 1 << 20))
    file.packet([1])
    let (frames, notices, error) = try read(file)
    #expect(error == nil)
    #expect(notices.isEmpty)
    #expect(frames.map(\.number) == [1])
  }

  @Test func keyLogsAreHandedOutOnce() throws {
    var file = PcapngFile()
    file.section()
    file.secrets("CLIENT_RANDOM 01 02\n")
    file.secrets("private key", type: 0x5353_484b)
    file.interface()
    file.packet([1])
    file.secrets("CLIENT_RANDOM 03 04\n")
    file.secrets("too long", claimed: 4000)
    file.packet([2])
    var reader = try MergedTraceReader([try directory.trace(file.bytes)])
    #expect(reader.next() != nil)
    #expect(reader.takeSecrets() == [Array("CLIENT_RANDOM 01 02\n".utf8)])
    #expect(!reader.hasSecrets)
    #expect(reader.next() != nil)
    #expect(reader.takeSecrets() == [Array("CLIENT_RANDOM 03 04\n".utf8)])
    #expect(reader.next() == nil)
    #expect(reader.takeSecrets().isEmpty)
    #expect(reader.notices.map(\.kind) == [.packetBeyondBlock])
  }

  @Test func anInterfaceOfAForeignLinkTypeDoesNotHideTheOthers() throws {
    var file = PcapngFile()
    file.section()
    file.interface(LinkType(rawValue: 195))
    file.packet([1])
    file.interface(.ethernet)
    file.packet([2], interface: 1)
    let (frames, _, error) = try read(file)
    #expect(error == nil)
    #expect(frames.map(\.bytes) == [[1], [2]])
  }

  @Test func foreignLinkTypesAloneAreRefused() throws {
    var file = PcapngFile()
    file.section()
    file.interface(LinkType(rawValue: 195))
    file.interface(LinkType(rawValue: 147))
    file.packet([1])
    let error = openingError(try directory.trace(file.bytes))
    #expect(error?.kind == .unsupportedLinkType(LinkType(rawValue: 195), name: "IEEE802_15_4"))
  }

  @Test func aFilterIsCompiledForEachLinkType() throws {
    var file = PcapngFile()
    file.section()
    file.interface(.ethernet)
    file.interface(.rawIP)
    file.interface(LinkType(rawValue: 195))
    for port: UInt16 in [5060, 5061] {
      let endpoint = IPEndpoint(address: phone.address, port: port)
      file.packet(Packets.udpFrame([1], from: endpoint, to: endpoint))
      file.packet(Packets.udpFrame([1], from: endpoint, to: endpoint, linkType: .rawIP), interface: 1)
      file.packet([1, 2, 3], interface: 2)
    }
    let source = try directory.trace(file.bytes)
    #expect(PacketCaptureTests.read(source, filter: "udp port 5061").frames.map(\.number) == [4, 5])
    #expect(openingError(source, filter: "udp prot 5061") != nil)
  }
}

struct DamagedPcapngTests {
  let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  /// A file with two good frames around what the closure writes.
  func around(_ bad: (inout PcapngFile) -> Void) -> [UInt8] {
    var file = PcapngFile()
    file.section()
    file.interface()
    file.packet([1, 1, 1, 1], units: 1)
    bad(&file)
    file.packet([2, 2, 2, 2], units: 2)
    return file.bytes
  }

  func outcome(_ bytes: [UInt8]) throws -> (bytes: [[UInt8]], notices: [TraceNotice], error: TraceError?) {
    let reader = try TraceReader(try directory.trace(bytes))
    var frames: [[UInt8]] = []
    do throws(TraceError) {
      while let frame = try reader.next() { frames.append(Array(frame.bytes)) }
      return (frames, reader.notices, nil)
    } catch {
      return (frames, reader.notices, error)
    }
  }

  struct Lie: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let kind: TraceNotice.Kind
    let write: @Sendable (inout PcapngFile) -> Void
  }

  static let lies: [Lie] = [
    Lie(testDescription: "length 0", kind: .damagedBytes) { $0.block(6, [0, 0, 0, 0], length: 0) },
    Lie(testDescription: "length 8", kind: .damagedBytes) { $0.block(6, [0, 0, 0, 0], length: 8) },
    Lie(testDescription: "odd length", kind: .damagedBytes) { $0.block(6, [0, 0, 0, 0], length: 17) },
    Lie(testDescription: "length of 4 GiB", kind: .damagedBytes) { $0.block(6, [0, 0, 0, 0], length: .max) },
    Lie(testDescription: "length beyond the file", kind: .damagedBytes) { $0.block(6, [0, 0, 0, 0], length: 4000) },
    Lie(testDescription: "other trailing length", kind: .damagedBytes) { $0.block(6, [0, 0, 0, 0], trailing: 20) },
    Lie(testDescription: "bytes that are no block", kind: .damagedBytes) { $0.raw([1, 2, 3, 4, 5, 6, 7]) },
    Lie(testDescription: "a kilobyte of zeros", kind: .damagedBytes) { $0.raw([UInt8](repeating: 0, count: 1024)) },
    Lie(testDescription: "a section of version 9", kind: .damagedBytes) { $0.section(major: 9) },
    Lie(testDescription: "captured length", kind: .packetBeyondBlock) { $0.packet([9], captured: 5) },
    Lie(testDescription: "captured length of 4 GiB", kind: .packetBeyondBlock) { $0.packet([9], captured: .max) },
    Lie(testDescription: "simple packet", kind: .packetBeyondBlock) { $0.simplePacket([9], original: 900) },
    Lie(testDescription: "interface", kind: .unknownInterface) { $0.packet([9], interface: 1) },
    Lie(testDescription: "interface of 4 G", kind: .unknownInterface) { $0.packet([9], interface: .max) },
    Lie(testDescription: "packet without a header", kind: .blockTooShort) { $0.block(6, [0, 0, 0, 0]) },
    Lie(testDescription: "simple packet without a header", kind: .blockTooShort) { $0.block(3, []) },
    Lie(testDescription: "interface without a header", kind: .blockTooShort) { $0.block(1, []) },
    Lie(testDescription: "secrets without a header", kind: .blockTooShort) { $0.block(10, [1, 2, 3, 4]) },
    Lie(testDescription: "option beyond the block", kind: .optionBeyondBlock) {
      $0.block(1, [1, 0, 0, 0, 0, 0, 0, 0, 9, 0, 99, 0, 9, 0, 0, 0])
    },
  ]

  @Test(arguments: lies)
  func aLieIsCountedWithItsPlaceAndTheRestIsRead(_ lie: Lie) throws {
    let good = around { _ in }
    let (frames, notices, error) = try outcome(around(lie.write))
    #expect(error == nil)
    #expect(frames == [[1, 1, 1, 1], [2, 2, 2, 2]])
    #expect(notices.map(\.kind) == [lie.kind])
    #expect(notices.first?.count == 1)
    #expect(notices.first?.byteOffset == Int64(good.count - 36))
    #expect(notices.first?.description.contains("at byte \(good.count - 36): ") == true)
  }

  /// Each of half a million places looks like the start of a long block, at whose end there is something else.
  @Test(.timeLimit(.minutes(1))) func aSearchThatIsLedOnAtEveryPlaceStaysLinear() throws {
    let bait: [UInt8] = [6, 0, 0, 0, 0xfc, 0xff, 7, 0]
    let (frames, notices, error) = try outcome(around { $0.raw((0..<250_000).flatMap { _ in bait }) })
    #expect(frames.first == [1, 1, 1, 1])
    #expect(error != nil || frames.count == 2)
    #expect(notices.count <= 1)
  }

  @Test func manyLiesAreOneNoticeWithTheirNumber() throws {
    let notices = try outcome(around { for _ in 0..<1000 { $0.packet([9], interface: 7) } }).notices
    #expect(notices.map(\.count) == [1000])
    #expect(notices.first?.frame == 2)
  }

  @Test func aLieWithNothingBehindItIsAnErrorWithItsPlace() throws {
    var file = PcapngFile()
    file.section()
    file.interface()
    file.packet([1])
    let offset = file.bytes.count
    file.block(6, [0, 0, 0, 0], length: 7)
    let (frames, _, error) = try outcome(file.bytes)
    #expect(frames == [[1]])
    guard case .corruptRecord = error?.kind else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(error?.frame == 1)
    #expect(error?.byteOffset == Int64(offset))
  }

  @Test func aFileCutAnywhereDeliversEveryFrameInFrontOfTheCut() throws {
    var file = PcapngFile()
    file.section()
    file.interface(options: [(2, Array("eth0".utf8)), (0, [])])
    let first = file.bytes.count
    file.packet([1, 2, 3])
    file.obsoletePacket([4])
    file.simplePacket([5])
    file.section()
    let size = { (count: Int) in 32 + (count + 3) / 4 * 4 }
    let ends = [first + size(3), first + size(3) + size(1), first + size(3) + size(1) + 20]
    let whole = ends + [0, 28, first, file.bytes.count]
    for count in 28..<file.bytes.count {
      let (frames, notices, error) = try outcome(Array(file.bytes.prefix(count)))
      #expect(frames.count == ends.count { $0 <= count }, "cut at \(count)")
      #expect(notices.isEmpty)
      if whole.contains(count) {
        #expect(error == nil, "cut at \(count)")
      } else if case .cutShort = error?.kind {
        #expect(error?.frame == frames.count)
      } else {
        Issue.record("cut at \(count): \(String(describing: error))")
      }
    }
    for count in 4..<28 {
      guard case .cutShort = openingError(try directory.trace(file.bytes.prefix(count)))?.kind else {
        Issue.record("cut at \(count)")
        continue
      }
    }
  }

  @Test(arguments: 0..<300 as Range<UInt64>)
  func aDamagedFileNeverTraps(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var bytes = around { file in
      file.secrets("CLIENT_RANDOM 01 02\n")
      file.section()
      file.interface(.rawIP, options: [(9, [0x8a]), (14, [1, 0, 0, 0, 0, 0, 0, 0])])
      file.obsoletePacket([1, 2, 3])
      file.simplePacket([1, 2, 3])
    }
    for _ in 0..<Int.random(in: 1...8, using: &random) {
      bytes[Int.random(in: 0..<bytes.count, using: &random)] = .random(in: 0...255, using: &random)
    }
    let (frames, error) = read(try directory.trace(bytes))
    #expect(frames.count <= 4)
    #expect(frames.allSatisfy { $0.bytes.count <= bytes.count })
    #expect(error.map { !$0.description.isEmpty } ?? true)
  }
}

struct DamagedPcapTests {
  let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  @Test(arguments: [0xffff_ffff, 262_145, 5000, 0] as [UInt32])
  func aRecordWithALyingLengthCostsNoFrameFarBehindIt(_ length: UInt32) throws {
    let written = records(8)
    var bytes = TraceFiles.pcap(written)
    let second = 24 + 16 + written[0].bytes.count
    withUnsafeBytes(of: length.littleEndian) { bytes.replaceSubrange(second + 8..<second + 12, with: $0) }
    let reader = try TraceReader(try directory.trace(bytes))
    var frames: [[UInt8]] = []
    while let frame = try reader.next() { frames.append(Array(frame.bytes)) }
    #expect(frames.suffix(6) == written.suffix(6).map(\.bytes))
    // One that is too long contradicts the frame's own length, which then counts.
    #expect(reader.notices.map(\.kind) == [length == 0 ? .damagedBytes : .lengthBeyondFrame])
    let start = length == 0 ? second + 16 : second
    #expect(reader.notices.first?.byteOffset == Int64(start))
    #expect(reader.notices.first?.frame == (length == 0 ? 2 : 1))
  }

  @Test func garbageBetweenRecordsIsPassed() throws {
    let written = records(6)
    let half = TraceFiles.pcap(Array(written.prefix(3)))
    let rest = TraceFiles.pcap(Array(written.suffix(3))).dropFirst(24)
    let garbage = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 37 >> 3) | 0x80 }
    let (frames, error) = read(try directory.trace(half + garbage + rest))
    #expect(error == nil)
    #expect(frames.map(\.bytes) == written.map(\.bytes))
  }

  @Test func aRecordOfZeroBytesIsAFrame() throws {
    var written = records(3)
    written[1].bytes = []
    let (frames, error) = read(try directory.trace(TraceFiles.pcap(written)))
    #expect(error == nil)
    #expect(frames.map(\.bytes.count) == written.map(\.bytes.count))
  }

  @Test(arguments: [true, false])
  func theVariantWithLongerRecordHeadersIsRead(_ isLittleEndian: Bool) throws {
    let written = records(3)
    let plain = TraceFiles.pcap(written, isLittleEndian: isLittleEndian)
    var bytes = Array(plain.prefix(24))
    bytes.replaceSubrange(0..<4, with: isLittleEndian ? [0x34, 0xcd, 0xb2, 0xa1] : [0xa1, 0xb2, 0xcd, 0x34])
    var offset = 24
    for record in written {
      bytes += plain[offset..<offset + 16] + [1, 0, 0, 0, 8, 0, 0, 0] + record.bytes
      offset += 16 + record.bytes.count
    }
    let (frames, error) = read(try directory.trace(bytes))
    #expect(error == nil)
    #expect(frames.map(\.bytes) == written.map(\.bytes))
  }
}
