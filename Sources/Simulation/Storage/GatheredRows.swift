import PBXModel
import Primitives

/// Rows of ended calls that are not durable yet: a power cut takes them.
struct GatheredRows: Sendable {
  /// One call's rows.
  struct Entry: Sendable {
    /// nil in a run whose rows nobody reads.
    let draft: CDRDraft?
    let rows: Int
    /// Of the last row.
    let start: Instant
  }

  private let commit: CDRCommit
  private(set) var entries: [Entry] = []
  private(set) var rows = 0
  /// When they become durable at the latest; nil while none is gathered.
  private(set) var due: Instant?

  init(commit: CDRCommit) { self.commit = commit }

  /// Whether these rows, and all gathered before them, become durable with this.
  mutating func add(_ entry: Entry, at now: Instant) -> Bool {
    entries.append(entry)
    rows += entry.rows
    switch commit {
    case .eachCall: return true
    case .batch(let most, let seconds):
      if due == nil { due = now + .seconds(Int64(seconds)) }
      return rows >= most
    }
  }

  /// Nothing is gathered any more.
  mutating func clear() { takeAll { _ in } }

  /// Hands over what is gathered, in its order; then nothing is any more.
  mutating func takeAll(_ take: (Entry) -> Void) {
    guard rows > 0 else { return }
    entries.reverse()
    while let entry = entries.popLast() { take(entry) }
    rows = 0
    due = nil
  }
}
