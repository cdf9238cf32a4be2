public import CRMConnectors
public import Primitives

/// Whoever answers the appliance's CRM requests: a cloud in this process, a real server, a cassette.
public protocol CRMBackend {
  /// Begins to carry out a request sent at `now`, on the trace's clock.
  ///
  /// Requests come in the order of time. The answer is asked for once, when it is due; until then it may be on its way.
  mutating func begin(_ request: CRMRequest, at now: Instant) -> PendingAnswer

  /// Ends the traffic and says what the user should know of it. Nothing is begun afterwards.
  mutating func finish() -> CRMTrafficReport
}

extension CRMBackend {
  /// Nothing to end, nothing to tell.
  public mutating func finish() -> CRMTrafficReport { CRMTrafficReport() }
}

/// What a run's CRM traffic came to, beside its answers. No line holds a secret.
public struct CRMTrafficReport: Hashable, Sendable {
  /// What went wrong on the way and is part of the run, as an unreachable server.
  public var notices: [String] = []
  /// Where what was asked or answered differs from what was recorded.
  public var findings: [String] = []
  /// What could not be kept, as a cassette that cannot be written.
  public var failures: [String] = []

  /// Nothing to tell.
  public init() {}
}

/// An answer that is there, or on its way.
public struct PendingAnswer {
  private let take: () -> CRMAnswer
  private let isThere: (Int) -> Bool
  /// How long it takes on the trace's clock; nil for the run's own latency. Only a backend that plays slow or dead
  /// servers says it.
  public let delay: Instant.Span?

  /// An answer that is there.
  public init(_ answer: CRMAnswer, delay: Instant.Span? = nil) {
    take = { answer }
    isThere = { _ in true }
    self.delay = delay
  }

  /// - Parameters:
  ///   - wait: returns the answer, waiting for it if need be; called at most once, and ends in bounded time.
  ///   - isThere: whether it is there within so many milliseconds.
  public init(
    waiting wait: @escaping () -> CRMAnswer, isThere: @escaping (_ milliseconds: Int) -> Bool,
    delay: Instant.Span? = nil
  ) {
    take = wait
    self.isThere = isThere
    self.delay = delay
  }

  /// An answer that comes when `other` does, and is made of it; `wait` is called at most once.
  public init(
    of other: PendingAnswer, waiting wait: @escaping () -> CRMAnswer
  ) {
    self.init(waiting: wait, isThere: other.isThere, delay: other.delay)
  }

  /// Whether it is there; waits for it no longer than so many milliseconds.
  public func isThere(within milliseconds: Int) -> Bool { isThere(milliseconds) }

  /// The answer; waits for it if need be.
  public func answer() -> CRMAnswer { take() }
}
