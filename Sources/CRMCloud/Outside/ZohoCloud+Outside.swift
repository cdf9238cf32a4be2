import CloudPages
import HTTPTypes
import Primitives

extension ZohoCloud {
  /// A host of `OutsideServices`.
  mutating func respondAsOutside(_ request: CloudRequest, _ now: Instant) -> CloudResponse {
    request.styleSheet ?? outside.respond(to: request, at: now)
  }
}

extension OutsideServices {
  mutating func respond(to request: CloudRequest, at now: Instant) -> CloudResponse {
    guard let provider = OutsideProvider.serving(request.host) else { return .empty(421) }
    let endpoint = provider.endpoint(request)
    switch endpoint {
    case .authorization: return self[provider].consent(request, at: now)
    case .apps: return self[provider].appsPage(request)
    case .token, .api: break
    }
    switch self[provider].trouble {
    case .none, .slow: break
    case .unavailable: return .text(503, "Service Unavailable")
    case .nonsense: return .typed(200, "text/html", Array("<html><body>Scheduled maintenance</body>".utf8))
    }
    if endpoint == .token { return self[provider].token(request, at: now) }
    return switch provider {
    case .mailChimp: mailChimp(request, at: now)
    case .google, .microsoft, .dropbox, .pandaDoc: resource(request, of: provider, at: now)
    }
  }
}
