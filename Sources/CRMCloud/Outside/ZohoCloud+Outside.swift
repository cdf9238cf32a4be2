import Primitives

extension ZohoCloud {
  /// A host of `OutsideServices`.
  mutating func respondAsOutside(_ request: CloudRequest, _ now: Instant) -> CloudResponse {
    .empty(404)
  }
}
