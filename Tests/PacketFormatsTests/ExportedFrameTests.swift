import PacketFormats
import Primitives
import TestSupport
import Testing

/// What Wireshark writes with "Export PDUs".
struct ExportedFrameTests {
  private static func exported(
    name: String = "sip", nameTag: UInt16 = 12, portType: UInt32 = 3, number: UInt32? = nil, payload: [UInt8] = text
  ) -> [UInt8] {
    Packets.exported(
      payload, name: name, nameTag: nameTag, from: phone, to: appliance, portType: portType, number: number)
  }

  @Test(arguments: [(phone, appliance), (phoneV6, applianceV6)], [0, 3, 4, 99] as [UInt32])
  func aMessageIsADatagramOfTheAddressesItHad(_ ends: (IPEndpoint, IPEndpoint), _ portType: UInt32) {
    let frame = Packets.exported(text, from: ends.0, to: ends.1, portType: portType)
    let range = frame.count - text.count..<frame.count
    #expect(
      decode(frame, linkType: .exported) == .udp(UDPDatagram(source: ends.0, destination: ends.1, payload: range)))
  }

  @Test(arguments: [(1, 132), (2, 6)] as [(UInt32, UInt8)])
  func aMessageOfAStreamSaysSo(_ portType: UInt32, _ transport: UInt8) {
    let frame = Self.exported(portType: portType)
    let expected = ExportedMessage(
      source: phone, destination: appliance, transport: transport, payload: frame.count - text.count..<frame.count)
    #expect(decode(frame, linkType: .exported) == .exported(expected))
  }

  @Test(arguments: [("sip.tcp", 12), ("sip_tcp", 13), ("tcp.port", 14)] as [(String, UInt16)])
  func bytesOfAConnectionAreNotTakenForAMessage(_ name: String, _ nameTag: UInt16) {
    guard
      case .exported(let tcp) = decode(Self.exported(name: name, nameTag: nameTag, portType: 2), linkType: .exported),
      case .exported(let sctp) = decode(Self.exported(name: name, nameTag: nameTag, portType: 1), linkType: .exported)
    else {
      Issue.record("not exported")
      return
    }
    #expect(!tcp.isWhole)
    #expect(sctp.isWhole)
  }

  @Test(arguments: [1, 2] as [UInt32])
  func otherProtocolsOfStreamsAreNamed(_ portType: UInt32) {
    for name in ["tls", "http_tls", "m3ua", "si", ""] {
      #expect(decode(Self.exported(name: name, portType: portType), linkType: .exported) == .other(.exportedProtocol))
    }
  }

  @Test(
    arguments: [
      exported(name: "ip", payload: Layered.packet), exported(name: "eth_withoutfcs", payload: Layered.inner),
      exported(
        name: "ip.proto", nameTag: 14, number: 17,
        payload: Packets.udp(text, from: phone.port, to: appliance.port)),
      exported(name: "udp.port", nameTag: 14, number: 5060), exported(name: "sip_udp", nameTag: 13),
    ])
  func whatLiesBelowIsReadToo(_ frame: [UInt8]) {
    guard case .udp(let datagram) = decode(frame, linkType: .exported) else {
      Issue.record("\(decode(frame, linkType: .exported))")
      return
    }
    #expect(datagram.source == phone)
    #expect(datagram.destination == appliance)
    #expect(datagram.payload == frame.count - text.count..<frame.count)
  }

  @Test(arguments: ["sip", "mtp3", ""])
  func whatHasNoAddressesIsNamed(_ name: String) {
    for (source, destination) in [(phone, nil), (nil, appliance), (nil, nil)] as [(IPEndpoint?, IPEndpoint?)] {
      let frame = Packets.exported(text, name: name, from: source, to: destination)
      let expected: OtherReason = name == "sip" ? .exportedWithoutAddresses : .exportedProtocol
      #expect(decode(frame, linkType: .exported) == .other(expected))
    }
  }

  @Test func tagsOfTheWrongSizeSayNothing() {
    let tags: [UInt8] = [0, 20, 0, 3, 1, 2, 3, 0, 22, 0, 4, 1, 2, 3, 4, 0, 25, 0, 2, 1, 2, 0, 24, 0, 0]
    var frame = Self.exported()
    frame.insert(contentsOf: tags, at: 0)
    #expect(payload(decode(frame, linkType: .exported)) == frame.count - text.count..<frame.count)
    guard case .udp(let datagram) = decode(frame, linkType: .exported) else { return }
    #expect(datagram.source == phone)
  }

  @Test func tagsCutAnywhereAreMalformed() {
    let frame = Self.exported()
    for count in 0..<frame.count - text.count {
      guard case .malformed(let error) = decode(Array(frame.prefix(count)), linkType: .exported) else {
        Issue.record("\(count) bytes end")
        continue
      }
      #expect(error.layer == .exportedTag)
      #expect(error.offset <= count)
      #expect(error.available < error.required)
    }
  }

  @Test func aTagLongerThanItsFrameIsRefused() {
    let error = FrameError(layer: .exportedTag, offset: 0, required: 65_539, available: 8, source: .capturedFrame)
    #expect(decode([0, 12, 0xff, 0xff, 1, 2, 3, 4], linkType: .exported) == .malformed(error))
    let frame = [UInt8](repeating: 0x20, count: 4000)
    guard case .malformed = decode(frame, linkType: .exported) else {
      Issue.record("no end")
      return
    }
  }

  @Test func aProtocolNumberThatIsNoneIsPassedOver() {
    for number: UInt32 in [256, .max] {
      let frame = Self.exported(name: "ip.proto", nameTag: 14, number: number)
      #expect(payload(decode(frame, linkType: .exported))?.count == text.count)
    }
  }
}
