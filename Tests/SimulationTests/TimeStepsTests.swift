import Primitives
import Simulation
import Testing

@Suite struct TimeStepsTests {
  private let times = (1...5).map { Instant(seconds: $0, nanoseconds: 0) }

  @Test func theEarlierOfAnswerAndTimerComesFirst() {
    var steps = TimeSteps()
    #expect(steps.next(until: times[4], answer: times[2], wakeUp: times[1]) == .wakeUp(times[1]))
    #expect(steps.next(until: times[4], answer: times[2], wakeUp: times[3]) == .answers(times[2]))
  }

  @Test func anAnswerComesBeforeATimerOfItsTime() {
    var steps = TimeSteps()
    #expect(steps.next(until: times[4], answer: times[1], wakeUp: times[1]) == .answers(times[1]))
  }

  @Test func nothingThatIsDueLaterIsTaken() {
    var steps = TimeSteps()
    #expect(steps.next(until: times[0], answer: times[1], wakeUp: times[2]) == nil)
    #expect(steps.next(until: times[0], answer: nil, wakeUp: nil) == nil)
  }

  @Test func aTimerThatDoesNotMoveOnIsWokenOnce() {
    var steps = TimeSteps()
    #expect(steps.next(until: times[4], answer: nil, wakeUp: times[1]) == .wakeUp(times[1]))
    #expect(steps.next(until: times[4], answer: nil, wakeUp: times[1]) == nil)
    #expect(steps.next(until: times[4], answer: times[3], wakeUp: times[1]) == .answers(times[3]))
  }
}
