import Primitives

extension ZohoCloud {
  /// `api-console.*`, and `accounts.*/developerconsole`, its older form.
  mutating func respondAsConsole(_ request: CloudRequest, at centre: Int, _ now: Instant) -> CloudResponse {
    .empty(404)
  }
}
