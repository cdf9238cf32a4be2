import Primitives
import Testing

@testable import Scrubbing

struct PacketBuilderTests {
  private let left = IPEndpoint(address: IPAddress(v4: 0xc000_0201), port: 5060)
  private let right = IPEndpoint(address: IPAddress(v4: 0xc000_0202), port: 5080)
  private let left6 = IPEndpoint(address: IPAddress(v6High: 0x2001_0db8_0000_0000, low: 1), port: 5060)
  private let right6 = IPEndpoint(address: IPAddress(v6High: 0x2001_0db8_0000_0000, low: 2), port: 5080)

  /// Zero where the checksums of header and content are right (RFC 1071).
  private func faults(_ packet: [UInt8]) -> [UInt16] {
    let isV4 = packet[0] >> 4 == 4
    let ends = isV4 ? Array(packet[12..<20]) : Array(packet[8..<40])
    let content = Array(packet[(isV4 ? 20 : 40)...])
    let pseudo = ends + [0, packet[isV4 ? 9 : 6], UInt8(content.count >> 8), UInt8(content.count & 255)]
    return (isV4 ? [PacketBuilder.checksum(Array(packet[..<20]))] : []) + [PacketBuilder.checksum(pseudo + content)]
  }

  @Test(arguments: [[], [1], Array("OPTIONS".utf8), [UInt8](repeating: 255, count: 1499)] as [[UInt8]])
  func checksumsAreRight(_ payload: [UInt8]) {
    var builder = PacketBuilder()
    #expect(faults(builder.datagram(payload, from: left, to: right)).allSatisfy { $0 == 0 })
    #expect(faults(builder.datagram(payload, from: left6, to: right6)).allSatisfy { $0 == 0 })
    for packet in builder.segments(payload, from: left, to: right) { #expect(faults(packet).allSatisfy { $0 == 0 }) }
  }

  @Test func aStreamGoesOnWhereItWas() {
    var builder = PacketBuilder()
    let first = builder.segments(Array("abc".utf8), from: left, to: right)
    let second = builder.segments(Array("defg".utf8), from: left, to: right)
    let back = builder.segments(Array("x".utf8), from: right, to: left)
    func number(_ packet: [UInt8], at place: Int) -> UInt32 {
      packet[place..<place + 4].reduce(0) { $0 << 8 | UInt32($1) }
    }
    #expect(number(second[0], at: 24) == number(first[0], at: 24) + 3)
    #expect(number(back[0], at: 28) == number(second[0], at: 24) + 4)
  }

  @Test func whatIsTooLongForAPacketIsDividedOrCut() {
    var builder = PacketBuilder()
    let long = [UInt8](repeating: 65, count: 200_000)
    #expect(builder.segments(long, from: left, to: right).count == 4)
    #expect(builder.datagram(long, from: left, to: right).count == 65_028)
  }

  @Test func addressesOfTwoFamiliesMakeAMappedOne() {
    var builder = PacketBuilder()
    #expect(faults(builder.datagram([1, 2], from: left, to: right6)).allSatisfy { $0 == 0 })
  }
}
