public import Primitives

/// When the simulated appliance loses its power.
public enum PowerCut: Hashable, Sendable {
  /// At an instant of the trace's clock.
  case at(Instant)
  /// Behind the so-manieth event of the trace model, counted from 1.
  case afterEvent(Int)
}

/// The power failures of a run that are still to come.
struct PowerCutSchedule {
  private var instants: [Instant]
  private let events: Set<Int>
  private var eventsDelivered = 0

  init(_ cuts: [PowerCut]) {
    instants = cuts.compactMap { cut in
      switch cut {
      case .at(let instant): instant
      case .afterEvent: nil
      }
    }.sorted(by: >)
    events = Set(
      cuts.compactMap { cut in
        switch cut {
        case .at: nil
        case .afterEvent(let number): number
        }
      })
  }

  /// The next at `now` or before; each is given once.
  mutating func popDue(at now: Instant) -> Instant? {
    guard let next = instants.last, next <= now else { return nil }
    return instants.removeLast()
  }

  /// Whether the power fails behind the event that was delivered just now.
  mutating func countEvent() -> Bool {
    eventsDelivered += 1
    return !events.isEmpty && events.contains(eventsDelivered)
  }

  /// What never came, for a notice; empty when every failure did.
  var missed: [String] {
    instants.reversed().map { "no power failure at \($0.iso8601): the trace ended before" }
      + events.filter { $0 > eventsDelivered || $0 < 1 }.sorted()
      .map { "no power failure behind event \($0): the trace has \(eventsDelivered)" }
  }
}
