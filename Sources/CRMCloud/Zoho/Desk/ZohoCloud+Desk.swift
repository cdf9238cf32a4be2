import Primitives

extension ZohoCloud {
  /// `desk.*`.
  mutating func respondAsDesk(_ request: CloudRequest, at centre: Int, _ now: Instant) -> CloudResponse {
    .empty(404)
  }
}
