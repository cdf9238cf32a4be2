import PacketFormats
import Primitives
import Reports
import SIPCapture
import TestSupport
import Testing

/// What the account says, to the letter.
struct AccountReportTests {
  private static let phone = IPEndpoint(address: IPAddress(v4: 0xc000_0201), port: 5060)
  private static let appliance = IPEndpoint(address: IPAddress(v4: 0xc633_6401), port: 5060)
  private static let message = Array("OPTIONS sip:h SIP/2.0\r\nContent-Length: 0\r\n\r\n".utf8)

  private static func account(_ frames: [[UInt8]]) -> CaptureAccount {
    var extractor = MessageExtractor()
    for (index, frame) in frames.enumerated() {
      frame.withUnsafeBytes {
        extractor.receive(
          $0, number: index + 1, file: index % 2, time: Instant(seconds: Int64(index)), linkType: .ethernet
        ) { _ in }
      }
    }
    extractor.finish(frame: frames.count, at: Instant(seconds: Int64(frames.count))) { _ in }
    return extractor.account
  }

  private static func segment(_ payload: [UInt8], sequence: UInt32) -> [UInt8] {
    Packets.tcpFrame(payload, from: phone, to: appliance, sequence: sequence)
  }

  @Test func theTableHasFatesTheEndTheTotalAndTheRemarks() {
    let account = Self.account([
      Packets.udpFrame(Self.message, from: Self.phone, to: Self.appliance),
      Self.segment(Self.message, sequence: 1), Self.segment(Self.message, sequence: 1000), [1, 2, 3],
    ])
    #expect(
      AccountReport(account, traces: ["a.pcap"]).text == """
        WHAT THE FRAMES HOLD                                 FRAMES  BYTES  MESSAGES   SHARE  FIRST
        SIP messages                                              2    184         2   50.0%  frame 1
        parts that later frames go on with (TCP, fragments)       1     98         0   25.0%  frame 3
        broken or cut Ethernet header                             1      3         0   25.0%  frame 4, byte 0
        SIP messages found at the end of the trace                                 1
        total                                                     4    285         3  100.0%

        COUNT  REMARK                                                                            FIRST
          955  bytes of TCP connections that the capture lacks, or that such a gap made useless  frame 4

        """)
  }

  @Test func severalTracesAreNamedAndAnUnknownOneIsNot() {
    let account = Self.account([
      Packets.udpFrame(Self.message, from: Self.phone, to: Self.appliance), [1, 2, 3], [],
    ])
    #expect(
      AccountReport(account, traces: ["a.pcap", "b.pcap"]).concerns == [
        "2 frames: broken or cut Ethernet header, first at b.pcap frame 2, byte 0"
      ])
    #expect(
      AccountReport(account, traces: ["a.pcap"]).concerns == [
        "2 frames: broken or cut Ethernet header, first at frame 2, byte 0"
      ])
    let lines = AccountReport(account, traces: []).lines
    #expect(lines.map(\.kind) == [.fate, .fate, .total])
    #expect(AccountReport(account, traces: []).texts(lines[1])[6] == "")
  }

  @Test(arguments: [
    (1, "1 byte of TCP connections that the capture lacks, or that such a gap made useless, first at frame 2"),
    (2, "2 bytes of TCP connections that the capture lacks, or that such a gap made useless, first at frame 2"),
  ])
  func aConcernAgreesWithItsNumber(missing: UInt32, concern: String) {
    let length = UInt32(Self.message.count)
    let account = Self.account([
      Self.segment(Self.message, sequence: 1), Self.segment(Self.message, sequence: 1 + length + missing),
    ])
    #expect(AccountReport(account, traces: ["a.pcap"]).concerns == [concern])
  }

  @Test(arguments: [(1, "<0.1%"), (2, "0.1%"), (1999, "100.0%")])
  func theShareIsRoundedAndNothingIsNone(count: Int, share: String) {
    let message = Packets.udpFrame(Self.message, from: Self.phone, to: Self.appliance)
    let arp = Packets.frame([0], etherType: 0x0806)
    let frames = Array(repeating: message, count: count) + Array(repeating: arp, count: max(1, 3000 - count))
    let text = AccountReport(Self.account(count == 1999 ? Array(frames.prefix(1999)) : frames), traces: []).text
    #expect(text.split(separator: "\n").dropFirst().first?.contains(" \(share) ") == true, "\(text)")
  }

  @Test func anAccountOfNothingIsATotalOfNothing() {
    #expect(
      AccountReport(CaptureAccount(), traces: []).text == """
        WHAT THE FRAMES HOLD  FRAMES  BYTES  MESSAGES  SHARE  FIRST
        total                      0      0         0

        """)
    #expect(AccountReport(CaptureAccount(), traces: []).concerns.isEmpty)
  }
}
