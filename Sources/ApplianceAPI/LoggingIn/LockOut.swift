import Primitives

/// Who failed to log in too often, by address: the user's name is not looked at, or anybody could lock a user out.
struct LockOut: Sendable {
  private var failures: ExpiringTable<Int>
  private let failuresMax: Int
  private let time: Instant.Span

  /// More addresses than these are forgotten, those first that failed longest ago.
  private static let addressesMax = 4096

  init(_ settings: DoorSettings) {
    failures = ExpiringTable(countMax: Self.addressesMax)
    failuresMax = max(1, settings.failuresMax)
    time = .seconds(settings.lockOutSeconds)
  }

  func isLockedOut(_ client: IPAddress?, at now: Instant) -> Bool {
    (failures.value(Self.key(client), at: now) ?? 0) >= failuresMax
  }

  mutating func noteFailure(_ client: IPAddress?, at now: Instant) {
    let key = Self.key(client)
    failures.set(key, to: (failures.value(key, at: now) ?? 0) + 1, until: now + time, at: now)
  }

  mutating func noteSuccess(_ client: IPAddress?) { failures.remove(Self.key(client)) }

  private static func key(_ client: IPAddress?) -> String { client.map(\.description) ?? "" }
}
