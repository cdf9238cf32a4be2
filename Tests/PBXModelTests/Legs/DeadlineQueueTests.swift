import Primitives
import Testing

@testable import PBXModel

@Suite struct DeadlineQueueTests {
  @Test func `deadlines come out soonest first, those of one instant by leg and slot`() {
    var queue = DeadlineQueue()
    var random = SeededGenerator(seed: 7)
    var pushed: [(due: Int64, leg: Int, slot: Int)] = []
    for _ in 0..<1000 {
      let entry = (
        due: Int64.random(in: 0..<50, using: &random), leg: Int.random(in: 1..<9, using: &random),
        slot: Int.random(in: 0..<9, using: &random)
      )
      pushed.append(entry)
      queue.push(Instant(seconds: entry.due), slot: entry.slot, leg: Leg.ID(rawValue: entry.leg))
    }
    for entry in pushed.sorted(by: <) {
      #expect(queue.soonest == Instant(seconds: entry.due))
      let popped = queue.popDue(at: .distantFuture)
      #expect(popped?.leg.rawValue == entry.leg && popped?.slot == entry.slot)
    }
    #expect(queue.popDue(at: .distantFuture) == nil && queue.soonest == .distantFuture)
  }

  @Test func `deadlines a short and a long span ahead come out in order, and late ones among them`() {
    var queue = DeadlineQueue()
    var random = SeededGenerator(seed: 11)
    var waiting: [(due: Int64, leg: Int)] = []
    for now in Int64(0)..<2000 {
      let span: Int64 =
        [32, 32, 600, 600, Int64.random(in: 1..<700, using: &random)].randomElement(using: &random) ?? 0
      waiting.append((now + span, Int(now)))
      queue.push(Instant(seconds: now + span), slot: 0, leg: Leg.ID(rawValue: Int(now)))
      waiting.sort(by: <)
      while let first = waiting.first, first.due <= now {
        #expect(queue.soonest == Instant(seconds: first.due))
        #expect(queue.popDue(at: Instant(seconds: now))?.leg.rawValue == first.leg)
        waiting.removeFirst()
      }
      #expect(queue.popDue(at: Instant(seconds: now)) == nil)
    }
  }

  @Test func `nothing comes out before its time`() {
    var queue = DeadlineQueue()
    #expect(queue.popDue(at: .distantFuture) == nil)
    queue.push(Instant(seconds: 20), slot: 0, leg: Leg.ID(rawValue: 1))
    queue.push(Instant(seconds: 10), slot: 1, leg: Leg.ID(rawValue: 2))
    #expect(queue.popDue(at: Instant(seconds: 9)) == nil)
    #expect(queue.popDue(at: Instant(seconds: 10))?.slot == 1)
    #expect(queue.popDue(at: Instant(seconds: 10)) == nil)
    #expect(queue.soonest == Instant(seconds: 20))
  }
}
