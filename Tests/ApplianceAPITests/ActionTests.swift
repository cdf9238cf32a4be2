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
    for mistake in ["\"numRecords\":\"x\"", "\"offset\":\"-1\"", "\"nosuch\":\"1\"", "\"startTime\":\"yesterday\""] {
      let answer = doors.post("{\"request\":{\"action\":\"cdrapi\",\"cookie\":\"\(cookie)\",\(mistake)}}")
      #expect(String(decoding: answer.body, as: UTF8.self) == "json none")
    }
  }

  @Test func rowsThatCannotBeReadAreAnError() {
    var doors = DoorsUnderTest()
    doors.state.isBroken = true
    #expect(doors.ask("cdrapi", [("cookie", doors.cookie())]).status == -25)
    for kind: JSONValue in ["overview", "calldetail", "loginhistory", "pausedhistory"] {
      #expect(doors.ask("queueapi", [("cookie", doors.cookie()), ("statisticsType", kind)]).status == -25)
    }
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
    #expect(call?["wait_time"] == "4")
    #expect(
      doors.ask("queueapi", [("cookie", cookie), ("statisticsType", "calldetail"), ("startTime", "x")]).status == -1)
  }

  @Test(arguments: ["overview", "", nil])
  func queuesAreToldAsAWhole(kind: String?) {
    var doors = DoorsUnderTest()
    let cookie = doors.cookie()
    let kind = kind.map { [("statisticsType", JSONValue.string($0))] } ?? []
    func entries(_ more: [(String, JSONValue)]) -> [JSONValue] {
      doors.ask("queueapi", [("cookie", cookie), ("format", "json")] + kind + more)["queue_statistics"]?.array ?? []
    }
    let all = entries([])
    #expect(all.first?["total"]?["total_calls"] == "2")
    #expect(all.first?["total"]?["abandoned_rate"] == "50.00")
    #expect(all.compactMap { $0["queue"]?["queue"] } == ["6500"])
    let queues = entries([("queue", "6500")])
    #expect(queues.count == 1)
    let queue = queues.first?["queue"]
    #expect(queue?["answered_calls"] == "1" && queue?["abandoned_calls"] == "1")
    #expect(queue?["avg_wait"] == "7.00" && queue?["avg_talk"] == "60.00")
    let agent = entries([("agent", "1001")]).first?["agent"]
    #expect(agent?["agent"] == "1001" && agent?["total_calls"] == "3" && agent?["answered_rate"] == "33.33")
  }

  @Test func whoSaysNoNotationGetsXML() {
    var doors = DoorsUnderTest()
    let cookie = doors.cookie().string ?? ""
    let answer = doors.post(
      "{\"request\":{\"action\":\"queueapi\",\"cookie\":\"\(cookie)\",\"startTime\":\"2026-11-20\"}}")
    let text = String(decoding: answer.body, as: UTF8.self)
    #expect(text.hasPrefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<root_statistics>\n  <total>"))
    #expect(text.contains("<queue>6500</queue>") && text.contains("<abandoned_rate>50.00</abandoned_rate>"))
    #expect(answer.response.headerFields[.contentType] == "application/xml;charset=UTF-8")
  }

  @Test func logInsAndPausesOfAgentsAreToldByAgent() {
    var doors = DoorsUnderTest()
    let cookie = doors.cookie()
    func agents(_ kind: String, _ more: [(String, JSONValue)] = []) -> [JSONValue] {
      let asked: [(String, JSONValue)] = [
        ("cookie", cookie), ("format", "json"), ("statisticsType", .string(kind)), ("startTime", "2026-11-20"),
        ("endTime", "2026-11-20"),
      ]
      return doors.ask("queueapi", asked + more)["queue_statistics"]?.array?.compactMap { $0["agent"] } ?? []
    }
    #expect(
      agents("loginhistory").first == [
        "agent": "1001", "extension": "6500", "login_data": "2026-11-20 10:10:00",
        "logoff_data": "2026-11-20 10:20:00", "online_time": "600", "queuechairman": "",
      ])
    #expect(agents("loginhistory").last?["login_data"] == "" && agents("loginhistory").last?["online_time"] == "")
    #expect(
      agents("pausedhistory") == [
        [
          "agent": "1001", "extension": "6500", "pause_data": "2026-11-20 10:10:00", "pause_time": "600",
          "queuechairman": "", "unpause_data": "",
        ]
      ])
    #expect(agents("loginhistory", [("queue", "4711")]).isEmpty)
  }

  @Test func anAgentsNameEndsNoElementOfXML() {
    var doors = DoorsUnderTest()
    let cookie = doors.cookie().string ?? ""
    let answer = doors.post(
      "{\"request\":{\"action\":\"queueapi\",\"cookie\":\"\(cookie)\",\"statisticsType\":\"loginhistory\"}}")
    let text = String(decoding: answer.body, as: UTF8.self)
    #expect(text.contains("<agent>&lt;&amp;&gt;</agent>") && text.contains("<login_data></login_data>"))
  }

  @Test(
    arguments: [
      ("statisticsType", JSONValue.string("logins"), -19), ("statisticsType", "LoginHistory", -19),
      ("format", "csv", -19), ("format", "yaml", -19), ("startTime", "yesterday", -1), ("startTime", "2026-13-01", -1),
      ("endTime", "2026-11-20T25:00", -1), ("endTime", [], -1), ("queue", ["6500"], -1), ("agent", [:], -1),
      ("startTime", .string(String(repeating: "9", count: 5000)), -1),
    ] as [(String, JSONValue, Int)])
  func whatIsNoQuestionAboutQueuesIsRefused(name: String, value: JSONValue, status: Int) {
    for kind in ["overview", "calldetail", "loginhistory", "pausedhistory"] {
      var doors = DoorsUnderTest()
      let others: [(String, JSONValue)] = [("format", "json"), ("statisticsType", .string(kind))]
      let asked = [("cookie", doors.cookie())] + others.filter { $0.0 != name } + [(name, value)]
      #expect(doors.ask("queueapi", asked).status.map { Int($0) } == status, "\(kind)")
    }
  }

  @Test func theNamesOfRecordingsAreFoundByTheRow() {
    var doors = DoorsUnderTest()
    let cookie = doors.cookie()
    let ask = { (doors: inout DoorsUnderTest, id: JSONValue) in
      doors.ask("getRecordInfosByCall", [("cookie", cookie), ("id", id)])
    }
    #expect(ask(&doors, "7")["response"]?["recordfiles"] == "2026-11/auto-1-2-3.wav,2026-11/auto-4-5-6.wav")
    #expect(ask(&doors, 7).status == 0)
    for id in ["8", "9"] { #expect(ask(&doors, .string(id)).status == -15) }
    for id in ["", "7 OR 1=1", "99999999999999999999"] { #expect(ask(&doors, .string(id)).status == -1) }
  }

  @Test(arguments: ["2026-11", "monitor", "queue"])
  func theFolderOfARecordingMayStandBesideItsName(folder: String) {
    var doors = DoorsUnderTest()
    let name = folder == "2026-11" ? "auto-1-2-3.wav" : "2026-11/auto-1-2-3.wav"
    let body =
      "{\"request\":{\"action\":\"recapi\",\"cookie\":\"\(doors.cookie().string ?? "")\","
      + "\"filedir\":\"\(folder)\",\"filename\":\"\(name)\"}}"
    #expect(String(decoding: doors.post(body).body, as: UTF8.self) == "RIFF")
  }

  /// What public clients ask for: a column that is not known would fail the whole call.
  @Test(arguments: [
    ("listQueue", "extension,queue_name,strategy,queue_chairmans,members"),
    ("listQueue", "extension,queue_name,strategy,members,queue_timeout,ringtime,maxlen,retry,wrapuptime"),
    ("listOutboundRoute", "outbound_rt_name,outbound_rt_index,permission,sequence,pattern,out_of_service"),
    ("listInboundRoute", "inbound_rt_index,did_pattern_match,did_pattern_allow,out_of_service"),
    ("listInboundRoute", "inbound_rt_name,did_pattern_match_list,destination_type,account,ivr,queue,ringgroup"),
    ("listSIPTrunk", "trunk_name,technology,out_of_service"), ("listTrunk", "trunk_index,trunk_name"),
    ("listAnalogTrunk", "trunk_name,out_of_service"), ("listAnalogTrunk", "chans,trunkmode"),
    ("listExtensionGroup", "group_id,group_name,members"), ("listPagingGroup", "extension,paginggroup_name"),
    ("listBridgedChannels", "uniqueid1,uniqueid2,inbound_trunk_name,outbound_trunk_name"),
  ])
  func theColumnsThatClientsAskForAreThere(action: String, options: String) {
    var doors = DoorsUnderTest()
    #expect(doors.ask(action, [("cookie", doors.cookie()), ("options", .string(options))]).status == 0)
  }

  @Test(arguments: [
    ("getQueue", "queue", "6500", "queue", "queue_name", JSONValue.string("Sales")),
    ("getSIPTrunk", "trunk", "1", "trunk", "trunk_name", "A"),
    ("getInboundRoute", "inbound_route", "1", "inbound_routes", "destination_type", "queue"),
    ("getOutboundRoute", "outbound_route", "1", "outbound_route", "outbound_rt_name", "Out"),
  ])
  func oneEntryIsGivenByItsNumber(
    action: String, parameter: String, number: String, root: String, column: String, value: JSONValue
  ) {
    var doors = DoorsUnderTest()
    let cookie = doors.cookie()
    let answer = doors.ask(action, [("cookie", cookie), (parameter, .string(number))])
    #expect(answer["response"]?[root]?[column] == value)
    #expect(doors.ask(action, [("cookie", cookie), (parameter, "99")]).status == -25)
    #expect(doors.ask(action, [("cookie", cookie)]).status == -1)
  }

  @Test func inboundRoutesOfOneTrunkAreListed() {
    var doors = DoorsUnderTest()
    let cookie = doors.cookie()
    let count = { (doors: inout DoorsUnderTest, index: JSONValue) in
      doors.ask("listInboundRoute", [("cookie", cookie), ("trunk_index", index)])["response"]?["total_item"]
    }
    #expect(count(&doors, "1") == 1)
    #expect(count(&doors, "2") == 0)
    #expect(count(&doors, "") == 1)
  }

  /// A client of a 6302 sends every field of its form, filled in or not; one of a 6300 a space for the `T`.
  @Test func parametersForRowsMayBeEmptyHere() {
    var doors = DoorsUnderTest()
    let empty = ["caller", "callee", "AnsweredBy", "minDur", "maxDur"].map { ($0, JSONValue.string("")) }
    let times: [(String, JSONValue)] = [("startTime", "2026-11-20 10:30:00"), ("endTime", "2026-11-20T11:00")]
    let body = JSONValue.object(
      ([("action", "cdrapi"), ("cookie", doors.cookie()), ("format", "json")] + empty + times)
        .map { JSONValue.Member($0.0, $0.1) })
    let answer = doors.post(String(decoding: (["request": body] as JSONValue).bytes(), as: UTF8.self))
    #expect(String(decoding: answer.body, as: UTF8.self) == "json rows")
    #expect(doors.state.asked.all.last?.callers == [])
    #expect(doors.state.asked.all.last?.from == Instant(seconds: 1_795_170_600))
  }

  @Test func boundsCanBeOfTheEnd() {
    var doors = DoorsUnderTest()
    _ = doors.ask("cdrapi", [("cookie", doors.cookie()), ("timeFilterType", "End"), ("numRecords", 200)])
    #expect(doors.state.asked.all.last?.timeFilter == .end)
    #expect(doors.state.asked.all.last?.isEmpty == false)
    _ = doors.ask("cdrapi", [("cookie", doors.cookie()), ("timeFilterType", "Middle")])
    #expect(doors.state.asked.all.last?.isEmpty == true)
  }

  @Test func aSessionIsKeptOpen() {
    var doors = DoorsUnderTest()
    #expect(doors.ask("ping", [("cookie", doors.cookie())]).status == 0)
    #expect(doors.ask("ping").status == -5)
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
      #expect(answer.status != nil || action == .cdrapi || action == .queueapi, "\(action)")
    }
  }

  @Test func anUnknownActionIsInvalid() {
    var doors = DoorsUnderTest()
    #expect(doors.ask("selfDestruct", [("cookie", doors.cookie())]).status == -1)
  }
}
