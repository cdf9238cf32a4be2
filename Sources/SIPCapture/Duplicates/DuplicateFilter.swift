public import Primitives

/// Recognises a packet that was recorded twice: by a mirror of both directions of a port, by the device `any`, which
/// sees a packet on each interface it passes, or by two mirrors whose traces are read together.
///
/// Copies of a packet have the same addresses, ports, IPv4 identification and payload, and come within a window of
/// the first one's time. Whatever a switch or router changes (link header, VLAN tag, TTL, checksum) does not count.
/// A packet sent again has another identification or comes later, and is a packet of its own.
public struct DuplicateFilter: Sendable {
  /// What counts as the same packet, and how many are remembered.
  public struct Settings: Hashable, Sendable {
    /// The longest time between the first record of a packet and a copy of it, in either direction of time.
    public var window: Instant.Span
    /// Packets remembered at least; past it the oldest of those that share a place is forgotten.
    public var packetsMax: Int

    /// A window of 20 ms, and 1024 packets.
    ///
    /// Copies are as far apart as the packet takes through one machine, well under a millisecond, or as the clocks of
    /// two are: a millisecond or less between hosts of one network that follow NTP (*assumed*; RFC 5905 speaks of tens
    /// of microseconds on fast LANs, RFC 1059 of a few tens of milliseconds over the Internet). SIP over UDP sends
    /// again after T1, by default 500 ms (RFC 3261 section 17.1.1.1, *documented*). The window has to tell these apart
    /// by itself where the identification says nothing: IPv6 has none, and stacks may give every datagram that must
    /// not be fragmented the same one (RFC 6864 section 4.1, *documented*), such as 0. 20 ms is many times the one and
    /// a 25th of the other. 1024 packets in it are 51,200 a second, and few enough for a processor's nearest cache.
    public init(window: Instant.Span = .milliseconds(20), packetsMax: Int = 1024) {
      self.window = window
      self.packetsMax = packetsMax
    }
  }

  private struct Slot {
    var mark: UInt64 = 0
    /// Nanoseconds since 1970; the least value for a slot never used.
    var time = Int64.min
  }

  private static let slotsPerSet = 4
  /// The most sets there can be, whatever is asked for: 4 MiB of slots.
  private static let setsMax = 1 << 16

  /// How the filter was set up.
  public let settings: Settings
  /// Packets forgotten within their window because too many came at once; copies of them were not recognised.
  public private(set) var forgotten = 0
  private var slots: [Slot] = []
  private let sets: Int

  /// A filter that has seen no packet.
  public init(_ settings: Settings = Settings()) {
    self.settings = settings
    var sets = 1
    while sets * Self.slotsPerSet < settings.packetsMax, sets < Self.setsMax { sets *= 2 }
    self.sets = sets
  }

  /// Whether a packet of that mark was met within the window; if not, remembers this one.
  ///
  /// The window counts from the first record, so that a row of copies does not stretch it.
  mutating func isCopy(_ mark: UInt64, at time: Instant) -> Bool {
    if slots.isEmpty { slots = Array(repeating: Slot(), count: sets * Self.slotsPerSet) }
    let now = time.nanoseconds
    // The high bits are the best mixed ones.
    let start = (Int(truncatingIfNeeded: mark >> 40) & (sets &- 1)) &* Self.slotsPerSet
    let window = max(0, settings.window.nanoseconds)
    let finding = slots.withUnsafeMutableBufferPointer { Self.meet(mark, now, window, set: $0, from: start) }
    if finding == .forgetting { forgotten += 1 }
    return finding == .copy
  }

  private enum Finding { case copy, new, forgetting }

  /// Looks for the mark in its set; if it is new, puts it in the place of the oldest there.
  @inline(__always)
  private static func meet(
    _ mark: UInt64, _ now: Int64, _ window: Int64, set slots: UnsafeMutableBufferPointer<Slot>, from start: Int
  ) -> Finding {
    var oldest = start
    var least = Int64.max
    for index in start..<start &+ slotsPerSet {
      let time = slots[index].time
      if slots[index].mark == mark {
        if isWithin(window, time, now) { return .copy }
        slots[index].time = now
        return .new
      }
      if time < least { (oldest, least) = (index, time) }
    }
    slots[oldest] = Slot(mark: mark, time: now)
    return isWithin(window, least, now) ? .forgetting : .new
  }

  @inline(__always)
  private static func isWithin(_ window: Int64, _ then: Int64, _ now: Int64) -> Bool {
    guard then != .min else { return false }
    let (distance, overflow) = now.subtractingReportingOverflow(then)
    return !overflow && distance.magnitude <= window.magnitude
  }
}
