import CRMConnectors
import PBXModel
import Primitives

/// The ended calls that one client has still to record, oldest first: the appliance's own store for an outage.
///
/// A few are on their way at once. After the first that the CRM did not take now, one at a time is tried, later and
/// later, until one is taken again. The store is bounded; what it cannot hold is the oldest.
struct CallLogStore: Sendable {
  private struct Kept: Sendable {
    var entry: CallLogEntry
    var isOnItsWay = false
    var attempts = 0
  }

  private let settings: ApplianceSettings
  private var kept: [Kept] = []
  private var failuresInARow = 0
  private var retryAt: Instant?

  init(settings: ApplianceSettings) {
    self.settings = settings
  }

  /// When the next one is to be tried; nil while nothing waits for time to pass. While one is on its way, its answer
  /// comes first.
  var nextWakeUp: Instant? { kept.isEmpty || kept.contains(where: \.isOnItsWay) ? nil : retryAt }

  /// The calls not recorded, oldest first.
  var unsent: [CallLogEntry] { kept.map(\.entry) }

  /// The calls not recorded, oldest first, where the answers to those on their way never come: the CRM may have them.
  var unsettled: [CallLogEntry] {
    kept.map { kept in
      var entry = kept.entry
      entry.mayExist = entry.mayExist || kept.isOnItsWay
      return entry
    }
  }

  /// Keeps nothing any more.
  mutating func clear() { kept = [] }

  /// Takes an ended call in.
  /// - Returns: the call that had to make room for it, if one had to.
  mutating func keep(_ entry: CallLogEntry) -> CallLogEntry? {
    kept.append(Kept(entry: entry))
    guard kept.count > max(1, settings.callLogStoreMax), let oldest = kept.firstIndex(where: { !$0.isOnItsWay })
    else { return nil }
    return kept.remove(at: oldest).entry
  }

  /// The next call to hand to the client, if one is due.
  mutating func next(at now: Instant) -> CallLogEntry? {
    if let retryAt, now < retryAt { return nil }
    let limit = failuresInARow > 0 ? 1 : max(1, settings.callLogsOnTheirWayMax)
    guard kept.prefix(limit).count(where: \.isOnItsWay) < limit, kept.count(where: \.isOnItsWay) < limit,
      let index = kept.firstIndex(where: { !$0.isOnItsWay })
    else { return nil }
    kept[index].isOnItsWay = true
    kept[index].attempts += 1
    return kept[index].entry
  }

  /// Notes what came of a call.
  /// - Returns: the last word on it, or `.postponed` the first time it has to wait; nil for nothing new.
  mutating func settle(_ id: CallLogEntry.ID, _ outcome: CallLogOutcome, at now: Instant) -> CallLogOutcome? {
    guard let index = kept.firstIndex(where: { $0.entry.id == id }) else { return nil }
    switch outcome {
    case .logged, .failed:
      kept.remove(at: index)
      (failuresInARow, retryAt) = (0, nil)
      return outcome
    case .postponed(let failure, let mayExist):
      // Those that were on their way together fail together, and count once.
      if retryAt.map({ $0 <= now }) ?? true {
        failuresInARow += 1
        retryAt = now + backOff
      }
      guard kept[index].attempts < settings.callLogAttemptsMax else {
        kept.remove(at: index)
        return .failed(failure)
      }
      kept[index].isOnItsWay = false
      kept[index].entry.mayExist = kept[index].entry.mayExist || mayExist
      return kept[index].attempts == 1 ? outcome : nil
    }
  }

  private var backOff: Instant.Span {
    let doublings = min(failuresInARow - 1, 16)
    let seconds = Int64(max(1, settings.callLogRetrySeconds)) << max(0, doublings)
    return .seconds(min(seconds, Int64(max(1, settings.callLogRetrySecondsMax))))
  }
}
