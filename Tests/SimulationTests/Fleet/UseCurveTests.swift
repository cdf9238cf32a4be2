import Primitives
import Simulation
import TestSupport
import Testing

/// The line of use over time: the most of each step, in a bounded number of steps.
@Suite struct UseCurveTests {
  private func curve(_ levels: [(second: Double, level: Int)], end: Double) -> UseCurve {
    var curve = UseCurve()
    for (second, level) in levels { curve.note(level, at: moment(second)) }
    curve.finish(at: moment(end))
    return curve
  }

  @Test func everyStepShowsTheMostThatWasInUseInIt() {
    let curve = curve([(0, 1), (0.2, 4), (0.9, 2), (3.5, 0), (4, 1)], end: 6)
    #expect(curve.most == [4, 2, 2, 2, 1, 1, 1])
    #expect(curve.start == moment(0))
  }

  @Test func stepsDoubleRatherThanBecomeMore() {
    let curve = curve((0...5000).map { (Double($0), $0 == 4321 ? 77 : 1) }, end: 5000)
    #expect(curve.most.count <= UseCurve.stepsMax)
    #expect(curve.step == .seconds(8))
    #expect(curve.most.max() == 77)
    #expect(curve.most[4321 / 8] == 77)
  }

  @Test func centuriesBetweenTwoCallsCostNothing() {
    var curve = UseCurve()
    curve.note(1, at: Instant(nanoseconds: .min))
    curve.note(2, at: .distantFuture)
    #expect(curve.most.count <= UseCurve.stepsMax)
    #expect(curve.most.max() == 2)
  }

  @Test func aClockThatIsPutBackDrawsWhatItReachesAgain() {
    let curve = curve([(10, 1), (15, 3), (12, 5), (2, 9), (16, 0)], end: 17)
    #expect(curve.most == [1, 1, 5, 1, 1, 3, 9, 0])
  }

  @Test func nothingNotedIsNothing() {
    #expect(curve([], end: 9).most.isEmpty)
  }
}
