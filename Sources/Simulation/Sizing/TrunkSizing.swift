public import Primitives

/// How many channels a trunk should have.
public struct TrunkSizing: Sendable {
  /// The trunk's use.
  public let use: TrafficUse.Trunk
  /// Traffic of its busiest hour, as measured.
  public let erlangs: Double
  /// The same with growth.
  public let grownErlangs: Double
  /// Channels by Erlang B; nil where more than any trunk has would be needed.
  public let channels: Int?
  /// What the site allows at once, outgoing and incoming; nil for no cap.
  public let caps: (outgoing: Int?, incoming: Int?)

  init(
    _ trunk: TrafficUse.Trunk, of use: TrafficUse, growth: Share, blocking: Share,
    caps: (outgoing: Int?, incoming: Int?)
  ) {
    self.use = trunk
    self.caps = caps
    erlangs = use.erlangs(of: trunk.both)
    grownErlangs = erlangs * (1 + growth.fraction)
    channels = ErlangB.channels(erlangs: grownErlangs, blocking: blocking.fraction)
  }

  /// Begin of the busiest hour; nil for a trunk without calls.
  public var busyHour: Instant? { use.both.busyHours.busiest?.start }
}
