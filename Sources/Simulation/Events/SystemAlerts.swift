import HeapModule
import Primitives

/// Which system events are raised, so that each is raised once and restored once.
struct SystemAlerts: Sendable {
  /// What an event is about.
  enum Subject: Hashable, Sendable {
    case appliance
    case account(String)
    case trunk(String)

    fileprivate var text: String {
      switch self {
      case .appliance: ""
      case .account(let number): "a" + number
      case .trunk(let name): "t" + name
      }
    }
  }

  struct Key: Hashable, Sendable {
    let name: SystemEvent.Name
    let subject: Subject
  }

  private struct Deadline: Comparable {
    let due: Instant
    let order: Int
    let key: Key
    static func < (left: Deadline, right: Deadline) -> Bool { (left.due, left.order) < (right.due, right.order) }
  }

  /// Events raised at once; one more is told of and not remembered.
  static let raisedMax = 100_000

  /// When each is restored; nil for one that waits for something to happen.
  private var raised: [Key: Instant?] = [:]
  private var deadlines = Heap<Deadline>()
  private var nextOrder = 0

  var isEmpty: Bool { raised.isEmpty }

  /// - Returns: whether it was not raised before.
  mutating func raise(_ key: Key, restoreAt due: Instant? = nil) -> Bool {
    let isNew = raised[key] == nil
    guard !isNew || raised.count < Self.raisedMax else { return true }
    set(key, due)
    return isNew
  }

  /// It will be restored then unless it is raised anew; one that is not raised stays so.
  mutating func settle(_ key: Key, at due: Instant) {
    if let pending = raised[key], pending == nil { set(key, due) }
  }

  /// - Returns: whether it was raised.
  mutating func restore(_ key: Key) -> Bool {
    guard !raised.isEmpty else { return false }
    return raised.removeValue(forKey: key) != nil
  }

  /// The next one whose time is up at `now`, no longer raised.
  mutating func popDue(at now: Instant) -> (key: Key, due: Instant)? {
    while let first = deadlines.min, first.due <= now {
      deadlines.removeMin()
      guard let due = raised[first.key], due == first.due else { continue }
      raised[first.key] = nil
      return (first.key, first.due)
    }
    return nil
  }

  private mutating func set(_ key: Key, _ due: Instant?) {
    raised[key] = .some(due)
    guard let due else { return }
    nextOrder += 1
    deadlines.insert(Deadline(due: due, order: nextOrder, key: key))
    dropOldDeadlines()
  }

  /// Each renewal leaves a deadline behind; the queue must not grow with them.
  private mutating func dropOldDeadlines() {
    guard deadlines.count > 2 * raised.count + 1024 else { return }
    let pending = raised.compactMap { key, due in due.map { (key, $0) } }
      .sorted { ($0.1, $0.0.name.rawValue, $0.0.subject.text) < ($1.1, $1.0.name.rawValue, $1.0.subject.text) }
    deadlines = Heap(pending.enumerated().map { Deadline(due: $1.1, order: $0, key: $1.0) })
  }
}
