import HTTPTypes
import Primitives

extension ZohoOrganisation {
  /// Credits of any 24 hours: the edition's for the active users, or the setting's.
  var credits: Int {
    settings.apiCredits ?? ZohoEditionLimits(edition).credits(users: users.count { $0.status == .active })
  }

  /// Lets a call in or refuses it with 429: no credits left, or too many at the same time.
  mutating func admit(_ endpoint: ZohoAPIEndpoint, at now: Instant) throws(ZohoRequestError) {
    guard !usage.isExhausted else { throw .tooManyRequests }
    guard settings.enforcesAPILimits else { return }
    guard usage.used(at: now) < credits else { throw .tooManyRequests }
    let hasRoom = usage.begin(
      isHeavy: endpoint.isHeavy, latency: settings.apiLatency,
      concurrency: settings.apiConcurrency ?? ZohoEditionLimits(edition).concurrency,
      heavyConcurrency: ZohoEditionLimits.heavyConcurrency, at: now)
    guard hasRoom else { throw .tooManyRequests }
    usage.charge(1, at: now)
  }

  /// What the header fields of an answer say is left (names documented by the SDKs; that the day's are told from v2 on
  /// and the credits from v3 on, once half are used, is assumed of the former and documented of the latter).
  mutating func limitFields(_ version: ZohoAPIVersion, at now: Instant) -> [(name: String, value: String)] {
    guard settings.enforcesAPILimits else { return [] }
    let left = max(0, credits - usage.used(at: now))
    guard !version.usesPageTokens else {
      return left <= credits / 2 ? [("X-API-CREDITS-REMAINING", String(left))] : []
    }
    return [("X-RATELIMIT-DAY-LIMIT", String(credits)), ("X-RATELIMIT-DAY-REMAINING", String(left))]
  }
}

extension CloudResponse {
  func adding(_ fields: [(name: String, value: String)]) -> CloudResponse {
    var answer = self
    for (name, value) in fields {
      if let name = HTTPField.Name(name) { answer.response.headerFields[name] = value }
    }
    return answer
  }
}
