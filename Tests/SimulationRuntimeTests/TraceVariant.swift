import PacketFormats
import Primitives
import TestSupport
import Testing

/// What a network or a recorder may do to the packets of a trace without a message being changed by it.
enum TraceVariant: String, CaseIterable, CustomTestStringConvertible {
  /// IPv4 packets in fragments; some come twice or in another order.
  case fragments
  /// TCP data in small segments, likewise.
  case segments
  /// Packets recorded twice, up to three packets later.
  case copies

  var testDescription: String { rawValue }

  /// The records of the variant, the same for the same seed.
  func records(of records: [TraceFiles.Record], _ linkType: LinkType, seed: UInt64) -> [TraceFiles.Record] {
    var chance = SeededGenerator(seed: seed)
    switch self {
    case .copies: return Self.copied(records, &chance)
    case .fragments, .segments:
      var identification: UInt16 = 0
      return records.flatMap { record -> [TraceFiles.Record] in
        guard let packet = PlainPacket(record, linkType) else { return [record] }
        identification &+= 1
        var pieces = self == .fragments ? packet.fragments(identification, &chance) : packet.segments(&chance)
        if Int.random(in: 0..<3, using: &chance) == 0 { pieces.shuffle(using: &chance) }
        if Int.random(in: 0..<6, using: &chance) == 0 { pieces.append(chance.pick(pieces)) }
        return pieces.map { TraceFiles.Record(time: record.time, bytes: $0) }
      }
    }
  }

  private static func copied(
    _ records: [TraceFiles.Record], _ chance: inout SeededGenerator
  ) -> [TraceFiles.Record] {
    var result: [TraceFiles.Record] = []
    var waiting: [(place: Int, record: TraceFiles.Record)] = []
    for (place, record) in records.enumerated() {
      result.append(record)
      for due in waiting where due.place == place {
        // Later it would be a packet sent again.
        guard record.time - due.record.time < .milliseconds(15) else { continue }
        result.append(TraceFiles.Record(time: record.time, bytes: due.record.bytes))
      }
      waiting.removeAll { $0.place <= place }
      if Int.random(in: 0..<4, using: &chance) == 0 {
        waiting.append((place + Int.random(in: 1...3, using: &chance), record))
      }
    }
    return result
  }
}

/// An IPv4 packet on Ethernet, whole and no fragment, that can be taken apart.
private struct PlainPacket {
  private let link: [UInt8]
  private let header: [UInt8]
  private let payload: [UInt8]

  init?(_ record: TraceFiles.Record, _ linkType: LinkType) {
    let bytes = record.bytes
    guard linkType == .ethernet, bytes.count > 34, Array(bytes[12..<14]) == [8, 0], bytes[14] == 0x45 else {
      return nil
    }
    let total = Int(bytes[16]) << 8 | Int(bytes[17])
    guard total > 20, bytes.count >= 14 + total, bytes[20] & 0x3f == 0, bytes[21] == 0 else { return nil }
    link = Array(bytes[..<14])
    header = Array(bytes[14..<34])
    payload = Array(bytes[34..<14 + total])
  }

  func fragments(_ identification: UInt16, _ chance: inout SeededGenerator) -> [[UInt8]] {
    guard payload.count > 64 else { return [frame(header, payload)] }
    return parts(of: payload.count, [8, 64, 256, 512], &chance).map { part in
      var own = header
      (own[4], own[5]) = (UInt8(identification >> 8), UInt8(truncatingIfNeeded: identification))
      own[6] = UInt8(part.lowerBound >> 11) | (part.upperBound < payload.count ? 0x20 : 0)
      own[7] = UInt8(truncatingIfNeeded: part.lowerBound >> 3)
      return frame(own, Array(payload[part]))
    }
  }

  func segments(_ chance: inout SeededGenerator) -> [[UInt8]] {
    let length = payload.count > 20 ? Int(payload[12] >> 4) * 4 : 0
    guard header[9] == 6, length >= 20, payload.count > length else { return [frame(header, payload)] }
    let text = payload[length...]
    let sequence = payload[4..<8].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    return parts(of: text.count, [1, 7, 50, 300], &chance).map { part in
      var own = Array(payload[..<length])
      let first = sequence &+ UInt32(part.lowerBound)
      for place in 0..<4 { own[4 + place] = UInt8(truncatingIfNeeded: first >> UInt32(24 - 8 * place)) }
      // Only the last segment may end the connection.
      if part.upperBound < text.count { own[13] &= ~1 }
      return frame(header, own + text[text.startIndex + part.lowerBound..<text.startIndex + part.upperBound])
    }
  }

  private func parts(of count: Int, _ sizes: [Int], _ chance: inout SeededGenerator) -> [Range<Int>] {
    var parts: [Range<Int>] = []
    var start = 0
    while start < count {
      let end = min(count, start + chance.pick(sizes))
      parts.append(start..<end)
      start = end
    }
    return parts
  }

  private func frame(_ header: [UInt8], _ payload: [UInt8]) -> [UInt8] {
    var own = header
    let total = header.count + payload.count
    (own[2], own[3]) = (UInt8(total >> 8), UInt8(truncatingIfNeeded: total))
    return link + own + payload
  }
}
