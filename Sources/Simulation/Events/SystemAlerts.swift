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

  private struct Raised {
    /// When it is restored; nil for one that waits for something to happen.
    var due: Instant?
    /// The time of its place in the queue, which may be earlier: a renewal does not touch the queue.
    var queued: Instant?
  }

  /// Events raised at once; one more is told of and not remembered.
  static let raisedMax = 100_000

  private var raised: [Key: Raised] = [:]
  private var deadlines = Heap<Deadline>()
  private var nextOrder = 0
  /// Nothing is restored before; the distant future where nothing waits. May be earlier than the first restoration.
  private(set) var soonest = Instant.distantFuture

  var isEmpty: Bool { raised.isEmpty }

  /// - Returns: whether it was not raised before.
  mutating func raise(_ key: Key, restoreAt due: Instant? = nil) -> Bool {
    if let place = raised.index(forKey: key) {
      set(place, due)
      return false
    }
    guard raised.count < Self.raisedMax else { return true }
    raised[key] = Raised(due: due, queued: due)
    if let due { enqueue(key, due) }
    return true
  }

  /// It will be restored then unless it is raised anew; one that is not raised stays so.
  mutating func settle(_ key: Key, at due: Instant) {
    guard let place = raised.index(forKey: key), raised.values[place].due == nil else { return }
    set(place, due)
  }

  /// - Returns: whether it was raised.
  mutating func restore(_ key: Key) -> Bool {
    guard !raised.isEmpty else { return false }
    return raised.removeValue(forKey: key) != nil
  }

  /// The next one whose time is up at `now`, no longer raised.
  mutating func popDue(at now: Instant) -> (key: Key, due: Instant)? {
    defer { soonest = deadlines.min?.due ?? .distantFuture }
    while let first = deadlines.min, first.due <= now {
      deadlines.removeMin()
      guard let place = raised.index(forKey: first.key), raised.values[place].queued == first.due else { continue }
      raised.values[place].queued = nil
      guard let due = raised.values[place].due else { continue }
      guard due <= first.due else {
        set(place, due)
        continue
      }
      raised.remove(at: place)
      return (first.key, due)
    }
    return nil
  }

  private mutating func set(_ place: Dictionary<Key, Raised>.Index, _ due: Instant?) {
    raised.values[place].due = due
    guard let due else { return }
    if let queued = raised.values[place].queued, queued <= due { return }
    raised.values[place].queued = due
    enqueue(raised.keys[place], due)
  }

  private mutating func enqueue(_ key: Key, _ due: Instant) {
    nextOrder += 1
    deadlines.insert(Deadline(due: due, order: nextOrder, key: key))
    soonest = min(soonest, due)
    dropOldDeadlines()
  }

  /// What is restored before its time leaves a deadline behind; the queue must not grow with them.
  private mutating func dropOldDeadlines() {
    guard deadlines.count > 2 * raised.count + 1024 else { return }
    let pending = raised.compactMap { key, raised in raised.queued.map { (key, $0) } }
      .sorted { ($0.1, $0.0.name.rawValue, $0.0.subject.text) < ($1.1, $1.0.name.rawValue, $1.0.subject.text) }
    deadlines = Heap(pending.enumerated().map { Deadline(due: $1.1, order: $0, key: $1.0) })
  }
}
