import CloudPages
import HTTPTypes
import Primitives

extension ZohoCloud {
  /// `sigma.*`: the developer platform with its connectors and extensions. Everybody sees their own.
  mutating func respondAsSigma(_ request: CloudRequest, at centre: Int, _ now: Instant) -> CloudResponse {
    guard request.method == .get || request.method == .post else { return .empty(405) }
    guard var visitor = visitor(request, at: centre) else { return signInFirst(request, at: centre) }
    visitor.navigation = [
      PageLink("Connectors", "/connectors", isCurrent: request.parts.first == "connectors"),
      PageLink("Extensions", "/extensions", isCurrent: request.parts.first == "extensions"),
    ]
    let visit = SigmaVisit(visitor: visitor, parts: Array(request.parts.dropFirst()))
    if request.method == .post, request.form["csrf"] != visitor.session.formToken {
      return visit.refusal(403, "The form was not this page's own. Load it again.")
    }
    return switch request.parts.first {
    case nil: request.method == .get ? .redirect(to: "/connectors") : visit.notFound
    case "connectors": connectorsPage(request, visit, at: centre, now)
    case "extensions": extensionsPage(request, visit, at: centre)
    case _?: visit.notFound
    }
  }
}
