import PacketFormats
import Primitives
import TestSupport
import Testing

struct TransportLayerTests {
  func packet(_ bytes: [UInt8], protocolNumber: UInt8, totalLength: Int? = nil) -> [UInt8] {
    Packets.ipv4(
      bytes, protocolNumber: protocolNumber, from: phone.address, to: appliance.address, totalLength: totalLength)
  }

  func udp(_ frame: [UInt8]) throws -> UDPDatagram {
    guard case .udp(let datagram) = decode(frame, linkType: .rawIP) else { throw Unexpected() }
    return datagram
  }

  func tcp(_ frame: [UInt8]) throws -> TCPSegment {
    guard case .tcp(let segment) = decode(frame, linkType: .rawIP) else { throw Unexpected() }
    return segment
  }

  struct Unexpected: Error {}

  @Test(arguments: [
    (0, 10, false), (8, 0, false), (9, 1, false), (17, 9, false), (18, 10, false), (19, 10, true), (65_535, 10, true),
  ])
  func theUDPLengthCutsThePayloadOrShowsThatItIsCut(_ length: Int, _ count: Int, _ isCut: Bool) throws {
    let bytes = Packets.udp([UInt8](repeating: 7, count: 10), from: 1, to: 2, length: length)
    let datagram = try udp(packet(bytes, protocolNumber: 17))
    #expect(datagram.payload == 28..<28 + count)
    #expect(datagram.isCut == isCut)
  }

  @Test(arguments: 1..<8)
  func aUDPLengthBelowItsHeaderIsRefused(_ length: Int) {
    let bytes = packet(Packets.udp(text, from: 1, to: 2, length: length), protocolNumber: 17)
    let error = FrameError(layer: .udp, offset: 20, required: 8, available: length, source: .udpLength)
    #expect(decode(bytes, linkType: .rawIP) == .malformed(error))
  }

  @Test func aFrameCutBySnapLengthKeepsWhatIsThere() throws {
    let whole = packet(Packets.udp(text, from: 1, to: 2), protocolNumber: 17)
    for count in 28..<whole.count {
      let datagram = try udp(Array(whole.prefix(count)))
      #expect(datagram.payload == 28..<count)
      #expect(datagram.isCut)
    }
    #expect(try !udp(whole).isCut)
  }

  @Test func aCutUDPFrameWithoutUDPLengthIsKnownFromTheIPLength() throws {
    let whole = packet(Packets.udp(text, from: 1, to: 2, length: 0), protocolNumber: 17)
    #expect(try udp(Array(whole.dropLast())).isCut)
  }

  @Test func aCutSegmentSaysHowLongItWas() throws {
    let whole = packet(Packets.tcp(text, from: 1, to: 2), protocolNumber: 6)
    for count in 40..<whole.count {
      let segment = try tcp(Array(whole.prefix(count)))
      #expect(segment.payload == 40..<count)
      #expect(segment.lengthOnWire == text.count)
      #expect(segment.isCut)
    }
    #expect(try !tcp(whole).isCut)
  }

  @Test(arguments: 0...10)
  func optionsOfTCPArePassedOver(_ words: Int) throws {
    let options = [UInt8](repeating: 1, count: words * 4)
    let bytes = packet(Packets.tcp(text, from: 1, to: 2, options: options), protocolNumber: 6)
    #expect(try tcp(bytes).payload == bytes.count - text.count..<bytes.count)
  }

  @Test(arguments: 0..<5)
  func aTCPDataOffsetBelowTheMinimumIsRefused(_ words: Int) {
    let bytes = packet(Packets.tcp(text, from: 1, to: 2, dataOffset: words), protocolNumber: 6)
    let error = FrameError(layer: .tcp, offset: 20, required: 20, available: words * 4, source: .tcpDataOffset)
    #expect(decode(bytes, linkType: .rawIP) == .malformed(error))
  }

  @Test func aTCPDataOffsetBeyondThePacketIsRefused() {
    let bytes = packet(Packets.tcp([1, 2], from: 1, to: 2, dataOffset: 15), protocolNumber: 6)
    let error = FrameError(layer: .tcp, offset: 20, required: 60, available: 22, source: .ipv4TotalLength)
    #expect(decode(bytes, linkType: .rawIP) == .malformed(error))
  }

  @Test(arguments: [(UInt8(17), 8, FrameError.Layer.udp), (6, 20, .tcp)])
  func aTransportHeaderCutOffAnywhereSaysWhatItNeeds(
    _ protocolNumber: UInt8, _ required: Int, _ layer: FrameError.Layer
  ) {
    let header = protocolNumber == 6 ? Packets.tcp([], from: 1, to: 2) : Packets.udp([], from: 1, to: 2)
    let whole = packet(header, protocolNumber: protocolNumber)
    for count in 0..<required {
      let error = FrameError(layer: layer, offset: 20, required: required, available: count, source: .capturedFrame)
      #expect(decode(Array(whole.prefix(20 + count)), linkType: .rawIP) == .malformed(error))
    }
  }

  @Test func flagsAreRead() throws {
    let all: TCPFlags = [.fin, .syn, .rst, .psh, .ack, .urg]
    for flags in [[], .fin, .syn, .rst, .psh, .ack, .urg, all] as [TCPFlags] {
      #expect(try tcp(packet(Packets.tcp([], from: 1, to: 2, flags: flags), protocolNumber: 6)).flags == flags)
    }
  }
}

struct RobustnessTests {
  @Test(arguments: [0, 1, 9, 12, 14, 50, 51, 101, 104, 108, 113, 147, 166, 204, 228, 229, 276] as [Int32])
  func damagedFramesAreNeverReadBeyondTheirEnd(_ number: Int32) {
    let linkType = LinkType(rawValue: number)
    var random = SeededGenerator(seed: UInt64(number))
    let seeds = [
      Packets.udpFrame(text, from: phone, to: appliance, linkType: linkType, tags: [0x88a8, 0x8100]),
      Packets.tcpFrame(text, from: phoneV6, to: applianceV6, linkType: linkType),
      Packets.frame(
        Packets.ipv6(
          text, protocolNumber: 17, from: phoneV6.address, to: applianceV6.address,
          extensions: [(0, [0, 1] + [UInt8](repeating: 0, count: 14)), (43, [0, 0, 0, 0, 0, 0, 0, 0])]),
        linkType: linkType),
    ]
    for _ in 0..<2000 {
      var frame = seeds.randomElement(using: &random) ?? []
      for _ in 0..<Int.random(in: 0...4, using: &random) {
        frame[Int.random(in: 0..<frame.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      frame.removeLast(Int.random(in: 0...frame.count, using: &random))
      let range = payload(decode(frame, linkType: linkType)) ?? 0..<0
      #expect(range.upperBound <= frame.count)
    }
  }
}
