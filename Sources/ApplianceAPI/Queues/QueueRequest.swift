public import Primitives

/// Which calls of queues, or which spells of their agents, a client of `queueapi` wants (observed).
public struct QueueRequest: Hashable, Sendable {
  /// Queues by their numbers; empty for all.
  public var queues: [String] = []
  /// Agents by their numbers; empty for all.
  public var agents: [String] = []
  /// Begun then or later.
  public var from: Instant?
  /// Begun before.
  public var before: Instant?

  /// Everything of every queue.
  public init() {}
}

/// One attempt of a queue's caller at an agent.
public struct QueueCall: Hashable, Sendable {
  /// The queue's number.
  public var queue: String
  /// The session of the call: attempts at several agents have one.
  public var session: String
  /// When the caller came.
  public var start: Instant
  /// The agent; nil where none was rung.
  public var agent: String?
  /// Who called.
  public var caller: String
  /// Whether they talked.
  public var isConnected: Bool
  /// Until the agent answered, or the caller went.
  public var waitSeconds: Int64
  /// How long they talked.
  public var talkSeconds: Int64

  /// Takes all as they are.
  public init(
    queue: String, session: String, start: Instant, agent: String?, caller: String, isConnected: Bool,
    waitSeconds: Int64, talkSeconds: Int64
  ) {
    self.queue = queue
    self.session = session
    self.start = start
    self.agent = agent
    self.caller = caller
    self.isConnected = isConnected
    self.waitSeconds = waitSeconds
    self.talkSeconds = talkSeconds
  }
}

/// What an agent of queues may be for a while.
public enum AgentState: Hashable, Sendable, CaseIterable {
  /// Logged in at a queue whose agent he is not otherwise.
  case loggedIn
  /// Without calls of a queue.
  case paused
}

/// A while that an agent of a queue was in a state.
public struct AgentSpell: Hashable, Sendable {
  /// The queue's number.
  public var queue: String
  /// The agent's.
  public var agent: String
  /// nil where it had begun before anything is known.
  public var begin: Instant?
  /// nil while it lasts.
  public var end: Instant?

  /// Takes all as they are.
  public init(queue: String, agent: String, begin: Instant?, end: Instant?) {
    self.queue = queue
    self.agent = agent
    self.begin = begin
    self.end = end
  }
}
