import ApplianceAPI
import HTTPTypes
import JSON
import Primitives
import Testing

@Suite struct ActionTests {
  @Test func accountsComeWithTheColumnsOfTheAppliance() {
    var doors = DoorsUnderTest()
    let answer = doors.ask("listAccount", [("cookie", doors.cookie())])
    #expect(answer["response"]?["total_item"] == 3)
    #expect(answer["response"]?["total_page"] == 1)
    let first = answer["response"]?["account"]?.array?.first
    #expect(first?["extension"] == "1001")
    #expect(first?["addr"] == "192.0.2.7:5060 (GXP1615)")
    #expect(first?["status"] == "Idle")
    #expect(answer["response"]?["account"]?.array?[1]["addr"] == "-")
  }

  @Test func aPageHasItsRowsInTheOrderAskedFor() {
    var doors = DoorsUnderTest()
    let cookie = doors.cookie()
    let page = { (number: JSONValue, order: JSONValue) in
      [
        ("cookie", cookie), ("page", number), ("item_num", "2"), ("sidx", JSONValue.string("extension")),
        ("sord", order), ("options", JSONValue.string("extension")),
      ]
    }
    let numbers = { (answer: JSONValue) in answer["response"]?["account"]?.array?.map { $0["extension"]?.string } }
    // By their value, not by their text.
    #expect(numbers(doors.ask("listAccount", page("1", "asc"))) == ["200", "1001"])
    #expect(numbers(doors.ask("listAccount", page("2", "asc"))) == ["1002"])
    #expect(numbers(doors.ask("listAccount", page("1", "desc"))) == ["1002", "1001"])
    #expect(numbers(doors.ask("listAccount", page("99", "asc"))) == [])
  }

  @Test func onlyTheOptionsAskedForAreGiven() {
    var doors = DoorsUnderTest()
    let answer = doors.ask("listAccount", [("cookie", doors.cookie()), ("options", "status,extension")])
    #expect(answer["response"]?["account"]?.array?.first?.members?.map(\.name).sorted() == ["extension", "status"])
  }

  private static let nonsense: [(String, JSONValue)] = [
    ("options", "extension,nosuch"), ("options", ","), ("options", 5), ("page", "0"), ("page", "-1"), ("page", "1.5"),
    ("page", "one"), ("page", "99999999999"), ("page", .null), ("page", true), ("item_num", "0"),
    ("item_num", .array(["1"])), ("sord", "up"), ("sidx", "nosuch"), ("sidx", "extension; DROP TABLE cdr"),
  ]

  @Test(arguments: nonsense)
  func aListIsNotGivenForParametersThatMakeNoSense(name: String, value: JSONValue) {
    var doors = DoorsUnderTest()
    let answer = doors.ask("listAccount", [("cookie", doors.cookie()), (name, value)])
    #expect(answer.status == -1)
    #expect(answer["response"]?["error_msg"] == "Invalid parameters!")
  }

  @Test func numbersInPagingDependOnTheFirmware() {
    var lenient = DoorsUnderTest()
    #expect(lenient.ask("listAccount", [("cookie", lenient.cookie()), ("page", 1), ("item_num", 2)]).status == 0)
    var settings = DoorSettings()
    settings.pagingValues = .strings
    var strict = DoorsUnderTest(settings)
    #expect(strict.ask("listAccount", [("cookie", strict.cookie()), ("page", 1)]).status == -1)
    #expect(strict.ask("listAccount", [("cookie", strict.cookie()), ("page", "1")]).status == 0)
  }

  @Test func theSystemSaysWhatItIs() {
    var doors = DoorsUnderTest()
    let cookie = doors.cookie()
    let status = doors.ask("getSystemStatus", [("cookie", cookie)])["response"]
    #expect(status?["up-time"] == "00:42:53")
    #expect(status?["system-time"] == "20-11-2026 10:20:00 UTC+01:00")
    let general = doors.ask("getSystemGeneralStatus", [("cookie", cookie)])["response"]
    #expect(general?["product-model"] == "UCM6302  V1.2B")
    #expect(general?["prog-version"] == "1.0.17.11")
  }

  @Test func passwordsOfExtensionsAreShownOnlyWhereThatIsSwitchedOn() {
    var doors = DoorsUnderTest()
    let plain = doors.ask("getSIPAccount", [("cookie", doors.cookie()), ("extension", "1001")])
    #expect(plain["response"]?["extension"]?["secret"] == "")
    var settings = DoorSettings()
    settings.revealsSecrets = true
    var open = DoorsUnderTest(settings)
    let shown = open.ask("getSIPAccount", [("cookie", open.cookie()), ("extension", "1001")])
    let secret = shown["response"]?["extension"]?["secret"]?.string ?? ""
    #expect(secret.hasPrefix("Sip-"))
    #expect(secret.utf8.count <= 32)
    #expect(shown["response"]?["extension"]?["vmsecret"]?.string?.count == 6)
    #expect(doors.ask("getSIPAccount", [("cookie", doors.cookie()), ("extension", "9999")]).status == -25)
    #expect(doors.ask("getSIPAccount", [("cookie", doors.cookie())]).status == -1)
  }

  @Test func callsThatAreUpAreListed() {
    var doors = DoorsUnderTest()
    let cookie = doors.cookie()
    let bridged = doors.ask("listBridgedChannels", [("cookie", cookie)])["response"]?["channel"]?.array
    #expect(bridged?.first?["callerid1"] == "1002")
    #expect(bridged?.first?["bridge_time"] == "2026-11-20 10:20:00")
    let waiting = doors.ask("listUnBridgedChannels", [("cookie", cookie)])["response"]?["channel"]?.array
    #expect(waiting?.first?["state"] == "Ring")
  }

  @Test func rowsComeWithoutAWrapper() {
    var doors = DoorsUnderTest()
    let cookie = doors.cookie().string ?? ""
    let answer = doors.post("{\"request\":{\"action\":\"cdrapi\",\"cookie\":\"\(cookie)\",\"numRecords\":\"5\"}}")
    #expect(String(decoding: answer.body, as: UTF8.self) == "json rows")
    #expect(doors.state.asked.all.last?.limit == 5)
  }

  @Test func aMistakeInARequestForRowsFindsNothing() {
    var doors = DoorsUnderTest()
    let cookie = doors.cookie().string ?? ""
    for mistake in ["\"numRecords\":\"x\"", "\"caller\":\"\"", "\"nosuch\":\"1\"", "\"startTime\":\"yesterday\""] {
      let answer = doors.post("{\"request\":{\"action\":\"cdrapi\",\"cookie\":\"\(cookie)\",\(mistake)}}")
      #expect(String(decoding: answer.body, as: UTF8.self) == "json none")
    }
  }

  @Test func rowsThatCannotBeReadAreAnError() {
    var doors = DoorsUnderTest()
    doors.state.isBroken = true
    #expect(doors.ask("cdrapi", [("cookie", doors.cookie())]).status == -25)
    #expect(
      doors.ask("queueapi", [("cookie", doors.cookie()), ("statisticsType", "calldetail")]).status == -25)
  }

  @Test func callsOfQueuesAreToldByAgent() {
    var doors = DoorsUnderTest()
    let cookie = doors.cookie()
    let answer = doors.ask(
      "queueapi",
      [
        ("cookie", cookie), ("format", "json"), ("statisticsType", "calldetail"), ("queue", "6500"),
        ("agent", "1001"), ("startTime", "2026-11-20T00:00"), ("endTime", "2026-11-21T00:00"),
      ])
    let call = answer["queue_statistics"]?.array?.first?["agent"]
    #expect(call?["agent"] == "1001")
    #expect(call?["connect"] == "yes")
    #expect(call?["wait_time"] == 4)
    #expect(doors.ask("queueapi", [("cookie", cookie), ("statisticsType", "loginhistory")]).status == -19)
    #expect(doors.ask("queueapi", [("cookie", cookie)]).status == -1)
    #expect(
      doors.ask("queueapi", [("cookie", cookie), ("statisticsType", "calldetail"), ("startTime", "x")]).status == -1)
  }

  @Test func aRecordingIsGivenAndNoOtherFile() {
    var doors = DoorsUnderTest()
    let cookie = doors.cookie().string ?? ""
    let ask = { (name: String) in
      "{\"request\":{\"action\":\"recapi\",\"cookie\":\"\(cookie)\",\"filedir\":\"monitor\",\"filename\":\"\(name)\"}}"
    }
    #expect(String(decoding: doors.post(ask("2026-11/auto-1-2-3.wav")).body, as: UTF8.self) == "RIFF")
    #expect(JSONValue(parsing: doors.post(ask("2026-11/none.wav")).body)?.status == -11)
    for path in ["../etc/passwd", "/etc/passwd", "a/../b", "..", ".hidden", "a//b", "a/b/c", "a%00b", ""] {
      #expect(JSONValue(parsing: doors.post(ask(path)).body)?.status == -1)
    }
  }

  @Test(arguments: ["Hangup", "hangup", "dialExtension", "callTransfer", "addSIPAccount", "deleteIVR"])
  func nothingChangesWhatATraceShows(action: String) {
    var doors = DoorsUnderTest()
    #expect(doors.ask(action, [("cookie", doors.cookie()), ("channel", "PJSIP/1001-00000000")]).status == -19)
    var settings = DoorSettings()
    settings.callControl = .ignored
    var patient = DoorsUnderTest(settings)
    #expect(patient.ask(action, [("cookie", patient.cookie())]).status == 0)
  }

  @Test func everyActionGetsAnAnswerWithAStatusOrADocument() {
    for action in APIAction.allCases {
      var doors = DoorsUnderTest()
      let answer = doors.ask(action.rawValue, [("cookie", doors.cookie()), ("extension", "1001")])
      #expect(answer.status != nil || action == .cdrapi, "\(action)")
    }
  }

  @Test func anUnknownActionIsInvalid() {
    var doors = DoorsUnderTest()
    #expect(doors.ask("selfDestruct", [("cookie", doors.cookie())]).status == -1)
  }
}
