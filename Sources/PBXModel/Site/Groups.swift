/// Phones that ring together or one after the other.
public struct RingGroup: Hashable, Sendable {
  /// How its phones ring.
  public enum Strategy: String, Hashable, Sendable, CaseIterable {
    /// All members at once; the first to answer has the call.
    case simultaneous
    /// One member after the other, in the order listed.
    case inOrder
  }

  /// 2 to 18 digits, different from every other number of the site.
  public var number: String
  /// For people; may be empty.
  public var name: String = ""
  /// All at once unless it says otherwise.
  public var strategy = Strategy.simultaneous
  /// Extensions, or outside numbers.
  public var members: [String]
  /// How long it rings, or each member when they ring in order; nil for the site's.
  public var ringTimeoutSeconds: Int?

  /// A group that rings all members at once.
  public init(number: String, members: [String]) {
    self.number = number
    self.members = members
  }
}

/// A call queue.
public struct Queue: Hashable, Sendable {
  /// Which agents ring.
  public enum Strategy: String, Hashable, Sendable, CaseIterable {
    /// All agents at once.
    case ringAll
    /// One after the other, in the order listed.
    case linear
    /// The agent whose last call from the queue is longest ago.
    case leastRecent
    /// The agent with the fewest calls from the queue.
    case fewestCalls
    /// Any agent.
    case random
    /// The agent after the one who rang last.
    case roundRobin
  }

  /// 2 to 18 digits, different from every other number of the site.
  public var number: String
  /// For people; may be empty.
  public var name: String = ""
  /// All at once unless it says otherwise.
  public var strategy = Strategy.ringAll
  /// Agents: extensions, or outside numbers.
  public var members: [String]
  /// How long an agent rings in one round; nil when unknown.
  public var ringSeconds: Int?
  /// Pause between rounds; nil when unknown.
  public var retrySeconds: Int?
  /// How long a caller waits; nil for ever.
  public var waitSecondsMax: Int?
  /// Whether the caller is answered on entering, so that waiting counts as talk time.
  public var answersFirst = true
  /// Where a caller goes who waited too long; nil for hanging up.
  public var timeoutDestination: Destination?
  /// Which of its calls are recorded.
  public var autoRecord = AutoRecord.off

  /// A queue that rings all agents.
  public init(number: String, members: [String]) {
    self.number = number
    self.members = members
  }
}

/// A voice menu.
public struct IVR: Hashable, Sendable {
  /// 2 to 18 digits, different from every other number of the site.
  public var number: String
  /// For people; may be empty.
  public var name: String = ""
  /// What each key leads to.
  public var keys: [String: Destination] = [:]
  /// Whether an extension's number can be dialled in the menu.
  public var allowsExtensionDialling = false
  /// How long the menu waits for a key.
  public var keyTimeoutSeconds: Int?
  /// How often the menu is played to somebody who presses nothing.
  public var rounds: Int?
  /// Where such a caller goes then; nil for hanging up.
  public var timeoutDestination: Destination?

  /// A menu without keys.
  public init(number: String) { self.number = number }
}
