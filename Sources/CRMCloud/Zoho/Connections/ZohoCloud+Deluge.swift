import Primitives

extension ZohoCloud {
  /// `deluge.*`: where the consent for a connection ends.
  mutating func respondAsDeluge(_ request: CloudRequest, at centre: Int, _ now: Instant) -> CloudResponse {
    .empty(404)
  }
}
