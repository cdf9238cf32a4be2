import PacketFormats
import Primitives
import TestSupport
import Testing

struct PlainDatagramTests {
  // A VLAN tag takes the frame off the short cut and moves all behind it by four bytes.
  @Test(arguments: 0..<20 as Range<UInt64>)
  func theShortCutFindsWhatTheLongWayDoes(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let frame = Packets.udpFrame(text, from: phone, to: appliance)
    for _ in 0..<500 {
      var damaged = frame
      for _ in 0..<Int.random(in: 0...2, using: &random) {
        damaged[Int.random(in: 14..<42, using: &random)] = random.pick([
          0, 1, 8, 0x45, UInt8.random(in: 0...255, using: &random),
        ])
      }
      switch Int.random(in: 0...2, using: &random) {
      case 0: damaged.removeLast(Int.random(in: 0...damaged.count - 14, using: &random))
      case 1: damaged += [UInt8](repeating: 0, count: Int.random(in: 1...9, using: &random))
      default: break
      }
      let tagged = damaged[..<12] + [0x81, 0, 0, 1] + damaged[12...]
      switch (decode(damaged), decode(Array(tagged))) {
      case (.udp(let short), .udp(var long)):
        long.payload = long.payload.lowerBound - 4..<long.payload.upperBound - 4
        #expect(short == long)
      case (.malformed(let short), .malformed(let long)):
        #expect(short.offset == long.offset - 4)
        #expect(short.layer == long.layer)
        #expect(short.available == long.available)
      case (.other(let short), .other(let long)): #expect(short == long)
      case (.fragment(let short), .fragment(let long)): #expect(short.lengthOnWire == long.lengthOnWire)
      case (.tcp(let short), .tcp(let long)): #expect(short.lengthOnWire == long.lengthOnWire)
      case (.sctp(let short), .sctp(let long)): #expect(short.lengthOnWire == long.lengthOnWire)
      case (let short, let long): Issue.record("\(short) is not \(long)")
      }
    }
  }
}
