import Foundation
import PacketCapture
import PacketFormats
import Primitives
import TestSupport
import Testing

struct OpeningErrorTests {
  let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  @Test func aMissingFileIsNamedWithTheSystemsReason() throws {
    let path = directory.path("missing.pcap")
    let error = try #require(openingError(.file(path: path)))
    #expect(error.kind == .cannotOpen(errno: ENOENT, reason: "No such file or directory"))
    #expect(error.file == path)
    #expect(error.description.hasPrefix("\(path): cannot be opened: No such file or directory; "))
  }

  @Test func aPathWithANULIsNotCutAtIt() throws {
    _ = try directory.trace(TraceFiles.pcap([]), named: "a")
    let error = openingError(.file(path: directory.path("a\0b")))
    #expect(error?.kind == .cannotOpen(errno: ENOENT, reason: "No such file or directory"))
  }

  @Test func aDirectoryIsNoTrace() {
    #expect(openingError(.file(path: directory.url.path))?.kind == .isDirectory)
  }

  @Test func anEmptyFileSaysSo() throws {
    #expect(openingError(try directory.trace([]))?.kind == .empty)
  }

  @Test(
    arguments: [
      ([0x50, 0x4b, 0x03, 0x04], .zip, "unzip"),
      ([0x47, 0x4d, 0x42, 0x55, 2, 0], .networkMonitor, "editcap -F pcap"),
      ([0x52, 0x54, 0x53, 0x53, 1, 0], .networkMonitor, "editcap -F pcap"),
      ([0x73, 0x6e, 0x6f, 0x6f, 0x70, 0, 0, 0], .snoop, "editcap -F pcap"),
      ([0x58, 0x43, 0x50, 0x00], .netXray, "editcap -F pcap"),
      (Array("iptrace 2.0".utf8), .iptrace, "editcap -F pcap"),
      ([0x7f, 0x45, 0x4c, 0x46], .executable, "tcpdump -w"),
      (Array("%PDF-1.7".utf8), .pdf, "tcpdump -w"),
      (Array("SQLite format 3\0".utf8), .sqlite, "tcpdump -w"),
      (Array("SIP/2.0 200 OK\r\n".utf8), .text, "text2pcap"),
      (Array("Grüße".utf8), .text, "text2pcap"),
      (Array("a".utf8), .text, "text2pcap"),
      ([0, 1, 2, 3, 4, 5], .unknown, "editcap -F pcap"),
    ] as [([UInt8], FileAppearance, String)])
  func aFileOfAnotherFormatIsRecognisedWithItsRemedy(
    _ bytes: [UInt8], _ appearance: FileAppearance, _ remedy: String
  ) throws {
    let error = try #require(openingError(try directory.trace(bytes)))
    #expect(error.kind == .notACapture(appearance))
    #expect(error.description.contains(remedy))
  }

  @Test(arguments: 4..<24)
  func aFileHeaderCutOffIsCutShort(_ count: Int) throws {
    let error = try #require(openingError(try directory.trace(Array(TraceFiles.pcap([]).prefix(count)))))
    guard case .cutShort = error.kind else {
      Issue.record("\(error)")
      return
    }
    #expect(error.frame == 0)
  }

  @Test func aFragmentOfAMagicNumberIsCutShort() throws {
    let error = openingError(try directory.trace([0xd4, 0xc3]))
    #expect(error?.kind == .cutShort(reason: "it has 2 of 24 header bytes"))
  }

  @Test func aVersionOfTheFutureIsRefusedWithItsNumber() throws {
    var bytes = TraceFiles.pcap([])
    bytes[4] = 9
    let error = try #require(openingError(try directory.trace(bytes)))
    guard case .unusableHeader(let reason) = error.kind else {
      Issue.record("\(error)")
      return
    }
    #expect(reason.contains("9.4"))
  }

  @Test func aLinkTypeWithoutSupportIsNamedAndNumbered() throws {
    let error = openingError(try directory.trace(TraceFiles.pcap([], linkType: LinkType(rawValue: 195))))
    #expect(error?.kind == .unsupportedLinkType(LinkType(rawValue: 195), name: "IEEE802_15_4"))
    #expect(error?.description.contains("link type IEEE802_15_4 (195)") == true)
    let unknown = openingError(try directory.trace(TraceFiles.pcap([], linkType: LinkType(rawValue: 9999))))
    #expect(unknown?.kind == .unsupportedLinkType(LinkType(rawValue: 9999), name: "without a name"))
  }

  @Test(arguments: ["udp prot 5060", "(", "tcp\0udp", "port 99999999"])
  func aBadFilterIsQuotedWithItsReason(_ filter: String) throws {
    let error = try #require(openingError(try directory.trace(TraceFiles.pcap([])), filter: filter))
    guard case .badFilter(filter, let reason) = error.kind else {
      Issue.record("\(error)")
      return
    }
    #expect(!reason.isEmpty)
    #expect(error.remedy.contains("pcap-filter"))
  }
}

struct ReadingErrorTests {
  let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  @Test func aTraceCutAnywhereDeliversEveryCompleteFrameFirst() throws {
    let written = records(3)
    let whole = TraceFiles.pcap(written)
    let ends = [0, 1, 2, 3].map { count in
      24 + written.prefix(count).reduce(0) { $0 + 16 + $1.bytes.count }
    }
    for count in 24..<whole.count {
      let (frames, error) = read(try directory.trace(Array(whole.prefix(count))))
      let complete = ends.lastIndex { $0 <= count } ?? 0
      #expect(frames.map(\.bytes) == written.prefix(complete).map(\.bytes))
      if ends.contains(count) {
        #expect(error == nil)
        continue
      }
      guard case .cutShort = error?.kind else {
        Issue.record("cut at \(count): \(String(describing: error))")
        continue
      }
      #expect(error?.frame == complete)
      #expect(error?.byteOffset == Int64(ends[complete]))
    }
  }

  @Test func aPcapngCutShortDeliversEveryCompleteFrameFirst() throws {
    let whole = TraceFiles.pcapng(records(3))
    let (frames, error) = read(try directory.trace(Array(whole.dropLast(5))))
    #expect(frames.count == 2)
    guard case .cutShort = error?.kind else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(error?.frame == 2)
  }

  @Test func aRecordThatClaimsMoreThanTheFileHoldsIsCutShort() throws {
    var bytes = TraceFiles.pcap(records(1))
    // Both of its lengths: one alone that lies is told by the other.
    bytes.replaceSubrange(32..<40, with: [0, 0, 2, 0, 0, 0, 2, 0])
    let (frames, error) = read(try directory.trace(bytes))
    #expect(frames.isEmpty)
    guard case .cutShort = error?.kind else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(error?.byteOffset == 24)
  }

  @Test func aRecordOfAnImpossibleLengthIsCorrupt() throws {
    let written = records(2)
    var bytes = TraceFiles.pcap(written)
    let second = 24 + 16 + written[0].bytes.count
    bytes.replaceSubrange(second + 8..<second + 16, with: repeatElement(0xff, count: 8))
    let (frames, error) = read(try directory.trace(bytes))
    #expect(frames.count == 1)
    guard case .corruptRecord(let reason) = error?.kind else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(reason.contains("4294967295"))
    #expect(error?.byteOffset == Int64(second))
    #expect(error?.description.contains("after frame 1, at byte \(second): holds a corrupt record") == true)
  }

  @Test func recordsLongerThanTheSnapLengthAreReadWholeAndDoNotShiftThePlaceOfAnError() throws {
    let written = records(2)
    let whole = TraceFiles.pcap(written, snapLength: 40)
    let (frames, error) = read(try directory.trace(Array(whole.dropLast())))
    #expect(frames.map(\.bytes) == [written[0].bytes])
    #expect(error?.byteOffset == Int64(24 + 16 + written[0].bytes.count))
  }

  @Test func afterAnErrorTheTraceIsAtItsEnd() throws {
    let reader = try TraceReader(try directory.trace(Array(TraceFiles.pcap(records(1)).dropLast())))
    #expect(throws: TraceError.self) { try reader.next() }
    #expect(try reader.next() == nil)
  }

  @Test(arguments: 0..<200 as Range<UInt64>)
  func aDamagedFileNeverTraps(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var bytes = seed % 2 == 0 ? TraceFiles.pcap(records(5)) : TraceFiles.pcapng(records(5))
    for _ in 0..<Int.random(in: 1...6, using: &random) {
      bytes[Int.random(in: 0..<bytes.count, using: &random)] = .random(in: 0...255, using: &random)
    }
    let (frames, error) = read(try directory.trace(bytes))
    for frame in frames {
      let content = frame.bytes.withUnsafeBytes { FrameDecoder.decode($0, linkType: .ethernet) }
      if case .udp(let datagram) = content { #expect(datagram.payload.upperBound <= frame.bytes.count) }
    }
    #expect(frames.count <= 5 || error != nil)
  }
}
