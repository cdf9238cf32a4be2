public import ApplianceWeb
import DequeModule
import PBXModel
import Primitives
import Synchronization

/// Holds the rows that two models write for the same calls against one another, as they come.
public final class RowPairing: Sendable {
  fileprivate struct State {
    var comparison = ModelComparison()
    /// Rows of one model whose call the other has none of yet.
    var waiting: [Call.ID: (side: Tandem.Side, session: CDRSession)] = [:]
    var order: Deque<Call.ID> = []
  }

  private let state = Mutex(State())

  /// Calls that may wait for the other model's rows; the oldest then count as one model's alone.
  private static let waitingMax = 10_000
  fileprivate static let latestMax = 100

  /// Nothing written yet.
  public init() {}

  /// Both replays begin again.
  public func restart() { state.withLock { $0 = State() } }

  func note(_ side: Tandem.Side, _ call: Call.ID, _ session: CDRSession) {
    state.withLock { state in
      guard let known = state.waiting[call] else {
        state.waiting[call] = (side, session)
        state.order.append(call)
        state.giveUp(beyond: Self.waitingMax)
        return
      }
      guard known.side != side else { return }
      state.waiting[call] = nil
      let (first, second) = side == .leader ? (session, known.session) : (known.session, session)
      guard let text = Self.difference(first, second) else { return state.comparison.same += 1 }
      state.comparison.different += 1
      state.add(ModelComparison.Difference(first, text), latestMax: Self.latestMax)
    }
  }

  /// As it stands; rows that still wait for the other model's count as one model's alone.
  public var comparison: ModelComparison {
    state.withLock { state in
      var state = state
      state.giveUp(beyond: 0)
      return state.comparison
    }
  }

  /// What differs, the first two things; nil for nothing but numbering.
  static func difference(_ one: CDRSession, _ other: CDRSession) -> String? {
    let (rows, others) = (one.rows, other.rows)
    guard rows.count == others.count else { return "rows \(rows.count) / \(others.count)" }
    var found: [String] = []
    for (place, (row, other)) in zip(rows, others).enumerated() {
      for (name, text) in fields where text(row) != text(other) {
        found.append((rows.count > 1 ? "row \(place + 1): " : "") + "\(name) \(text(row)) / \(text(other))")
      }
    }
    guard !found.isEmpty else { return nil }
    return found.prefix(2).joined(separator: "; ") + (found.count > 2 ? "; and \(found.count - 2) more" : "")
  }

  /// What does not follow from how many rows and channels there were before.
  private static let fields: [(name: String, text: @Sendable (CDRRecord) -> String)] = [
    ("status", { $0.disposition.rawValue }), ("from", { $0.src }), ("to", { $0.dst }), ("action", { $0.actionType }),
    ("type", { $0.userfield.rawValue }), ("duration", { "\($0.durationSeconds)" }),
    ("talk time", { "\($0.billsecSeconds)" }), ("answered by", { $0.dstanswer }), ("caller name", { $0.callerName }),
    ("source trunk", { $0.srcTrunkName }), ("destination trunk", { $0.dstTrunkName }), ("application", { $0.lastapp }),
  ]
}

extension RowPairing.State {
  fileprivate mutating func giveUp(beyond most: Int) {
    while waiting.count > most, let oldest = order.popFirst() {
      guard let (side, session) = waiting.removeValue(forKey: oldest) else { continue }
      if side == .leader { comparison.onlyFirst += 1 } else { comparison.onlySecond += 1 }
      add(
        ModelComparison.Difference(session, side == .leader ? "rows / none" : "none / rows"),
        latestMax: RowPairing.latestMax)
    }
    // Calls whose rows have met are forgotten in passing.
    while let oldest = order.first, waiting[oldest] == nil { order.removeFirst() }
  }

  fileprivate mutating func add(_ difference: ModelComparison.Difference, latestMax: Int) {
    if difference.time < comparison.earliest?.time ?? .distantFuture { comparison.earliest = difference }
    if comparison.latest.count >= latestMax { comparison.latest.removeFirst() }
    comparison.latest.append(difference)
  }
}

extension ModelComparison.Difference {
  fileprivate init(_ session: CDRSession, _ text: String) {
    self.init(time: session.first.start, caller: session.first.src, callee: session.first.dst, text: text)
  }
}
