import PacketFormats
import Primitives
import TestSupport
import Testing

struct FragmentTests {
  static let bytes: [UInt8] = (0..<96).map { UInt8($0) }
  static let ends = [(phone.address, appliance.address), (phoneV6.address, applianceV6.address)]

  func part(
    _ range: Range<Int>, more: Bool = true, of bytes: [UInt8] = Self.bytes, identification: UInt32 = 1,
    protocolNumber: UInt8 = 17, _ ends: (IPAddress, IPAddress)
  ) -> [UInt8] {
    Packets.fragment(
      Array(bytes[range]), offset: range.lowerBound, hasMore: more, identification: identification,
      protocolNumber: protocolNumber, from: ends.0, to: ends.1)
  }

  @Test(arguments: 0..<120 as Range<UInt64>)
  func anyFragmentsInAnyOrderWithCopiesGiveTheDatagram(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let count = Int.random(in: 9...(seed % 10 == 0 ? 65_535 : 3000), using: &random)
    let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
    let cuts = (0..<Int.random(in: 1...40, using: &random)).map { _ in
      Int.random(in: 1...max(1, (count - 1) / 8), using: &random) * 8
    }
    let ends = Self.ends[Int(seed % 2)]
    let identification = UInt32.random(in: 0...0xffff, using: &random)
    var packets = Packets.fragments(
      bytes, at: [0] + Set(cuts).sorted(), identification: identification, from: ends.0, to: ends.1)
    let distinct = packets.count
    for _ in 0..<Int.random(in: 0...10, using: &random) { packets.append(random.pick(packets)) }
    packets.shuffle(using: &random)
    var recorder = FragmentRecorder()
    for packet in packets { try recorder.receive(packet) }
    recorder.finish()
    #expect(recorder.whole.map(\.bytes) == [bytes])
    #expect(recorder.whole.first?.lengthOnWire == count)
    #expect(recorder.whole.first?.identification == identification)
    #expect(recorder.names.count { $0 == "waiting" } == distinct - 1)
    #expect(recorder.names.count { $0 == "repeated" } == packets.count - distinct)
    #expect(recorder.lost.isEmpty)
    #expect(recorder.reassembler.openCount == 0)
  }

  @Test(arguments: ends)
  func whatIsMissingIsToldWithItsFirstFrame(_ ends: (IPAddress, IPAddress)) throws {
    var recorder = FragmentRecorder()
    try recorder.receive(part(8..<16, ends))
    try recorder.receive(part(0..<8, identification: 2, ends))
    try recorder.receive(part(88..<96, more: false, ends))
    recorder.finish()
    #expect(recorder.names == ["waiting", "waiting", "waiting"])
    #expect(
      recorder.lost == [.init(fragments: 2, first: .init(frame: 1)), .init(fragments: 1, first: .init(frame: 2))])
  }

  @Test func datagramsOfOneNumberAreToldApartByAddressesAndProtocol() throws {
    var recorder = FragmentRecorder()
    let (a, b) = (phone.address, appliance.address)
    let all: [((IPAddress, IPAddress), UInt8)] = [((a, b), 17), ((b, a), 17), ((a, b), 6)]
    for (ends, number) in all { try recorder.receive(part(0..<48, protocolNumber: number, ends)) }
    for (ends, number) in all { try recorder.receive(part(48..<96, more: false, protocolNumber: number, ends)) }
    #expect(recorder.whole.map(\.bytes) == [Self.bytes, Self.bytes, Self.bytes])
    #expect(recorder.whole.map(\.protocolNumber) == [17, 17, 6])
  }

  @Test func theFirstFragmentOfIPv6SaysWhatTheDatagramHolds() throws {
    var recorder = FragmentRecorder()
    try recorder.receive(part(48..<96, more: false, protocolNumber: 60, Self.ends[1]))
    try recorder.receive(part(0..<48, protocolNumber: 17, Self.ends[1]))
    #expect(recorder.whole.map(\.protocolNumber) == [17])
  }

  // RFC 5722: silently discard the datagram, and what of it is not yet received.
  @Test func anOverlapOfIPv6DropsTheDatagramAndWhatStillComes() throws {
    var recorder = FragmentRecorder()
    let ends = Self.ends[1]
    try recorder.receive(part(0..<48, ends))
    try recorder.receive(part(40..<56, ends))
    try recorder.receive(part(48..<96, more: false, ends))
    try recorder.receive(part(0..<48, ends))
    recorder.finish()
    #expect(recorder.names == ["waiting", "dropped", "dropped", "dropped"])
    #expect(recorder.lost == [.init(fragments: 1, first: .init(frame: 1))])
  }

  @Test func otherBytesInTheSamePlaceAreAnOverlap() throws {
    var changed = Self.bytes
    changed[3] = 0xff
    var recorder = FragmentRecorder()
    try recorder.receive(part(0..<48, Self.ends[1]))
    try recorder.receive(part(0..<48, of: changed, Self.ends[1]))
    #expect(recorder.names == ["waiting", "dropped"])
    var v4 = FragmentRecorder()
    try v4.receive(part(0..<48, Self.ends[0]))
    try v4.receive(part(0..<48, of: changed, Self.ends[0]))
    try v4.receive(part(48..<96, more: false, Self.ends[0]))
    #expect(v4.names == ["waiting", "repeated", "complete"])
    #expect(v4.whole.map(\.bytes) == [Self.bytes])
  }

  @Test func ofAnOverlapOfIPv4TheBytesThatCameFirstCount() throws {
    let other = [UInt8](repeating: 0xee, count: 96)
    var recorder = FragmentRecorder()
    let ends = Self.ends[0]
    try recorder.receive(part(16..<32, ends))
    try recorder.receive(part(64..<80, ends))
    try recorder.receive(part(0..<72, of: other, ends))
    try recorder.receive(part(72..<96, more: false, ends))
    let expected = other[..<16] + Self.bytes[16..<32] + other[32..<64] + Self.bytes[64...]
    #expect(recorder.whole.map(\.bytes) == [Array(expected)])
  }

  // A later fragment that ends within an earlier one.
  @Test func aTeardropDoesNoHarm() throws {
    var recorder = FragmentRecorder()
    try recorder.receive(part(0..<48, Self.ends[0]))
    try recorder.receive(part(24..<28, more: false, Self.ends[0]))
    try recorder.receive(part(48..<96, more: false, Self.ends[0]))
    recorder.finish()
    #expect(recorder.names == ["waiting", "dropped", "dropped"])
    #expect(recorder.lost == [.init(fragments: 1, first: .init(frame: 1))])
  }

  @Test(arguments: ends)
  func fragmentsThatDisagreeAboutTheEndDropTheDatagram(_ ends: (IPAddress, IPAddress)) throws {
    for second in [part(80..<88, more: false, ends), part(80..<96, more: false, ends), part(88..<96, ends)] {
      var recorder = FragmentRecorder()
      try recorder.receive(part(64..<80, more: false, ends))
      try recorder.receive(second)
      #expect(recorder.names == ["waiting", "dropped"])
    }
  }

  @Test func copiesOfAFinishedDatagramBeginNoneForAWhile() throws {
    var recorder = FragmentRecorder()
    let parts = [part(0..<48, Self.ends[0]), part(48..<96, more: false, Self.ends[0])]
    for packet in parts + parts { try recorder.receive(packet) }
    // Without a number of its own, a sender's retransmission looks the same.
    for packet in parts { try recorder.receive(packet, at: Instant(seconds: 0, nanoseconds: 500_000_000)) }
    recorder.finish()
    #expect(recorder.names == ["waiting", "complete", "repeated", "repeated", "waiting", "complete"])
    #expect(recorder.lost.isEmpty)
  }

  @Test func anotherDatagramOfTheSameNumberIsNoCopy() throws {
    let other = [UInt8](repeating: 0xee, count: 96)
    var recorder = FragmentRecorder()
    for bytes in [Self.bytes, other] {
      try recorder.receive(part(0..<48, of: bytes, Self.ends[0]))
      try recorder.receive(part(48..<96, more: false, of: bytes, Self.ends[0]))
    }
    #expect(recorder.whole.map(\.bytes) == [Self.bytes, other])
  }

  @Test func aDatagramOfCutFragmentsHasTheBytesInFrontOfTheCut() {
    var recorder = FragmentRecorder()
    let ends = Self.ends[0]
    for (range, captured) in [(0..<40, 40), (40..<80, 10), (80..<96, 16)] {
      let fragment = IPFragment(
        source: ends.0, destination: ends.1, protocolNumber: 17, identification: 1, offset: range.lowerBound,
        hasMore: range.upperBound < 96, payload: range.lowerBound..<range.lowerBound + captured,
        lengthOnWire: range.count)
      recorder.accept(fragment, Self.bytes)
    }
    #expect(recorder.whole.map(\.bytes) == [Array(Self.bytes[..<50])])
    #expect(recorder.whole.first?.lengthOnWire == 96)
  }
}

struct FragmentLimitTests {
  func first(_ identification: UInt32, length: Int = 8) -> [UInt8] {
    Packets.fragment(
      [UInt8](repeating: 1, count: length), offset: 0, hasMore: true, identification: identification,
      from: phoneV6.address, to: applianceV6.address)
  }

  func last(_ identification: UInt32, at offset: Int = 8) -> [UInt8] {
    Packets.fragment(
      [2], offset: offset, hasMore: false, identification: identification, from: phoneV6.address,
      to: applianceV6.address)
  }

  @Test func aDatagramIsForgottenAfterItsTime() throws {
    var recorder = FragmentRecorder()
    try recorder.receive(first(1), at: Instant(seconds: 100))
    try recorder.receive(last(1), at: Instant(seconds: 130))
    try recorder.receive(first(2), at: Instant(seconds: 200))
    try recorder.receive(last(2), at: Instant(seconds: 231))
    #expect(recorder.names == ["waiting", "complete", "waiting", "waiting"])
    #expect(recorder.lost == [.init(fragments: 1, first: .init(frame: 3))])
  }

  @Test func timeThatRunsBackwardsForgetsNothing() throws {
    var recorder = FragmentRecorder()
    try recorder.receive(first(1), at: .distantFuture)
    try recorder.receive(last(1), at: Instant(nanoseconds: .min))
    #expect(recorder.names == ["waiting", "complete"])
  }

  @Test func pastTheNumberOfDatagramsTheOldestAreForgotten() throws {
    var recorder = FragmentRecorder(limits: .init(datagramsMax: 10))
    for identification in 0..<5000 as Range<UInt32> { try recorder.receive(first(identification)) }
    #expect(recorder.reassembler.openCount == 10)
    #expect(recorder.lost.count == 4990)
    #expect(recorder.lost.map(\.first.frame) == Array(1...4990))
    for identification in 4990..<5000 as Range<UInt32> { try recorder.receive(last(identification)) }
    #expect(recorder.whole.count == 10)
  }

  @Test func pastTheBytesTheOldestAreForgotten() throws {
    var recorder = FragmentRecorder(limits: .init(bufferedBytesMax: 10_000))
    for identification in 0..<100 as Range<UInt32> { try recorder.receive(first(identification, length: 1000)) }
    #expect(recorder.reassembler.openCount == 9)
    #expect(recorder.lost.count == 91)
  }

  @Test func aDatagramOfTooManyPiecesIsDropped() throws {
    var recorder = FragmentRecorder(limits: .init(piecesPerDatagramMax: 3))
    for index in 0..<5 {
      try recorder.receive(
        Packets.fragment(
          [UInt8](repeating: 1, count: 8), offset: index * 16, hasMore: true, from: phone.address,
          to: appliance.address))
    }
    #expect(recorder.names == ["waiting", "waiting", "waiting", "dropped", "dropped"])
  }

  @Test(arguments: 0..<40 as Range<UInt64>)
  func hostileFragmentsStayWithinTheBoundsAndAddUp(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let limits = FragmentReassembler.Limits(datagramsMax: 8, bufferedBytesMax: 4000, piecesPerDatagramMax: 20)
    var recorder = FragmentRecorder(limits: limits)
    let frame = (0..<200).map { _ in UInt8.random(in: 0...1, using: &random) }
    let ends = [(phone.address, appliance.address), (phoneV6.address, applianceV6.address)]
    for step in 0..<400 {
      let (source, destination) = random.pick(ends)
      let start = Int.random(in: 0...100, using: &random)
      let payload = start..<start + Int.random(in: 0...100, using: &random)
      recorder.accept(
        IPFragment(
          source: source, destination: destination, protocolNumber: 17,
          identification: UInt32.random(in: 0...12, using: &random), offset: Int.random(in: 0...20, using: &random) * 8,
          hasMore: Int.random(in: 0...3, using: &random) > 0, payload: payload,
          lengthOnWire: payload.count + Int.random(in: 0...8, using: &random)),
        frame, at: Instant(seconds: Int64(step)))
      #expect(recorder.reassembler.openCount <= 8)
    }
    recorder.finish()
    #expect(recorder.reassembler.openCount == 0)
    for datagram in recorder.whole { #expect(datagram.bytes.count <= datagram.lengthOnWire) }
    // What is told as lost had been kept before.
    let waiting = recorder.names.count { $0 == "waiting" }
    #expect(recorder.lost.reduce(0) { $0 + $1.fragments } <= waiting)
  }
}

struct ReassembledDatagramTests {
  func decode(_ datagram: IPDatagram) -> FrameContent {
    datagram.bytes.withUnsafeBytes { FrameDecoder.decode($0, of: datagram) }
  }

  func whole(_ payload: [UInt8], _ number: UInt8, _ source: IPAddress, _ destination: IPAddress) throws -> IPDatagram {
    var recorder = FragmentRecorder()
    let packets = Packets.fragments(
      payload, at: [0, 8, 24], identification: 0x1_0007, protocolNumber: number, from: source, to: destination)
    for packet in packets.reversed() { try recorder.receive(packet) }
    return try #require(recorder.whole.first)
  }

  @Test func aDatagramIsReadOn() throws {
    let udp = Packets.udp(text, from: phone.port, to: appliance.port)
    let datagram = try whole(udp, 17, phone.address, appliance.address)
    #expect(
      decode(datagram)
        == .udp(
          UDPDatagram(source: phone, destination: appliance, payload: 8..<udp.count, identification: 7)))
    let v6 = try whole(udp, 17, phoneV6.address, applianceV6.address)
    #expect(
      decode(v6) == .udp(UDPDatagram(source: phoneV6, destination: applianceV6, payload: 8..<udp.count)))
  }

  @Test func itMayHoldASegmentATunnelOrAnotherFragment() throws {
    let tcp = try whole(Packets.tcp(text, from: 1, to: 2), 6, phone.address, appliance.address)
    #expect(payload(decode(tcp)) == 20..<20 + text.count)
    let gre = Packets.gre(Layered.packet, protocolType: 0x0800)
    let tunnel = try whole(gre, 47, phone.address, appliance.address)
    #expect(payload(decode(tunnel)) == gre.count - text.count..<gre.count)
    let fragment = Packets.fragment(
      [UInt8](repeating: 1, count: 16), offset: 8, hasMore: true, from: phone.address, to: appliance.address)
    let nested = try whole(fragment, 4, phone.address, appliance.address)
    #expect(payload(decode(nested)) == 20..<36)
  }

  @Test func extensionHeadersBehindTheFragmentHeaderArePassedOver() throws {
    let udp = Packets.udp(text, from: 1, to: 2)
    let datagram = try whole([17, 0, 1, 4, 0, 0, 0, 0] + udp, 60, phoneV6.address, applianceV6.address)
    #expect(payload(decode(datagram)) == 16..<8 + udp.count)
  }

  @Test func aCutDatagramGivesACutPayload() throws {
    var recorder = FragmentRecorder()
    let udp = Packets.udp([UInt8](repeating: 7, count: 40), from: 1, to: 2)
    let packets = Packets.fragments(udp, at: [0, 24], from: phone.address, to: appliance.address)
    try recorder.receive(packets[0])
    try recorder.receive(Array(packets[1].dropLast(4)))
    guard case .udp(let datagram) = decode(try #require(recorder.whole.first)) else {
      Issue.record("no datagram")
      return
    }
    #expect(datagram.isCut)
    #expect(datagram.payload == 8..<44)
  }

  @Test func headersThatDoNotFitAreLocatedInTheDatagram() throws {
    let short = try whole(Packets.udp(text, from: 1, to: 2, length: 5), 17, phone.address, appliance.address)
    #expect(
      decode(short)
        == .malformed(FrameError(layer: .udp, offset: 0, required: 8, available: 5, source: .udpLength)))
    let tcp = try whole(
      Packets.tcp([1, 2, 3, 4, 5], from: 1, to: 2, dataOffset: 15), 6, phone.address, appliance.address)
    #expect(
      decode(tcp)
        == .malformed(FrameError(layer: .tcp, offset: 0, required: 60, available: 25, source: .reassembledDatagram)))
  }
}
