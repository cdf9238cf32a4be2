import HardwareProfiles
import PBXModel
import Primitives
import Testing

@testable import Reports
@testable import Simulation

/// The picture of use against limits: labels that can be read, times of the site's clock, and a document that is whole.
@Suite struct SizingPictureTests {
  private let berlin = SiteTimeZone(
    name: "Europe/Berlin",
    offsets: [
      .init(since: Instant(seconds: 0), offsetSeconds: 3600),
      .init(since: Instant(seconds: 1_774_746_000), offsetSeconds: 7200),
    ])

  @Test(arguments: [
    ([10, 12, 14], [10, 26, 42]), ([10, 50, 90], [10, 50, 90]), ([290, 295, 300], [268, 284, 300]), ([], []),
    ([300], [300]), ([5, 5, 5], [5, 21, 37]),
  ])
  func labelsNeverLieOverEachOther(places: [Int], spread: [Int]) {
    #expect(SizingPanel.spread(places, top: 0, bottom: 300, gap: 16) == spread)
  }

  @Test(arguments: [(1, 1), (10, 1), (11, 2), (22, 5), (50, 5), (100, 10), (450, 50), (2999, 500), (Int.max, Int.max)])
  func theScaleHasRoundSteps(most: Int, step: Int) {
    let found = SizingPanel.roundStep(most)
    #expect(most == .max || found == step)
    #expect(most / found <= 10)
  }

  private func series(from: Int64, seconds: Int64) -> LevelSeries {
    var series = LevelSeries()
    series.note(1, from: Instant(seconds: from), to: Instant(seconds: from + seconds))
    return series
  }

  @Test(arguments: [1, 59, 600, 3600, 40_000, 86_400 * 3, 86_400 * 400, 86_400 * 30_000] as [Int64])
  func thereAreAFewTicksWhateverTheLength(seconds: Int64) throws {
    let axis = try #require(TimeAxis(series(from: 1_795_132_807, seconds: seconds), timeZone: berlin))
    #expect((1...10).contains(axis.ticks.count))
    #expect(axis.ticks.allSatisfy { (0...1).contains($0.share) })
    #expect(axis.ticks.first?.date != nil)
  }

  @Test func ticksAreRoundOnTheSitesClockBeforeAndAfterItChanges() throws {
    // Four hours around 01:00 UTC of 29 March 2026, when Berlin goes from +1 to +2.
    let axis = try #require(TimeAxis(series(from: 1_774_746_000 - 7200, seconds: 14_399), timeZone: berlin))
    let times = ["00:00", "00:30", "01:00", "01:30", "03:00", "03:30", "04:00", "04:30", "05:00"]
    #expect(axis.ticks.map(\.time) == times)
  }

  @Test func anEmptySeriesHasNoAxis() { #expect(TimeAxis(LevelSeries(), timeZone: berlin) == nil) }

  private func report(models: [Profile], inputs: [String], use: TrafficUse? = nil) -> SizingReport {
    let use = use ?? TrafficUse(overlay: TrafficOverlay(), copiesSearched: 0, timeZone: berlin)
    return SizingReport(
      toolVersion: "0", inputs: inputs, siteName: nil, pbx: "unknown", timeZone: berlin,
      sizing: Sizing(use, site: Site(), profiles: models), assumptions: [:])
  }

  @Test func hostileNamesStayText() {
    let model = Profile(
      model: "<script>\"&'", family: Family(name: "f", displayName: "f"),
      limits: [
        .concurrentCalls: Limit(value: 3, unit: .calls, source: "<b>", certainty: .assumed, confidence: .low)
      ])
    let report = report(models: [model], inputs: ["</title><script>\u{202e}.pcap"])
    let svg = SizingSVG(report).text
    #expect(!svg.contains("<script>") && !svg.contains("\u{202e}"))
    #expect(svg.contains("nothing was in use"))
    #expect(svg.hasSuffix("</svg>\n"))
    #expect(report.text().contains("none: the traces show no event"))
  }

  @Test func sixteenModelsHaveSixteenLabelsApart() throws {
    let models = (1...16).map { number in
      Profile(
        model: "BOX\(number)", family: Family(name: "f", displayName: "f"),
        limits: [
          .concurrentCalls: Limit(
            value: 100 + number, unit: .calls, source: "s", certainty: .assumed, confidence: .low)
        ])
    }
    var use = TrafficUse(overlay: TrafficOverlay(), copiesSearched: 0, timeZone: berlin)
    use.apply(
      UseStep(time: Instant(seconds: 1_795_132_807), subject: .resource(.calls), delta: 100), of: 0,
      at: Instant(seconds: 1_795_132_807))
    use.first = Instant(seconds: 1_795_132_807)
    use.finish(at: Instant(seconds: 1_795_136_407))
    let svg = SizingSVG(report(models: models, inputs: ["t.pcap"], use: use)).text
    for number in 1...16 { #expect(svg.contains("\(100 + number)  BOX\(number)<")) }
  }

  @Test(arguments: [
    (0.0, "0.00"), (0.005, "0.01"), (12.345, "12.35"), (-1.5, "-1.50"), (99.999, "100.00"), (1e300, "∞"),
    (-1e300, "-∞"),
  ])
  func numbersHaveTwoDigits(value: Double, text: String) { #expect(FixedPoint.hundredths(value) == text) }
}
