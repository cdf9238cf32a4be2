import HeapModule
public import Primitives

/// How often traffic is laid over itself, and how much later each copy runs.
public struct TrafficOverlay: Hashable, Sendable {
  /// Copies at most, the first included: what breaks no model a hundred times over breaks none.
  public static let copiesMax = 100
  /// Copies begin within so much of the first, so that all of them have the busy hour at about the same time.
  public static let windowSeconds: Int64 = 900
  /// Has no factor in common with the window, so that no two copies begin together.
  public static let shiftSecondsDefault: Int64 = 37

  /// 1 for the traffic as it is.
  public let copies: Int
  /// From one copy to the next, modulo the window.
  public let shift: Instant.Span

  /// Copies below 1 and above `copiesMax`, and shifts below 0 and above the window, are taken as these.
  public init(copies: Int = 1, shift: Instant.Span = .seconds(shiftSecondsDefault)) {
    self.copies = min(max(1, copies), Self.copiesMax)
    self.shift = min(max(.zero, shift), .seconds(Self.windowSeconds))
  }

  /// How much later than the trace the copy runs.
  ///
  /// - Parameter copy: from 0, which runs when the trace does.
  public func offset(of copy: Int) -> Instant.Span {
    let window = Instant.Span.seconds(Self.windowSeconds).nanoseconds
    return Instant.Span(nanoseconds: Int64(copy) * (shift.nanoseconds % window) % window)
  }

  /// How much later than the trace the last copy ends.
  public var longestOffset: Instant.Span { (0..<copies).map(offset).max() ?? .zero }
}

/// Hands on each step of the trace once for every copy, each at its own time, in the order of these.
///
/// Of each step no more is kept than until the last copy has come to it.
struct OverlaidSteps: Sendable {
  private struct Next: Comparable {
    let due: Instant
    let serial: Int
    let copy: Int
    static func < (left: Next, right: Next) -> Bool {
      (left.due, left.serial, left.copy) < (right.due, right.serial, right.copy)
    }
  }

  private static let stepsBetweenCleaning = 4096

  private let offsets: [Instant.Span]
  /// The serial number of each copy's next step.
  private var nexts: [Int]
  private var steps: [UseStep] = []
  /// The serial number of the first of `steps`.
  private var firstSerial = 0
  private var heads = Heap<Next>()

  init(_ overlay: TrafficOverlay) {
    offsets = (0..<overlay.copies).map(overlay.offset)
    nexts = offsets.map { _ in 0 }
  }

  mutating func append(_ step: UseStep) {
    let serial = firstSerial + steps.count
    steps.append(step)
    for copy in nexts.indices where nexts[copy] == serial { insert(copy, step) }
  }

  /// Hands on what is due by then.
  mutating func pass(until now: Instant, _ report: (_ copy: Int, UseStep, Instant) -> Void) {
    while let head = heads.min, head.due <= now {
      heads.removeMin()
      let step = steps[head.serial - firstSerial]
      nexts[head.copy] = head.serial + 1
      if head.serial + 1 - firstSerial < steps.count {
        insert(head.copy, steps[head.serial + 1 - firstSerial])
      }
      report(head.copy, step, head.due)
    }
    if steps.count >= Self.stepsBetweenCleaning { dropPassed() }
  }

  private mutating func insert(_ copy: Int, _ step: UseStep) {
    heads.insert(Next(due: step.time + offsets[copy], serial: nexts[copy], copy: copy))
  }

  private mutating func dropPassed() {
    let passed = (nexts.min() ?? firstSerial) - firstSerial
    guard passed * 2 >= steps.count else { return }
    steps.removeFirst(passed)
    firstSerial += passed
  }
}
