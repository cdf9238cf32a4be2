import Foundation
import PacketFormats
import Primitives
import TestSupport
import Testing

/// Traces of rare link types, from the file to the list of messages and the account of the rest.
struct LinkTypeCommandTests {
  private static let packet = Packets.udpFrame(
    AccountTests.request, from: AccountTests.phone, to: AccountTests.appliance, linkType: .rawIP)
  private static let radio = Packets.wireless(Packets.snap(packet, etherType: 0x0800))
  private static let exported = Packets.exported(
    AccountTests.request, from: AccountTests.phone, to: AccountTests.appliance)

  private func trace(_ folder: TemporaryDirectory, _ frames: [[UInt8]], _ linkType: LinkType) throws -> String {
    let records = frames.enumerated().map { index, bytes in
      TraceFiles.Record(time: Instant(seconds: 1_800_000_000 + Int64(index)), bytes: bytes)
    }
    return try folder.write(TraceFiles.pcap(records, linkType: linkType), to: "\(linkType.name).pcap")
  }

  @Test(
    arguments: [
      (.wireless, radio), (.radiotap, Packets.radiotap(radio)), (.prism, Packets.prism(radio)),
      (.avs, Packets.avs(radio)), (.perPacketInformation, Packets.perPacketInformation(radio)),
      (.netfilterLog, Packets.netfilterLog(packet)), (.exported, exported),
      (.juniperEthernet, Packets.juniper(Packets.frame(packet))),
      (.packetTap, Packets.packetTap(Packets.frame(packet))),
      (.mpls, Packets.mpls(packet)), (.frameRelay, [0x18, 0x41, 3, 0xcc] + packet),
      (.llcOverATM, Packets.snap(packet, etherType: 0x0800)),
      (.securityInterface, [2, 0, 0, 0, 0, 0, 1, 0, 0, 2, 0, 0] + packet),
    ] as [(LinkType, [UInt8])])
  func theMessagesOfATraceOfAnyLinkTypeAreListed(_ linkType: LinkType, _ frame: [UInt8]) throws {
    let folder = try TemporaryDirectory()
    let result = try Program.run(["messages", try trace(folder, [frame], linkType), "--format", "jsonl"])
    #expect(result.status == 0)
    #expect(result.lines.count == 1)
    #expect(result.out.contains("\"callID\":\"a\""))
    #expect(result.out.contains("192.0.2.1"))
  }

  @Test func whatAWirelessNetworkEncryptsIsSaid() throws {
    let folder = try TemporaryDirectory()
    let encrypted = Packets.wireless([UInt8](repeating: 7, count: 90), flags: 0x41)
    let beacon = [0x80, 0, 0, 0] + [UInt8](repeating: 2, count: 40)
    let path = try trace(folder, [Self.radio, encrypted, encrypted, beacon], .wireless)
    let result = try Program.run(["messages", path, "--account"])
    #expect(result.status == 0)
    #expect(result.out.contains("encrypted by the wireless network (WPA, WEP)"))
    #expect(result.out.contains("management of a wireless network"))
  }
}
