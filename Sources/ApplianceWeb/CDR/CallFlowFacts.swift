/// How a call went, message by message, and why it came to its rows.
public struct CallFlowFacts: Hashable, Sendable {
  /// One SIP message.
  public struct Message: Hashable, Sendable {
    /// Number of its frame in the trace.
    public var frame: Int
    /// When, on the site's clock, to the millisecond.
    public var time: String
    /// Who sent it.
    public var sender: String
    /// Whom it went to.
    public var receiver: String
    /// Its start line, as a picture's arrow has it.
    public var label: String
    /// What explains it.
    public var notes: [String]

    /// Takes all as they are.
    public init(frame: Int, time: String, sender: String, receiver: String, label: String, notes: [String]) {
      self.frame = frame
      self.time = time
      self.sender = sender
      self.receiver = receiver
      self.label = label
      self.notes = notes
    }
  }

  /// A part of the explanation.
  public struct Step: Hashable, Sendable {
    /// What it is about.
    public var title: String
    /// What happened, and by which rules, each a line.
    public var lines: [String]

    /// Takes both as they are.
    public init(title: String, lines: [String]) {
      self.title = title
      self.lines = lines
    }
  }

  /// Who called whom, and how it ended.
  public var title: String
  /// The call as an SVG document.
  public var picture: [UInt8]
  /// In the order of the trace.
  public var messages: [Message]
  /// Messages beyond those.
  public var messagesLeftOut: Int
  /// From the frames to the rows.
  public var steps: [Step]
  /// What the explanation leans on because nobody knows better, each a line.
  public var assumptions: [String]
  /// The first cause of anything unusual; nil for nothing unusual.
  public var cause: String?

  /// Takes all as they are.
  public init(
    title: String, picture: [UInt8], messages: [Message], messagesLeftOut: Int, steps: [Step],
    assumptions: [String] = [], cause: String?
  ) {
    self.title = title
    self.picture = picture
    self.messages = messages
    self.messagesLeftOut = messagesLeftOut
    self.steps = steps
    self.assumptions = assumptions
    self.cause = cause
  }
}

/// What can be said of how a call went.
public enum CallFlow: Hashable, Sendable {
  /// Everything.
  case known(CallFlowFacts)
  /// Its messages are no longer kept, or were before this replay began.
  case noLongerKept
  /// The replay is in the middle of something that takes long.
  case notNow
}
