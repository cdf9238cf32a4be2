import Primitives
import Testing

@testable import Simulation

@Suite struct LevelSeriesTests {
  private func at(_ seconds: Int64) -> Instant { Instant(seconds: seconds) }

  @Test func everySecondHasItsHighestLevel() {
    var series = LevelSeries()
    series.note(2, from: at(100), to: at(102))
    series.note(5, from: at(101), to: at(101))
    #expect(series.maxima == [2, 5, 2])
    #expect(series.start == at(100))
    #expect(series.length == .seconds(1))
  }

  @Test func timeMayGoOnBeforeTheFirst() {
    var series = LevelSeries()
    series.note(1, from: at(100), to: at(100))
    series.note(3, from: at(97), to: at(97))
    #expect(series.maxima == [3, 0, 0, 1])
    #expect(series.start == at(97))
  }

  @Test func twoInTheWrongOrderAreOneAtTheLater() {
    var series = LevelSeries()
    series.note(4, from: at(9), to: at(5))
    #expect(series.maxima == [4])
    #expect(series.start == at(5))
  }

  @Test(arguments: [1, 1999, 2000, 2001, 86_400, 31_536_000] as [Int64])
  func itNeverHasMoreStretchesThanAllowedAndLosesNoPeak(length: Int64) {
    var series = LevelSeries()
    series.note(1, from: at(7), to: at(7 + length))
    series.note(9, from: at(7 + length / 2), to: at(7 + length / 2))
    #expect(series.maxima.count <= LevelSeries.bucketsMax)
    #expect(series.maxima.max() == 9)
    #expect(series.maxima.min() == 1)
    let end = series.start + Instant.Span(nanoseconds: series.length.nanoseconds * Int64(series.maxima.count))
    #expect(series.start <= at(7) && at(7 + length) < end)
  }

  @Test func allTheTimeThereIsFits() {
    var series = LevelSeries()
    series.note(1, from: Instant(nanoseconds: .min), to: Instant(nanoseconds: .min))
    series.note(2, from: .distantFuture, to: .distantFuture)
    #expect(series.maxima.count <= LevelSeries.bucketsMax)
    #expect(series.maxima.first == 1 && series.maxima.last == 2)
  }
}
