import Primitives

extension ZohoCloud {
  /// `/crm/private/{xml|json}/{Module}/{method}`.
  mutating func respondAsV1(_ request: CloudRequest, at centre: Int, _ now: Instant) -> CloudResponse {
    .empty(404)
  }
}
