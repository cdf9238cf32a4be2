public import Primitives

/// What traffic took of an appliance that had enough of everything.
public struct TrafficUse: Sendable {
  /// Use of one trunk, or of all together.
  public struct Trunk: Sendable {
    /// As the site names it, or its address; empty for all together.
    public let name: String
    /// The `n` of `trunk_<n>`; 0 for all together.
    public let index: Int
    /// Channels taken by calls that came in.
    public internal(set) var incoming: UseGauge
    /// Channels taken by calls that went out.
    public internal(set) var outgoing: UseGauge
    /// Channels taken.
    public internal(set) var both: UseGauge

    init(name: String, index: Int, timeZone: SiteTimeZone) {
      self.name = name
      self.index = index
      incoming = UseGauge(timeZone: timeZone)
      outgoing = incoming
      both = incoming
    }

    mutating func step(by delta: Int, isOutgoing: Bool, at now: Instant) {
      if isOutgoing { outgoing.step(by: delta, at: now) } else { incoming.step(by: delta, at: now) }
      both.step(by: delta, at: now)
    }

    mutating func finish(at end: Instant) {
      incoming.finish(at: end)
      outgoing.finish(at: end)
      both.finish(at: end)
    }
  }

  /// How often the traffic was laid over itself.
  public let overlay: TrafficOverlay
  /// Calls over all copies.
  public internal(set) var calls = 0
  /// Time of the first event; nil without any.
  public internal(set) var first: Instant?
  /// When the last copy ended.
  public internal(set) var last: Instant?
  /// Those of the site in its order, then those found by their addresses.
  public internal(set) var trunks: [Trunk] = []
  /// All trunks together.
  public internal(set) var allTrunks: Trunk
  /// At the place of the resource's raw value.
  private var gauges: [UseGauge]
  private var peaksByCopies: CopyPeaks
  let timeZone: SiteTimeZone

  init(overlay: TrafficOverlay, copiesSearched: Int, timeZone: SiteTimeZone) {
    self.overlay = overlay
    self.timeZone = timeZone
    allTrunks = Trunk(name: "", index: 0, timeZone: timeZone)
    gauges = Resource.allCases.map { _ in UseGauge(timeZone: timeZone) }
    peaksByCopies = CopyPeaks(copies: copiesSearched)
  }

  /// Use of one resource.
  public subscript(resource: Resource) -> UseGauge { gauges[resource.rawValue] }

  /// From the first event to the end of the last copy; nil for a trace without any event.
  public var duration: Instant.Span? {
    guard let first, let last, first <= last else { return nil }
    return last - first
  }

  /// The traffic of a gauge's busiest hour. Of a trace that is shorter than an hour it is the average over the trace:
  /// nothing says that the rest of the hour was idle.
  public func erlangs(of gauge: UseGauge) -> Double {
    guard let duration, duration > .zero else { return 0 }
    guard duration < .seconds(3600) else { return gauge.busyHours.busiest?.erlangs ?? 0 }
    return gauge.busyHours.seconds / (Double(duration.nanoseconds) / 1e9)
  }

  /// The peaks of a resource with one copy, two, and so on up to as many as were asked for; empty when none were.
  public func peaks(of resource: Resource) -> [Int] { peaksByCopies.peaks(of: resource) }

  mutating func apply(_ step: UseStep, of copy: Int, at now: Instant) {
    if case .resource(let resource) = step.subject { peaksByCopies.step(resource, by: step.delta, copy: copy) }
    guard copy < overlay.copies else { return }
    switch step.subject {
    case .resource(let resource): gauges[resource.rawValue].step(by: step.delta, at: now)
    case .trunk(let line, let isOutgoing):
      guard trunks.indices.contains(line) else { return }
      trunks[line].step(by: step.delta, isOutgoing: isOutgoing, at: now)
      allTrunks.step(by: step.delta, isOutgoing: isOutgoing, at: now)
    }
  }

  mutating func finish(at end: Instant) {
    last = end
    for index in gauges.indices { gauges[index].finish(at: end) }
    for index in trunks.indices { trunks[index].finish(at: end) }
    allTrunks.finish(at: end)
  }
}

/// The peaks of each resource for every number of copies at once: what copies have in use adds up.
struct CopyPeaks: Sendable {
  /// At the resource's place times the number of copies, and from there at the number less one.
  private var levels: [Int]
  private var peaks: [Int]
  private let copies: Int

  init(copies: Int) {
    self.copies = max(0, copies)
    levels = [Int](repeating: 0, count: self.copies * Resource.allCases.count)
    peaks = levels
  }

  mutating func step(_ resource: Resource, by delta: Int, copy: Int) {
    guard copy < copies else { return }
    let start = resource.rawValue * copies
    for place in (start + copy)..<(start + copies) {
      levels[place] += delta
      peaks[place] = max(peaks[place], levels[place])
    }
  }

  func peaks(of resource: Resource) -> [Int] {
    Array(peaks[(resource.rawValue * copies)..<((resource.rawValue + 1) * copies)])
  }
}
