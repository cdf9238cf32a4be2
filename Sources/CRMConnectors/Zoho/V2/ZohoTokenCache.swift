import Primitives

/// Decides which access token a request may use and when to ask for a new one: one refresh in flight at a time.
struct ZohoTokenCache {
  private enum State {
    case empty
    case refreshing(CRMRequest.ID)
    case held(ZohoAccessToken)
  }

  enum Lease: Hashable {
    case use(ZohoAccessToken)
    /// Ask for a token, then call `refreshing(by:)`.
    case refresh
    /// A refresh is in flight.
    case wait
  }

  private var state = State.empty
  private let margin: Instant.Span

  init(refreshMargin: Instant.Span) {
    margin = refreshMargin
  }

  func lease(at now: Instant) -> Lease {
    switch state {
    case .empty: .refresh
    case .refreshing: .wait
    case .held(let token): token.expiry - now > margin ? .use(token) : .refresh
    }
  }

  func isRefreshing(by request: CRMRequest.ID) -> Bool {
    switch state {
    case .refreshing(let pending): pending == request
    case .empty, .held: false
    }
  }

  mutating func refreshing(by request: CRMRequest.ID) {
    state = .refreshing(request)
  }

  mutating func refreshed(_ token: ZohoAccessToken?) {
    state = token.map(State.held) ?? .empty
  }

  /// The server refused `token`. One that has been replaced meanwhile is no reason to drop its successor.
  mutating func refused(_ token: ZohoAccessToken) {
    switch state {
    case .held(let held) where held == token: state = .empty
    case .held, .empty, .refreshing: break
    }
  }
}
