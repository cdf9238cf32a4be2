import Primitives

/// Decides which session a request may use and when to ask for a new one: one login in flight at a time.
struct SessionCache {
  private enum State {
    case empty
    case opening(CRMRequest.ID)
    case held(CRMSession)
  }

  enum Lease: Hashable {
    case use(CRMSession)
    /// Log in, then call `opening(by:)`.
    case logIn
    /// A login is in flight.
    case wait
  }

  private var state = State.empty
  /// The last session that was open, until it has been renewed or could not be.
  private(set) var former: CRMSession?
  private let margin: Instant.Span

  /// - Parameter margin: a session is replaced this long before its end.
  init(margin: Instant.Span) {
    self.margin = margin
  }

  func lease(at now: Instant) -> Lease {
    switch state {
    case .empty: .logIn
    case .opening: .wait
    case .held(let session): session.expiry - now > margin ? .use(session) : .logIn
    }
  }

  func isOpening(by request: CRMRequest.ID) -> Bool {
    switch state {
    case .opening(let pending): pending == request
    case .empty, .held: false
    }
  }

  mutating func opening(by request: CRMRequest.ID) {
    state = .opening(request)
  }

  mutating func opened(_ session: CRMSession?) {
    state = session.map(State.held) ?? .empty
    former = session
  }

  /// The server refused `session`. One that has been replaced meanwhile is no reason to drop its successor.
  mutating func refused(_ session: CRMSession) {
    switch state {
    case .held(let held) where held == session: state = .empty
    case .held, .empty, .opening: break
    }
  }

  /// The former session cannot be renewed.
  mutating func forgetFormer() {
    former = nil
  }
}
