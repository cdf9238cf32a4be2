import PacketFormats
import Primitives

/// A TCP connection: five bytes say where its turns end and how they are cut, the rest is what it carries.
///
/// The client speaks, the server, the client again. The messages are the same whether each of them sends all in one
/// segment, in segments of any size, or in those segments out of order.
///
/// Where something is wrong with the stream and it may hold TLS records or WebSocket frames, the law is left alone: a
/// record that has just ended is one if nothing follows it, and neither waits for the end of a line, which may never
/// come. What is taken for the front of one then depends on what has come.
func readStream(_ input: UnsafeRawBufferPointer) -> String? {
  guard input.count > 5 else { return nil }
  var (whole, cut, swapped) = (capture(input, .whole), capture(input, .cut), capture(input, .swapped))
  if let law = whole.finish() ?? cut.finish() ?? swapped.finish() { return law }
  guard whole.isClean || !mayHoldFrames(input.part(5, input.count)) else { return nil }
  guard whole.found == cut.found else {
    return "\(whole.found.count) messages from whole turns, \(cut.found.count) from segments"
  }
  guard whole.found == swapped.found else {
    return "\(whole.found.count) messages from whole turns, \(swapped.found.count) out of order"
  }
  return nil
}

/// How the turns of a connection are put into segments.
enum StreamCut {
  /// Each turn is one.
  case whole
  case cut
  /// Cut, and every two change places.
  case swapped
}

/// What a connection gives, up to where it ends without an end.
func capture(_ input: UnsafeRawBufferPointer, _ cut: StreamCut) -> Capture {
  guard input.count > 5 else { return Capture() }
  let bytes = input.part(5, input.count)
  let first = Int(input[0]) << 8 | Int(input[1])
  let second = first + (Int(input[2]) << 8 | Int(input[3]))
  var connection = Connection()
  for (index, turn) in [bytes.part(0, first), bytes.part(first, second), bytes.part(second, bytes.count)].enumerated() {
    var generator = SeededGenerator(seed: UInt64(input[4]))
    let count = turn.isEmpty || cut == .whole ? 0 : 1 + Int(generator.next() % 12)
    let cuts = (0..<count).map { _ in Int(generator.next() % UInt64(turn.count)) }
    connection.send(turn, isClient: index != 1, cuts: cuts, isSwapped: cut == .swapped)
  }
  return connection.capture
}

/// Whether TLS records or WebSocket frames may begin in these bytes.
private func mayHoldFrames(_ bytes: UnsafeRawBufferPointer) -> Bool {
  bytes.contains { byte in
    switch byte {
    case 20...23, 0x01, 0x02, 0x81, 0x82: true
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
    _ bytes: UnsafeRawBufferPointer, isClient: Bool, cuts: [Int], isSwapped: Bool
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
