import Foundation
import PacketCapture
import PacketFormats
import Primitives
import TestSupport
import Testing

struct TraceReaderTests {
  let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  @Test(arguments: [true, false], [true, false])
  func pcapOfEitherByteOrderAndPrecisionIsRead(_ isLittleEndian: Bool, _ isNanoseconds: Bool) throws {
    let written = records(3)
    let source = try directory.trace(
      TraceFiles.pcap(written, isLittleEndian: isLittleEndian, isNanoseconds: isNanoseconds))
    let (frames, error) = read(source)
    #expect(error == nil)
    #expect(frames.map(\.bytes) == written.map(\.bytes))
    #expect(frames.map(\.number) == [1, 2, 3])
    let fraction: Int64 = isNanoseconds ? 123_456_789 : 123_456_000
    #expect(frames.first?.time == Instant(seconds: 1_700_000_000, nanoseconds: fraction))
  }

  @Test(arguments: [true, false])
  func pcapngIsRead(_ isLittleEndian: Bool) throws {
    let written = records(3)
    let (frames, error) = read(try directory.trace(TraceFiles.pcapng(written, isLittleEndian: isLittleEndian)))
    #expect(error == nil)
    #expect(frames.map(\.bytes) == written.map(\.bytes))
    #expect(frames.first?.time == Instant(seconds: 1_700_000_000, nanoseconds: 123_456_789))
  }

  @Test func secondsAfter2038AreNotTakenForNegativeOnes() throws {
    let record = TraceFiles.Record(time: Instant(seconds: 0x9000_0000, nanoseconds: 5000), bytes: [1])
    #expect(read(try directory.trace(TraceFiles.pcap([record]))).frames.first?.time == record.time)
  }

  @Test func interfacesOfOneLinkTypeAreReadTogether() throws {
    var written = records(2)
    written[1].interface = 1
    let source = try directory.trace(TraceFiles.pcapng(written, linkTypes: [.ethernet, .ethernet]))
    #expect(read(source).frames.count == 2)
  }

  @Test(arguments: [
    LinkType.ethernet, .linuxCooked, .linuxCooked2, .rawIP, .ipv4, .ipv6, .null, .loop,
  ])
  func theLinkTypeOfTheFileReachesTheDecoder(_ linkType: LinkType) throws {
    let isV6 = linkType == .ipv6
    let address = isV6 ? IPAddress(v6High: 0x2001_0db8_0000_0000, low: 1) : phone.address
    let endpoint = IPEndpoint(address: address, port: 5060)
    let bytes = Packets.udpFrame([1, 2, 3], from: endpoint, to: endpoint, linkType: linkType)
    let source = try directory.trace(
      TraceFiles.pcap([TraceFiles.Record(time: .epoch, bytes: bytes)], linkType: linkType))
    let reader = try TraceReader(source)
    #expect(reader.linkTypes == [linkType])
    let frame = try #require(try reader.next())
    guard case .udp(let datagram) = FrameDecoder.decode(frame.bytes, linkType: frame.linkType) else {
      Issue.record("not a datagram")
      return
    }
    #expect(Array(frame.bytes[datagram.payload]) == [1, 2, 3])
  }

  @Test func aTraceWithoutFramesEndsAtOnce() throws {
    let (frames, error) = read(try directory.trace(TraceFiles.pcap([])))
    #expect(frames.isEmpty)
    #expect(error == nil)
  }

  @Test func theOriginalLengthIsKeptApart() throws {
    let record = TraceFiles.Record(time: .epoch, bytes: [UInt8](repeating: 0, count: 60), originalLength: 1514)
    let frame = read(try directory.trace(TraceFiles.pcap([record]))).frames.first
    #expect(frame?.bytes.count == 60)
    #expect(frame?.originalLength == 1514)
  }

  @Test(arguments: [60, 130, 40_000, 0xffff_ffff] as [UInt32], [0, 1, 2, 3])
  func aRecordThatClaimsMoreThanItsFrameHadHidesNoOther(_ claimed: UInt32, _ index: Int) throws {
    let written = records(4)
    var bytes = TraceFiles.pcap(written)
    let place = written[..<index].reduce(24) { $0 + 16 + $1.bytes.count }
    bytes.replaceSubrange(place + 8..<place + 12, with: withUnsafeBytes(of: claimed.littleEndian) { Array($0) })
    let reader = try TraceReader(try directory.trace(bytes))
    var frames: [KeptFrame] = []
    while let frame = try reader.next() { frames.append(KeptFrame(frame)) }
    #expect(frames.map(\.bytes) == written.map(\.bytes))
    #expect(reader.notices.map(\.kind) == [.lengthBeyondFrame])
    #expect(reader.notices.first?.frame == index)
  }

  @Test func aRecordThatHoldsMoreThanItSaysTheFrameHadIsReadWhole() throws {
    var written = records(3)
    written[1].originalLength = 20
    let (frames, error) = read(try directory.trace(TraceFiles.pcap(written)))
    #expect(frames.map(\.bytes) == written.map(\.bytes))
    #expect(error == nil)
  }

  @Test(arguments: [0, 262_144, 0x7fff_ffff, 0xffff_ffff] as [UInt32])
  func aSnapLengthOfZeroOrBeyondAllMeasureIsNoObstacle(_ snapLength: UInt32) throws {
    let written = records(2)
    let (frames, error) = read(try directory.trace(TraceFiles.pcap(written, snapLength: snapLength)))
    #expect(error == nil)
    #expect(frames.map(\.bytes) == written.map(\.bytes))
  }

  @Test func aFilteredFrameKeepsTheNumberItHasInTheFile() throws {
    var written = records(4)
    for index in [1, 3] {
      written[index].bytes = Packets.tcpFrame([1], from: phone, to: appliance)
    }
    let source = try directory.trace(TraceFiles.pcap(written))
    #expect(read(source, filter: "tcp port 5060").frames.map(\.number) == [2, 4])
    #expect(read(source, filter: "udp").frames.map(\.number) == [1, 3])
    #expect(read(source, filter: "").frames.count == 4)
  }

  @Test func positionAndSizeServeAProgressBar() throws {
    let bytes = TraceFiles.pcap(records(3))
    let reader = try TraceReader(try directory.trace(bytes))
    #expect(reader.size == Int64(bytes.count))
    #expect(reader.position == 24)
    while try reader.next() != nil {}
    #expect(reader.position == Int64(bytes.count))
  }

  @Test func aPipeThatDripsIsReadLikeAFile() throws {
    let path = directory.path("pipe")
    #expect(mkfifo(path, 0o600) == 0)
    let written = records(3)
    let bytes = TraceFiles.pcap(written)
    let writer = Thread {
      guard let handle = FileHandle(forWritingAtPath: path) else { return }
      for byte in bytes { try? handle.write(contentsOf: Data([byte])) }
      try? handle.close()
    }
    writer.start()
    let reader = try TraceReader(.file(path: path))
    #expect(reader.size == nil)
    #expect(reader.position == nil)
    var frames: [KeptFrame] = []
    while let frame = try reader.next() { frames.append(KeptFrame(frame)) }
    #expect(frames.map(\.bytes) == written.map(\.bytes))
  }

  @Test func aDashStandsForStandardInput() {
    #expect(TraceSource(argument: "-") == .standardInput)
    #expect(TraceSource(argument: "./-") == .file(path: "./-"))
    #expect(TraceSource.standardInput.description == "standard input")
  }
}
