public import CRMConnectors
public import Simulation

/// Something that somebody wants of a running replay beside what its traces show.
///
/// It is carried out at one instant of the trace's clock, between two messages, and the journal tells of it.
public struct ReplayOrder: Sendable {
  /// What is wanted.
  public enum Wish: Sendable {
    /// Apply Changes of the CRM pages.
    case apply(CRMChange)
    /// The request of that number of `crm.jsonl` once more, by hand: its answer is written down and seen by nobody
    /// else.
    case repeatRequest(CRMRequest, number: Int)
  }

  /// What is wanted.
  public var wish: Wish
  /// Called once it is carried out, on the replay's thread.
  public var done: @Sendable () -> Void

  /// Takes both as they are.
  public init(_ wish: Wish, done: @escaping @Sendable () -> Void = {}) {
    self.wish = wish
    self.done = done
  }
}

/// The CRM pages as they are to be from here on.
public struct CRMChange: Sendable {
  /// nil for no CRM.
  public var configuration: CRMConfiguration?
  /// Who answers from here on, given who does so far; nil for nobody.
  public var backend: @Sendable (_ present: (any CRMBackend)?) -> (any CRMBackend)?

  /// Takes both as they are.
  public init(
    configuration: CRMConfiguration?,
    backend: @escaping @Sendable (_ present: (any CRMBackend)?) -> (any CRMBackend)?
  ) {
    self.configuration = configuration
    self.backend = backend
  }
}
