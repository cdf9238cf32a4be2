import Primitives

extension ZohoCloud {
  /// `crm.*`: the v1 API below `/crm/private`, PhoneBridge's set-up and the connections below `/crm/settings`, and the
  /// CRM's own pages.
  mutating func respondAsCRM(_ request: CloudRequest, at centre: Int, _ now: Instant) -> CloudResponse {
    if request.parts.starts(with: ["crm", "private"]) { return respondAsV1(request, at: centre, now) }
    if let page = respondAsDeveloperSpace(request, at: centre, now) { return page }
    return .empty(404)
  }
}
