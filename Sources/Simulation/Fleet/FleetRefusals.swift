public import PBXModel
public import Primitives

/// The first calls that a member of a fleet could not carry.
public struct FleetRefusals {
  /// One call, as it stands at the end of the run.
  public struct Entry {
    /// What the recorded box made of it.
    public let call: Call
    /// When it was refused.
    public let time: Instant
    /// What there was none of when it began; nil where a leg of it could not be dialled, or the site file's own caps
    /// refused it.
    public let resource: Resource?
  }

  /// Refusals kept, the first ones.
  public static let entriesMax = 1000
  /// In the order of the trace.
  public private(set) var entries: [Entry] = []
  /// Refusals beyond those kept.
  public private(set) var leftOut = 0

  /// When the first call was refused; nil while none was.
  public var first: Instant? { entries.first?.time }

  var isFull: Bool { entries.count >= Self.entriesMax }

  mutating func note(_ call: Call, _ short: Resource?, at now: Instant) {
    entries.append(Entry(call: call, time: now, resource: short))
  }

  mutating func leaveOut() { leftOut += 1 }
}
