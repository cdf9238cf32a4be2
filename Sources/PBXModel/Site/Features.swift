/// The parking lot.
public struct Parking: Hashable, Sendable {
  /// The number that parks a call.
  public var number: String
  /// The numbers parked calls wait at.
  public var slots: ClosedRange<Int>
  /// How long a call waits before it rings the one who parked it; nil when unknown.
  public var timeoutSeconds: Int?

  /// A parking lot without a timeout.
  public init(number: String, slots: ClosedRange<Int>) {
    self.number = number
    self.slots = slots
  }
}

/// A code dialled for a function of the PBX itself. A `.` at the pattern's end stands for a number that follows.
public struct FeatureCode: Hashable, Sendable {
  /// What the PBX does.
  public enum Function: String, Hashable, Sendable, CaseIterable {
    case voicemailMenu, echoTest, forwardAlways, forwardAlwaysOff, pickupExtension, pickupGroup, announcement, busy,
      congestion, conference, park
    /// Played before the call is answered, which it never is.
    case earlyAnnouncement
    /// Refused as a number that does not exist, with a CDR row.
    case unallocated
  }

  /// What is dialled.
  public var pattern: DialPattern
  /// What the PBX does then.
  public var function: Function

  /// A code and its function.
  public init(pattern: DialPattern, function: Function) {
    self.pattern = pattern
    self.function = function
  }
}
