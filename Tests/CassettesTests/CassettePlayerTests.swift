import CRMConnectors
import Cassettes
import Testing

@Suite struct CassettePlayerTests {
  private static func player(
    _ exchanges: [(CRMRequest, CRMAnswer)], people: CassetteRedaction.People = .keep
  ) throws -> CassettePlayer {
    CassettePlayer(try Cassette(reading: Traffic.cassette(exchanges, people: people), path: "c.jsonl"))
  }

  @Test func whatWasRecordedIsPlayed() throws {
    var player = try Self.player([
      (Traffic.token(), Traffic.tokenAnswer), (Traffic.search("%2B493000002011"), Traffic.found),
      (Traffic.search("%2B1"), .unreachable(.timedOut)),
    ])
    #expect(try player.answer(Traffic.token()).get().text.contains("redacted-access-token-1"))
    #expect(try player.answer(Traffic.search("%2B493000002011")).get() == Traffic.found)
    #expect(try player.answer(Traffic.search("%2B1")).get() == .unreachable(.timedOut))
    #expect(player.leftover == nil)
  }

  @Test func theSameQuestionGetsItsAnswersInTheirOrder() throws {
    var player = try Self.player([
      (Traffic.search("1"), Traffic.miss), (Traffic.search("2"), Traffic.miss), (Traffic.search("1"), Traffic.found),
    ])
    #expect(try player.answer(Traffic.search("1")).get() == Traffic.miss)
    #expect(try player.answer(Traffic.search("1")).get() == Traffic.found)
    #expect(throws: CassetteMismatch.self) { try player.answer(Traffic.search("1")).get() }
    #expect(player.leftover?.contains("1 recorded request was never made, the first in line 3") == true)
  }

  @Test func orderOfMembersAndSecretsDoNotMatter() throws {
    var player = try Self.player([(Traffic.create(#"{"data":[{"a":1,"b":"x"}]}"#), Traffic.miss)])
    #expect(try player.answer(Traffic.create(#"{"data": [{"b":"x", "a":1}]}"#)).get() == Traffic.miss)
  }

  @Test func aMismatchShowsTheClosestRequestAndWhatDiffers() throws {
    var player = try Self.player([
      (Traffic.token(), Traffic.tokenAnswer), (Traffic.search("4930123"), Traffic.miss),
    ])
    let error = #expect(throws: CassetteMismatch.self) { try player.answer(Traffic.search("4930923")).get() }
    #expect(
      error?.description == """
        request 1 (search) was not recorded; the closest is in line 3:
          wanted    GET www.zohoapis.com/crm/v2/Contacts/search?phone=4930923
          recorded  GET www.zohoapis.com/crm/v2/Contacts/search?phone=4930123
                                                                          ^
        """)
  }

  @Test func anEmptyCassetteHasNothingClosest() throws {
    var player = try Self.player([])
    let error = #expect(throws: CassetteMismatch.self) { try player.answer(Traffic.search("1")).get() }
    #expect(error?.description.contains("nothing is left on the cassette") == true)
  }

  @Test func withPseudonymsTheNumberAskedForComesBackAndTheNameDoesNot() throws {
    var player = try Self.player([(Traffic.search("%2B493000002011"), Traffic.found)], people: .pseudonyms)
    let answer = try player.answer(Traffic.search("%2B493000002011")).get().text
    #expect(answer.contains("+49 30 0000-2011") && !answer.contains("Hansen"))
  }

  /// Whatever the traffic, no secret of it is on the cassette.
  @Test(arguments: CassetteRedaction.People.allCases)
  func noSecretByteIsOnACassette(people: CassetteRedaction.People) {
    let echo = Traffic.json(400, #"{"message":"token \#(Traffic.secrets[2]) of \#(Traffic.secrets[0]) is invalid"}"#)
    let text = String(
      decoding: Traffic.cassette(
        [
          (Traffic.token(), Traffic.tokenAnswer), (Traffic.search("%2B493000002011"), Traffic.found),
          (Traffic.create(#"{"data":[{"Last_Name":"Hansen"}]}"#), echo), (Traffic.token(), echo),
        ], people: people), as: UTF8.self)
    for secret in Traffic.secrets { #expect(!text.contains(secret), "\(text)") }
    for name in Traffic.people { #expect(text.contains(name) == (people == .keep), "\(name)") }
  }
}
