import CRMConnectors
import Cassettes
import Testing

@Suite struct CassetteComparisonTests {
  private static func differences(_ live: CRMAnswer, recorded: CRMAnswer) throws -> [String] {
    let bytes = Traffic.cassette([(Traffic.search("1"), recorded)])
    var comparison = CassetteComparison(try Cassette(reading: bytes, path: "c.jsonl"))
    let ticket = comparison.begin(Traffic.search("1"))
    return comparison.differences(live, to: ticket)
  }

  @Test func idsTimesAndTokensMayBeNew() throws {
    let recorded = Traffic.json(201, #"{"data":[{"id":"1","Created_Time":"2026-01-01T00:00:00Z","code":"SUCCESS"}]}"#)
    let live = Traffic.json(201, #"{"data":[{"id":"22","Created_Time":"2026-02-01T00:00:00Z","code":"SUCCESS"}]}"#)
    #expect(try Self.differences(live, recorded: recorded) == [])
  }

  @Test(arguments: [
    (Traffic.miss, "status 204, recorded 200"),
    (CRMAnswer.unreachable(.timedOut), "unreachable timedOut, recorded status 200"),
    (Traffic.json(200, #"{"data":[{"id":"1","name":"y"}]}"#), #"data[0].name: "y", recorded "x""#),
    (Traffic.json(200, #"{"data":[{"id":1,"name":"x"}]}"#), "data[0].id: 1, recorded \"1\""),
    (Traffic.json(200, #"{"data":[{"id":"1"}]}"#), "data[0].name: is missing, was recorded"),
    (Traffic.json(200, #"{"data":[]}"#), "data: 0 elements, recorded 1"),
    (Traffic.json(200, #"{"data":[{"id":"1","name":"x","new":1}]}"#), "data[0].new: was not recorded"),
    (Traffic.json(200, "<html>"), "the body is another one (6 bytes, recorded 32)"),
  ])
  func whatDiffersIsToldWithItsPlace(live: CRMAnswer, expected: String) throws {
    let found = try Self.differences(live, recorded: Traffic.json(200, #"{"data":[{"id":"1","name":"x"}]}"#))
    #expect(found.contains { $0.contains(expected) }, "\(found)")
  }

  @Test func aRequestThatWasNotRecordedIsADifference() throws {
    var comparison = CassetteComparison(try Cassette(reading: Traffic.cassette([]), path: "c.jsonl"))
    let ticket = comparison.begin(Traffic.search("1"))
    #expect(comparison.differences(Traffic.miss, to: ticket).first?.contains("was not recorded") == true)
  }
}
