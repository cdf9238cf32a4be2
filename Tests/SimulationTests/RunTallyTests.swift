import Simulation
import Testing

@Suite struct RunTallyTests {
  @Test func everyAssumptionIsCountedByItself() {
    for assumption in Assumption.allCases {
      var tally = RunTally()
      tally.leanOn(assumption, times: 2)
      tally.leanOn(assumption)
      #expect(tally.assumptions == [assumption: 3])
    }
  }

  @Test func leaningNoTimesOrFewerIsNotCounted() {
    var tally = RunTally()
    tally.leanOn(.crmLatency, times: 0)
    tally.leanOn(.crmLatency, times: -1)
    #expect(tally.assumptions.isEmpty)
  }
}
