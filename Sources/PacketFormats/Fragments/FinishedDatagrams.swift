import Primitives

/// The last datagrams made whole or dropped, to know what still comes of them.
struct FinishedDatagrams: Sendable {
  private struct Entry {
    let key: FragmentReassembler.Key
    let time: Instant
    /// nil when it was dropped.
    let datagram: IPDatagram?
  }

  /// At most 64 KiB each.
  private static let countMax = 32

  private var entries: [Entry] = []
  private var next = 0

  mutating func remember(_ datagram: IPDatagram?, _ key: FragmentReassembler.Key, at time: Instant) {
    let entry = Entry(key: key, time: time, datagram: datagram)
    if entries.count < Self.countMax {
      entries.append(entry)
    } else {
      entries[next] = entry
    }
    next = (next + 1) % Self.countMax
  }

  /// What becomes of a fragment whose datagram isn't open; nil when it begins a new one.
  func outcome(
    of fragment: IPFragment, _ payload: UnsafeRawBufferPointer, _ key: FragmentReassembler.Key, at now: Instant,
    _ limits: FragmentReassembler.Limits
  ) -> FragmentReassembler.Outcome? {
    // The latest one counts: an identification may be used again.
    for back in 1...max(1, entries.count) where back <= entries.count {
      let entry = entries[(next - back + Self.countMax) % Self.countMax]
      guard entry.key == key else { continue }
      guard let datagram = entry.datagram else { return now - entry.time <= limits.timeout ? .dropped : nil }
      guard now - entry.time <= limits.repetition,
        fragment.offset + fragment.lengthOnWire <= datagram.lengthOnWire
      else { return nil }
      let known = datagram.bytes.dropFirst(fragment.offset).prefix(payload.count)
      return payload.prefix(known.count).elementsEqual(known) ? .repeated : nil
    }
    return nil
  }
}
