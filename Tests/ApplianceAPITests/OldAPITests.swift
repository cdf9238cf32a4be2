import ApplianceAPI
import HTTPTypes
import JSON
import Primitives
import Testing

@Suite struct OldAPITests {
  private func text(_ answer: DoorAnswer) -> String { String(decoding: answer.body, as: UTF8.self) }

  @Test func aDigestIsAskedForAndTaken() {
    var doors = DoorsUnderTest()
    let first = doors.get("/cdrapi?format=json")
    #expect(first.response.status.code == 401)
    #expect(first.response.headerFields[.wwwAuthenticate]?.hasPrefix("Digest realm=\"grandstream\"") == true)
    let answer = doors.getWithDigest("/cdrapi?format=json")
    #expect(answer.response.status.code == 200)
    #expect(text(answer) == "json rows")
  }

  @Test func aWrongPasswordIsAskedAgain() {
    var doors = DoorsUnderTest()
    #expect(doors.getWithDigest("/cdrapi", password: "guess").response.status.code == 401)
  }

  @Test func aDigestWithoutQualityOfProtectionIsTakenToo() {
    var doors = DoorsUnderTest()
    let nonce = doors.nonce(doors.get("/cdrapi"))
    let first = doors.md5("cdrapi:grandstream:" + DoorsUnderTest.password)
    let response = doors.md5("\(first):\(nonce):" + doors.md5("GET:/cdrapi"))
    let header =
      "Digest username=\"cdrapi\", realm=\"grandstream\", nonce=\"\(nonce)\", uri=\"/cdrapi\", response=\"\(response)\""
    #expect(doors.get("/cdrapi", authorization: header).response.status.code == 200)
    #expect(doors.get("/cdrapi", authorization: header).response.status.code == 401)
  }

  @Test func aNonceGoesOnWithItsCountAndNoAnswerIsGivenTwice() {
    var doors = DoorsUnderTest()
    let nonce = doors.nonce(doors.get("/cdrapi"))
    #expect(doors.get("/cdrapi", authorization: doors.digest(for: "/cdrapi", nonce: nonce)).response.status == .ok)
    let again = doors.get("/cdrapi", authorization: doors.digest(for: "/cdrapi", nonce: nonce))
    #expect(again.response.headerFields[.wwwAuthenticate]?.contains("stale=true") == true)
    let next = doors.digest(for: "/cdrapi", nonce: nonce, count: "00000002")
    #expect(doors.get("/cdrapi", authorization: next).response.status == .ok)
  }

  @Test func aDigestIsForOneAddressAndOneMethod() {
    var doors = DoorsUnderTest()
    let nonce = doors.nonce(doors.get("/cdrapi"))
    let other = doors.digest(for: "/cdrapi?caller=1", nonce: nonce)
    #expect(doors.get("/cdrapi?caller=2", authorization: other).response.status.code == 401)
    let post = doors.digest(for: "/cdrapi", nonce: nonce, method: "POST")
    #expect(doors.get("/cdrapi", authorization: post).response.status.code == 401)
  }

  @Test func anOldNonceIsAskedForAgain() {
    var doors = DoorsUnderTest()
    let nonce = doors.nonce(doors.get("/cdrapi"))
    doors.now = doors.now + .seconds(301)
    let answer = doors.get("/cdrapi", authorization: doors.digest(for: "/cdrapi", nonce: nonce))
    #expect(answer.response.headerFields[.wwwAuthenticate]?.contains("stale=true") == true)
  }

  @Test(arguments: [
    "Basic Y2RyYXBpOmNkcmFwaTEyMw==", "Digest", "Digest ", "Digest =", "Digest username", "digest username=\"cdrapi\"",
    "Digest username=\"cdrapi\", username=\"cdrapi\"", "Digest username=\"cdrapi", "Bearer x", "",
  ])
  func whatIsNoDigestIsRefused(header: String) {
    var doors = DoorsUnderTest()
    #expect(doors.get("/cdrapi", authorization: header).response.status.code == 401)
  }

  @Test func afterFiveFailuresTheAddressIsLockedOut() {
    var doors = DoorsUnderTest()
    for _ in 0..<5 { #expect(doors.getWithDigest("/cdrapi", password: "guess").response.status.code == 401) }
    #expect(doors.getWithDigest("/cdrapi").response.status.code == 403)
    #expect(doors.logIn().status == -68)
  }

  @Test func whoMayNotReadRowsGetsNone() {
    var doors = DoorsUnderTest(rights: .everythingBut([.cdrapi]))
    #expect(doors.getWithDigest("/cdrapi").response.status.code == 403)
  }

  @Test(arguments: [
    ("", "csv rows"), ("?format=json", "json rows"), ("?format=xml", "xml rows"), ("?format=csv", "csv rows"),
    ("?caller=5300&caller=5302-5304,5306", "csv rows"), ("?callee=%2B49@", "csv rows"),
    ("?startTime=&endTime=", "csv rows"), ("?numRecords=0", "csv rows"), ("?numRecords=1000", "csv rows"),
    ("?minDur=5&maxDur=10", "csv rows"), ("?offset=20", "csv rows"), ("?AnsweredBy=1001", "csv rows"),
    ("?startTime=2026-11-20T00:00:00%2B01:00&format=json", "json rows"), ("?format=JSON", "json rows"),
    ("?timeFilterType=End&startTime=2026-11-20", "csv rows"),
  ])
  func aQueryFindsRows(query: String, answer: String) {
    var doors = DoorsUnderTest()
    #expect(text(doors.getWithDigest("/cdrapi" + query)) == answer)
  }

  /// The mistakes that the guide lists: an empty container, and no error.
  @Test(arguments: [
    ("?format=pdf", "csv none"), ("?format=", "csv none"), ("?format=json&format=json", "csv none"),
    ("?numRecords=1001", "csv none"), ("?numRecords=-1", "csv none"), ("?numRecords=x", "csv none"),
    ("?numRecords=5&numRecords=5", "csv none"), ("?format=json&caller=", "json none"), ("?caller", "csv none"),
    ("?format=xml&nosuch=1", "xml none"), ("?caller=1001&", "csv none"), ("?format=json&", "json none"),
    ("?startTime=2026-13-01", "csv none"), ("?startTime=2026-02-30T10:00", "csv none"),
    ("?startTime=2026-11-20T00:00:00+01:00", "csv none"), ("?endTime=tomorrow", "csv none"),
    ("?minDur=1.5", "csv none"), ("?offset=-1", "csv none"), ("?caller=unreadable", "csv none"),
    ("?&caller=1", "csv none"), ("?Caller=1", "csv none"), ("?=1", "csv none"),
    ("?minDur=99999999999999999999", "csv none"), ("?minDur=", "csv none"), ("?timeFilterType=", "csv none"),
    ("?startTime=2026-11-20%2010:30", "csv none"), ("?timeFilterType=end", "csv none"),
  ])
  func everyMistakeFindsNothing(query: String, answer: String) {
    var doors = DoorsUnderTest()
    let found = doors.getWithDigest("/cdrapi" + query)
    #expect(found.response.status.code == 200)
    #expect(text(found) == answer)
  }

  @Test(arguments: [
    ("2026-11-20T10:30", Int64(1_795_170_600)), ("2026-11-20T10:30:15", 1_795_170_615),
    ("2026-11-20", 1_795_132_800), ("10:30", 946_722_600), ("1795166400", 1_795_166_400), ("now", 1_795_166_400),
    ("2026-11-20T10:30%2B01:00", 1_795_167_000), ("2026-11-20T10:30-05:00", 1_795_188_600),
    ("2026-11-20T10:30Z", 1_795_170_600), ("0", 0),
  ])
  func timesAreReadAsTheGuideSays(text: String, seconds: Int64) {
    var doors = DoorsUnderTest()
    _ = doors.getWithDigest("/cdrapi?startTime=" + text)
    #expect(doors.state.asked.all.last?.from == Instant(seconds: seconds))
  }

  @Test func timesWithoutAnOffsetCanBeTheSites() {
    var settings = DoorSettings()
    settings.unmarkedTimes = .site
    var doors = DoorsUnderTest(settings)
    _ = doors.getWithDigest("/cdrapi?startTime=2026-11-20T10:30&endTime=2026-11-20T11:00:00")
    #expect(doors.state.asked.all.last?.from == Instant(seconds: 1_795_167_000))
    // A row of that second is in.
    #expect(doors.state.asked.all.last?.before == Instant(seconds: 1_795_168_801))
  }

  @Test func aThousandRowsAreTheMost() {
    var doors = DoorsUnderTest()
    _ = doors.getWithDigest("/cdrapi")
    #expect(doors.state.asked.all.last?.limit == 1000)
  }

  @Test func rowsThatCannotBeReadAreUnavailable() {
    var doors = DoorsUnderTest()
    doors.state.isBroken = true
    #expect(doors.getWithDigest("/cdrapi").response.status.code == 503)
  }

  @Test func recordingsAreGivenByName() {
    var doors = DoorsUnderTest()
    #expect(text(doors.getWithDigest("/recapi?filename=2026-11/auto-1-2-3.wav")) == "RIFF")
    #expect(text(doors.getWithDigest("/recapi?filedir=2026-11&filename=auto-1-2-3.wav")) == "RIFF")
    #expect(doors.getWithDigest("/recapi?filedir=..&filename=auto-1-2-3.wav").response.status.code == 404)
    #expect(doors.getWithDigest("/recapi?filename=../../etc/passwd").response.status.code == 404)
    #expect(doors.getWithDigest("/recapi?filedir=monitor").response.status.code == 200)
  }
}
