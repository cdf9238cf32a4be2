import ApplianceAPI
import Primitives
import Testing

@Suite struct RealTimeCDRTests {
  private let now = Instant(seconds: 100)

  /// Numbers of the records as a receiver that is there gets them.
  private func received(_ output: inout RealTimeCDR) -> [Int] {
    var numbers: [Int] = []
    while let record = output.next(at: now) {
      numbers.append(record.number)
      output.delivered(record)
    }
    return numbers
  }

  @Test func recordsComeInTheirOrder() {
    var output = RealTimeCDR()
    for _ in 0..<5 { output.add([1]) }
    #expect(received(&output) == [1, 2, 3, 4, 5])
    #expect(output.counts.told == 5)
    #expect(output.waitingCount == 0)
  }

  @Test func whatIsNotDeliveredIsSentAgain() {
    var output = RealTimeCDR()
    output.add([1])
    #expect(output.next(at: now)?.number == 1)
    output.failed(at: now)
    #expect(output.next(at: now) == nil)
    #expect(output.next(at: now + .seconds(1))?.number == 1)
  }

  @Test func thePauseGrowsWithEachFailureAndEndsWithASuccess() {
    var output = RealTimeCDR()
    output.add([1])
    output.failed(at: now)
    output.failed(at: now)
    #expect(output.next(at: now + .seconds(1)) == nil)
    #expect(output.next(at: now + .seconds(2))?.number == 1)
    for _ in 0..<20 { output.failed(at: now) }
    #expect(output.next(at: now + .seconds(59)) == nil)
    #expect(output.next(at: now + .seconds(60))?.number == 1)
    for record in [output.next(at: now + .seconds(60))].compactMap(\.self) { output.delivered(record) }
    output.add([2])
    #expect(output.next(at: now)?.number == 2)
  }

  @Test func tenThousandRecordsWaitAndTheOldestMakeRoom() {
    var output = RealTimeCDR()
    for _ in 0..<10_005 { output.add([1]) }
    #expect(output.waitingCount == 10_000)
    #expect(output.counts.lost == 5)
    #expect(output.next(at: now)?.number == 6)
  }

  @Test func memoryFollowsWhatWaits() {
    var output = RealTimeCDR()
    for _ in 0..<50_000 {
      output.add([1])
      for record in [output.next(at: now)].compactMap(\.self) { output.delivered(record) }
    }
    #expect(output.waitingCount == 0)
    #expect(output.counts.told == 50_000)
  }

  @Test func duplicatesAreSentTwice() {
    var faults = RealTimeCDR.Faults()
    faults.duplicatesEvery = 2
    var output = RealTimeCDR(faults: faults)
    for _ in 0..<4 { output.add([1]) }
    #expect(received(&output) == [1, 2, 2, 3, 4, 4])
  }

  @Test func neighboursChangePlaces() {
    var faults = RealTimeCDR.Faults()
    faults.swapsEvery = 2
    var output = RealTimeCDR(faults: faults)
    for _ in 0..<5 { output.add([1]) }
    #expect(received(&output) == [1, 3, 2, 5, 4])
  }

  @Test func aDeliveryThatIsNotInFrontChangesNothing() {
    var output = RealTimeCDR()
    for _ in 0..<2 { output.add([1]) }
    if let record = output.next(at: now) {
      output.delivered(record)
      output.delivered(record)
    }
    #expect(received(&output) == [2])
  }
}
