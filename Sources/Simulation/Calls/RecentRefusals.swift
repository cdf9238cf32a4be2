import PBXModel
import Primitives

/// Calls refused a short while ago, by which a caller's next try is known for one.
struct RecentRefusals: Sendable {
  private struct Entry {
    let call: Call.ID
    let caller: String
    let dialled: String
    let time: Instant
  }

  /// Refusals remembered, the latest ones.
  private static let entriesMax = 256
  private var entries: [Entry] = []

  var isEmpty: Bool { entries.isEmpty }

  mutating func note(_ call: Call, at now: Instant) {
    if entries.count >= Self.entriesMax { entries.removeFirst() }
    entries.append(Entry(call: call.id, caller: call.callerNumber, dialled: call.dialled, time: now))
  }

  /// The refused call that `call` tries again, if there is one; each is tried again once.
  mutating func takeRetried(by call: Call, within seconds: Int, at now: Instant) -> Call.ID? {
    entries.removeAll { now - $0.time > .seconds(Int64(seconds)) }
    guard !entries.isEmpty else { return nil }
    let (caller, dialled) = (call.callerNumber, call.dialled)
    guard let place = entries.lastIndex(where: { $0.caller == caller && $0.dialled == dialled }) else { return nil }
    return entries.remove(at: place).call
  }
}
