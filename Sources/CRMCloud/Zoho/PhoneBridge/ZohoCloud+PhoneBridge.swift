import Primitives

extension ZohoCloud {
  /// `www.zohoapis.*/phonebridge/v3/…`.
  mutating func respondAsPhoneBridge(_ request: CloudRequest, at centre: Int, _ now: Instant) -> CloudResponse {
    .empty(404)
  }
}
