import Primitives

extension ZohoCloud {
  /// `sigma.*`: the developer platform with its connectors.
  mutating func respondAsSigma(_ request: CloudRequest, at centre: Int, _ now: Instant) -> CloudResponse {
    .empty(404)
  }
}
