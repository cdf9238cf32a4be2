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
    /// Asks for a mailbox's messages.
    case voicemailMenu
    /// Plays back what is said.
    case echoTest
    /// Sends every call of the extension on to the number that follows.
    case forwardAlways
    /// Takes `forwardAlways` back.
    case forwardAlwaysOff
    /// Answers the call that rings at the extension that follows.
    case pickupExtension
    /// Answers a call that rings in the caller's own pickup group.
    case pickupGroup
    /// Answers and plays an announcement.
    case announcement
    /// Refused as busy.
    case busy
    /// Refused for want of a line.
    case congestion
    /// Enters a conference.
    case conference
    /// Puts the other party into a parking lot.
    case park
    /// Played before the call is answered, which it never is.
    case earlyAnnouncement
    /// Refused as a number that does not exist, with a CDR row.
    case unallocated
    /// Rings a group of phones that answer by themselves, for an announcement or to talk (GUI: Paging/Intercom).
    case paging
    /// Answers and lets the caller dial out from the PBX (GUI: DISA).
    case disa
    /// Hangs up and calls the caller back (GUI: Callback).
    case callback
    /// Answers and takes a fax.
    case fax
    /// Makes the caller an agent of the queue whose number is dialled with it.
    case agentLogin
    /// Takes `agentLogin` back.
    case agentLogout
    /// Keeps calls of queues away from the caller for a while: of the queue whose number is dialled with it, or of all.
    case agentPause
    /// Takes `agentPause` back.
    case agentUnpause
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
