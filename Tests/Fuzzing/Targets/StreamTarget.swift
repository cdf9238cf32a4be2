import PacketFormats
import Primitives

/// A TCP connection: five bytes say where its turns end and how they are cut, the rest is what it carries.
///
/// The client speaks, the server, the client again. The messages are the same whether each of them sends all in one
/// segment, in segments of any size, or in those segments out of order. Where something is wrong with the stream that
/// holds for text only: a search for the next frame of another protocol may well depend on what has come.
func readStream(_ input: UnsafeRawBufferPointer) -> String? {
  guard input.count > 5 else { return nil }
  let bytes = input.part(5, input.count)
  let first = Int(input[0]) << 8 | Int(input[1])
  let second = first + (Int(input[2]) << 8 | Int(input[3]))
  let turns = [bytes.part(0, first), bytes.part(first, second), bytes.part(second, bytes.count)]
  var whole = Connection(), cut = Connection(), swapped = Connection()
  for (index, turn) in turns.enumerated() {
    var generator = SeededGenerator(seed: UInt64(input[4]))
    whole.send(turn, isClient: index != 1, cuts: [])
    let cuts =
      turn.isEmpty
      ? []
      : (0..<1 + Int(generator.next() % 12)).map { _ in
        Int(generator.next() % UInt64(turn.count))
      }
    cut.send(turn, isClient: index != 1, cuts: cuts)
    swapped.send(turn, isClient: index != 1, cuts: cuts, isSwapped: true)
  }
  if let law = whole.capture.finish() ?? cut.capture.finish() ?? swapped.capture.finish() { return law }
  guard whole.capture.isClean || !mayHoldFrames(bytes) else { return nil }
  guard whole.capture.found == cut.capture.found else {
    return "\(whole.capture.found.count) messages from whole turns, \(cut.capture.found.count) from segments"
  }
  guard whole.capture.found == swapped.capture.found else {
    return "\(whole.capture.found.count) messages from whole turns, \(swapped.capture.found.count) out of order"
  }
  return nil
}

/// Whether TLS records, WebSocket frames or HEP packets may begin in these bytes.
private func mayHoldFrames(_ bytes: UnsafeRawBufferPointer) -> Bool {
  bytes.indices.contains { index in
    switch bytes[index] {
    case 20...23, 0x01, 0x02, 0x81, 0x82: true
    case 0x48: bytes.part(index, index + 4).elementsEqual("HEP3".utf8)
    default: false
    }
  }
}

/// One TCP connection as IPv4 packets.
private struct Connection {
  var capture = Capture()
  /// Next sequence number of the server and of the client.
  private var next: [UInt32] = [0xffff_ff00, 1000]

  init() {
    // SYN of the client and of the server, so that nothing counts as joined in its middle.
    segment([], at: 0, isClient: true, flags: 0x02)
    segment([], at: 0, isClient: false, flags: 0x12)
    next = next.map { $0 &+ 1 }
  }

  mutating func send(
    _ bytes: UnsafeRawBufferPointer, isClient: Bool, cuts: [Int], isSwapped: Bool = false
  ) {
    let edges = [0] + cuts.filter { $0 > 0 }.sorted() + [bytes.count]
    var parts = zip(edges, edges.dropFirst()).filter { $0 < $1 }
    if isSwapped {
      for index in stride(from: 0, to: parts.count - 1, by: 2) { parts.swapAt(index, index + 1) }
    }
    for (low, high) in parts {
      segment(Array(bytes.part(low, high)), at: UInt32(low), isClient: isClient, flags: 0x10)
    }
    next[isClient ? 1 : 0] &+= UInt32(bytes.count)
  }

  /// - Parameter flags: the control bits of RFC 9293.
  private mutating func segment(_ payload: [UInt8], at offset: UInt32, isClient: Bool, flags: UInt8) {
    let ports: [UInt8] = isClient ? [0x9c, 0x40, 0x13, 0xc4] : [0x13, 0xc4, 0x9c, 0x40]
    let client: [UInt8] = [192, 0, 2, 1], server: [UInt8] = [192, 0, 2, 2]
    let length = UInt16(clamping: 40 + payload.count)
    var packet: [UInt8] = [0x45, 0, UInt8(length >> 8), UInt8(length & 0xff), 0, 0, 0, 0, 64, 6, 0, 0]
    packet += isClient ? client + server : server + client
    packet += ports
    let numbers = [next[isClient ? 1 : 0] &+ offset, next[isClient ? 0 : 1]]
    for number in numbers {
      packet += [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
    }
    packet += [0x50, flags, 0xff, 0xff, 0, 0, 0, 0] + payload
    packet.withUnsafeBytes { capture.receive($0, linkType: .ipv4) }
  }
}
