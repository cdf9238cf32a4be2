import HardwareProfiles
import PBXModel
import Primitives
import Simulation
import TestSupport
import Testing

/// The rules of the reference's section 5, read off what the appliance writes for written calls.
@Suite struct CDRRowTests {
  private func rows(
    _ calls: [Dialogue], profile: Profile = profile(), site: Site = benchSite(), until end: Double = 100
  ) throws -> [CDRRecord] {
    var bench = Bench(profile: profile, site: site)
    try bench.play(calls, until: end)
    return bench.rows
  }

  @Test func anAnsweredCallIsOneRow() throws {
    let rows = try rows(internalCall(answer: 3.25, end: 10.125, name: "Anna A"))
    let row = try #require(rows.first)
    #expect(rows.count == 1)
    #expect(row.acctId == 1)
    #expect(row.disposition == .answered)
    #expect(row.src == "1000" && row.dst == "1001" && row.dstanswer == "1001")
    #expect(row.dcontext == "from-internal")
    #expect(row.clid == "\"Anna A\" <1000>" && row.callerName == "Anna A")
    #expect(row.channel == "PJSIP/1000-00000000" && row.dstchannel == "PJSIP/1001-00000001")
    #expect(row.channelExt == "1000" && row.dstchannelExt == "1001")
    #expect(row.lastapp == "Dial")
    #expect(row.lastdata == "PJSIP/1001/sip:1001@192.0.2.101:5060,60,zb(callee-handler^s^1)")
    #expect(row.start == moment(0) && row.answer == moment(3.25) && row.end == moment(10.125))
    #expect(row.userfield == .internal)
    #expect(row.service == "s" && row.actionType == "DIAL" && row.actionOwner == "1000")
    #expect(row.srcTrunkName == "" && row.dstTrunkName == "" && row.recordfiles == "" && row.accountCode == "")
  }

  @Test(arguments: [(nil, nil, 60), (12, nil, 12), (12, 25, 25)])
  func thePhoneRingsAsLongAsTheSiteSays(site seconds: Int?, extension own: Int?, rings: Int) throws {
    let site = benchSite {
      $0.ringTimeoutSeconds = seconds
      $0.extensions[1].ringTimeoutSeconds = own
    }
    let row = try #require(try rows(internalCall(), site: site).first)
    #expect(row.lastdata.hasSuffix(":5060,\(rings),zb(callee-handler^s^1)"))
  }

  /// `duration` and `billsec` are cut from exact times, not taken from the texts.
  @Test(arguments: [(0.0, 3.0, 9.999, 9, 6), (0.9, 1.0, 1.95, 1, 0), (0.5, 2.4, 3.45, 3, 1)])
  func secondsAreCutNotRounded(start: Double, answer: Double, end: Double, duration: Int64, billsec: Int64) throws {
    let row = try #require(try rows(internalCall(from: start, ring: 0.05, answer: answer, end: end)).first)
    #expect(row.durationSeconds == duration)
    #expect(row.billsecSeconds == billsec)
  }

  @Test func noAnswerIsAnsweredAtItsEnd() throws {
    let row = try #require(try rows(internalCall(answer: nil, end: 12)).first)
    #expect(row.disposition == .noAnswer)
    #expect(row.answer == moment(12) && row.end == moment(12))
    #expect(row.billsecSeconds == 0 && row.durationSeconds == 12)
    #expect(row.dstanswer == "" && row.dstchannel != "")
  }

  @Test(arguments: [(486, Disposition.busy), (600, .busy), (503, .failed), (500, .failed)])
  func busyAndFailedHaveNeitherAnswerNorEnd(status: Int, disposition: Disposition) throws {
    let caller = Dialogue(from: "1000@192.0.2.100", to: "1001@192.0.2.2", callID: "a").invite(at: 0).trying(at: 0.1)
      .refuse(480, at: 4.5)
    let callee = Dialogue(from: "1000@192.0.2.2", to: "1001@192.0.2.101", callID: "b").invite(at: 0.2)
      .refuse(status, at: 4.4)
    let row = try #require(try rows([caller, callee]).first)
    #expect(row.disposition == disposition)
    #expect(row.answer == nil && row.end == nil)
    #expect(row.durationSeconds == 4 && row.billsecSeconds == 0)
  }

  /// `<epoch><microseconds>-<caller>`: the microseconds stand without leading zeros.
  @Test(arguments: [(0.000042, "179000000042-1000"), (0.724538, "1790000000724538-1000"), (1, "17900000010-1000")])
  func theSessionIsNotPadded(start: Double, session: String) throws {
    #expect(try rows(internalCall(from: start)).map(\.session) == [session])
  }

  @Test func uniqueidAndChannelsCountTheSameSerials() throws {
    let calls = (0..<9).flatMap { internalCall(from: Double($0) * 20) }
    let rows = try rows(calls, until: 300)
    #expect(rows.map(\.uniqueid).prefix(2) == ["1790000000.0", "1790000020.2"])
    #expect(rows.last?.uniqueid == "1790000160.16")
    #expect(rows.last?.channel == "PJSIP/1000-00000010" && rows.last?.dstchannel == "PJSIP/1001-00000011")
    #expect(rows.map(\.acctId) == Array(1...9))
  }

  @Test func oldFirmwareNamesItsChannelsSIP() throws {
    let row = try #require(try rows(internalCall(), profile: profile(technology: .sip)).first)
    #expect(row.channel == "SIP/1000-00000000")
    #expect(row.lastdata.hasPrefix("SIP/1001/sip:1001@"))
  }

  @Test func theNameOfAnExtensionIsThePBXsWhateverItsPhoneSays() throws {
    let site = benchSite { $0.extensions[0].name = "Front Desk" }
    let row = try #require(try rows(internalCall(name: "my phone"), site: site).first)
    #expect(row.clid == "\"Front Desk\" <1000>" && row.callerName == "Front Desk")
  }

  @Test func anInboundRowNamesOnlyTheTrunkItCameFrom() throws {
    let row = try #require(try rows(inboundCall()).first)
    #expect(row.userfield == .inbound)
    #expect(row.srcTrunkName == "Carrier" && row.dstTrunkName == "")
    #expect(row.channelExt == "trunk_3" && row.channel.hasPrefix("PJSIP/trunk_3-"))
    #expect(row.clid == "\"From Outside\" <+493055501>")
    #expect(row.dcontext == "ext-did-3")
    #expect(row.dst == "1001")
  }

  @Test func aDIDThatLeadsToTheExtensionIsDirect() throws {
    let pattern = try #require(DialPattern("+4930000010"))
    let site = benchSite { $0.inboundRoutes = [InboundRoute(pattern: pattern, destination: .account("1001"))] }
    #expect(try rows(inboundCall(), site: site).map(\.dcontext) == ["from-did-direct"])
  }

  private func outbound(_ status: Int? = nil) -> [Dialogue] {
    let caller = Dialogue(from: "1000@192.0.2.100", to: "9055502@192.0.2.2", callID: "a").invite(at: 0).trying(at: 0.1)
    let callee = Dialogue(from: "1000@192.0.2.2", to: "055502@198.51.100.1", callID: "b").invite(at: 0.2)
    guard let status else { return [caller.ok(at: 3).bye(at: 9), callee.ok(at: 2.9).bye(at: 9)] }
    return [caller.refuse(status, at: 3), callee.refuse(status, at: 2.9)]
  }

  @Test func anOutboundRowNamesOnlyTheTrunkItLeftBy() throws {
    let pattern = try #require(DialPattern("9."))
    let site = benchSite {
      var route = OutboundRoute(index: 4, name: "out", patterns: [pattern], trunk: "Carrier")
      route.strip = 1
      $0.outboundRoutes = [route]
    }
    let row = try #require(try rows(outbound(), site: site).first)
    #expect(row.userfield == .outbound)
    #expect(row.srcTrunkName == "" && row.dstTrunkName == "Carrier")
    #expect(row.dcontext == "outbound-route-4")
    #expect(row.dst == "9055502")
    #expect(row.dstchannelExt == "trunk_3")
    #expect(row.lastdata == "PJSIP/055502@trunk_3,,b(callee-handler^s^1)")
  }

  @Test func anOutboundRouteNobodyWroteDownIsLeantOn() throws {
    var bench = Bench()
    try bench.play(outbound(486))
    #expect(bench.rows.map(\.dcontext) == ["outbound-route-1"])
    #expect(bench.rows.map(\.disposition) == [.busy])
    #expect(bench.appliance.tally.assumptions[.outboundRouteUnknown] == 1)
  }

  @Test(arguments: [
    (404, "silence/1&wrong-number,noanswer", "after-outbound-context"),
    (484, "silence/1&wrong-number,noanswer", "after-outbound-context"),
    (403, "silence/1&no-permission,noanswer", "from-internal"),
  ])
  func aNumberThePBXRefusedIsAPrompt(status: Int, prompt: String, context: String) throws {
    let caller = Dialogue(from: "1000@192.0.2.100", to: "5999@192.0.2.2", callID: "a").invite(at: 0)
      .refuse(status, at: 1)
    let row = try #require(try rows([caller]).first)
    #expect(row.lastapp == "Playback" && row.lastdata == prompt && row.dcontext == context)
    #expect(row.disposition == .failed && row.answer == nil && row.end == nil)
    #expect(row.dst == "5999" && row.dstchannel == "" && row.userfield == .internal)
  }

  @Test(arguments: [403, 404, 503])
  func anInboundCallThePBXRefusedIsCongestion(status: Int) throws {
    let caller = Dialogue(from: "+493055501@198.51.100.1", to: "+493000@192.0.2.2", callID: "a").invite(at: 0)
      .refuse(status, at: 0.1)
    let row = try #require(try rows([caller]).first)
    #expect(row.lastapp == "Congestion" && row.lastdata == "10" && row.dcontext == "did-local")
    #expect(row.disposition == .failed && row.answer == nil && row.end == nil && row.durationSeconds == 0)
  }

  /// The dialled row, then the VM row, which answers without a channel of its own.
  @Test(arguments: [(480, "u", Disposition.noAnswer), (486, "b", .busy)])
  func voicemailIsARowOfItsOwn(status: Int, flag: String, disposition: Disposition) throws {
    let site = benchSite { $0.extensions[1].hasVoicemail = true }
    let caller = Dialogue(from: "1000@192.0.2.100", to: "1001@192.0.2.2", callID: "a").invite(at: 0).trying(at: 0.1)
      .ok(at: 5).bye(at: 20)
    let callee = Dialogue(from: "1000@192.0.2.2", to: "1001@192.0.2.101", callID: "b").invite(at: 0.2).ringing(at: 1)
      .refuse(status, at: 4)
    let rows = try rows([caller, callee], site: site)
    #expect(rows.map(\.disposition) == [disposition, .answered])
    #expect(rows.map(\.actionType) == ["DIAL", "VM"])
    let mail = try #require(rows.last)
    #expect(mail.lastapp == "VoiceMail" && mail.lastdata == "1001@default,\(flag)")
    #expect(mail.dstanswer == "1001" && mail.dstchannel == "")
    #expect(mail.start == moment(4) && mail.answer == moment(5) && mail.end == moment(20))
    #expect(mail.billsecSeconds == 15)
    #expect(rows.map(\.acctId) == [1, 2])
    #expect(Set(rows.map(\.session)).count == 1)
  }

  @Test func aPhoneThatIsAwayGoesToVoicemailAtOnce() throws {
    let site = benchSite { $0.extensions[1].hasVoicemail = true }
    let caller = Dialogue(from: "1000@192.0.2.100", to: "1001@192.0.2.2", callID: "a").invite(at: 0).ok(at: 1)
      .bye(at: 9)
    #expect(try rows([caller], site: site).map(\.lastdata) == ["1001@default,u"])
  }

  @Test func aDIDOfAPhoneThatIsAwayGoesToItsVoicemail() throws {
    let pattern = try #require(DialPattern("+4930000010"))
    let site = benchSite {
      $0.extensions[1].hasVoicemail = true
      $0.inboundRoutes = [InboundRoute(pattern: pattern, destination: .account("1001"))]
    }
    let caller = Dialogue(from: "+493055501@198.51.100.1", to: "+4930000010@192.0.2.2", callID: "a").invite(at: 0)
      .ok(at: 1).bye(at: 9)
    let row = try #require(try rows([caller], site: site).first)
    #expect(row.lastdata == "1001@default,u" && row.dst == "1001" && row.srcTrunkName == "Carrier")
  }

  @Test func aMenuNobodyLeftIsARowOfTheMenu() throws {
    let site = benchSite { $0.ivrs = [IVR(number: "7000")] }
    let caller = Dialogue(from: "1000@192.0.2.100", to: "7000@192.0.2.2", callID: "a").invite(at: 0).ok(at: 1)
      .bye(at: 9)
    let row = try #require(try rows([caller], site: site).first)
    #expect(row.lastapp == "ForkCDR" && row.actionType == "IVR[7000]" && row.dcontext == "ivr-7000")
    #expect(row.dst == "7000" && row.disposition == .answered && row.end == moment(9) && row.billsecSeconds == 8)
  }

  @Test func aMenuThatLedOnHasItsRowBeforeTheDialledLegs() throws {
    let pattern = try #require(DialPattern("+4930000010"))
    let site = benchSite {
      var ivr = IVR(number: "7000")
      ivr.keys = ["1": .account("1001")]
      $0.ivrs = [ivr]
      $0.inboundRoutes = [InboundRoute(pattern: pattern, destination: .ivr("7000"))]
    }
    let caller = Dialogue(from: "+493055501@198.51.100.1", to: "+4930000010@192.0.2.2", callID: "a").invite(at: 0)
      .trying(at: 0.1).ok(at: 1).bye(at: 20)
    let callee = Dialogue(from: "+493055501@192.0.2.2", to: "1001@192.0.2.101", callID: "b").invite(at: 6)
      .ringing(at: 7).ok(at: 9).bye(at: 20)
    let rows = try rows([caller, callee], site: site)
    #expect(rows.map(\.dst) == ["7000", "1001"])
    #expect(rows.map(\.lastapp) == ["ForkCDR", "Dial"])
    #expect(rows.map(\.actionType) == ["IVR[7000]", "IVR[7000]"])
    // The menu had answered the caller, so what is dialled from it counts as answered from the start.
    #expect(rows.map(\.billsecSeconds) == [5, 19])
    #expect(rows.map(\.end) == [moment(6), moment(20)])
  }

  @Test func aTransferCutsTheRowsWhereItWasAskedFor() throws {
    let caller = Dialogue(from: "1000@192.0.2.100", to: "1001@192.0.2.2", callID: "a").invite(at: 0).trying(at: 0.1)
      .ok(at: 2).bye(at: 20)
    let callee = Dialogue(from: "1000@192.0.2.2", to: "1001@192.0.2.101", callID: "b").invite(at: 0.2).ok(at: 1.9)
      .refer(to: "1002", by: .callee, at: 5).bye(by: .callee, at: 5.1)
    let target = Dialogue(from: "1000@192.0.2.2", to: "1002@192.0.2.102", callID: "c").invite(at: 5.2).ok(at: 7)
      .bye(at: 20)
    let rows = try rows([caller, callee, target])
    #expect(rows.map(\.actionType) == ["DIAL", "TRANSFER"])
    #expect(rows.map(\.start) == [moment(0), moment(5)])
    #expect(rows.map(\.answer) == [moment(1.9), moment(5)])
    #expect(rows.map(\.end) == [moment(5), moment(20)])
    #expect(rows.map(\.dst) == ["1002", "1002"])
    #expect(rows.map(\.dstchannelExt) == ["1001", "1002"])
    #expect(rows.map(\.actionOwner) == ["1000", "1001"])
  }

  @Test func whatThePBXAnswersForNoKnownReasonIsLeantOn() throws {
    var bench = Bench()
    try bench.play(
      Dialogue(from: "1000@192.0.2.100", to: "*43@192.0.2.2", callID: "a").invite(at: 0).ok(at: 1).bye(at: 9))
    #expect(bench.rows.map(\.lastapp) == ["Playback"])
    #expect(bench.appliance.tally.assumptions[.answeredByPBXItself] == 1)
  }

  @Test func everyMemberOfAGroupHasItsRow() throws {
    let site = benchSite { $0.ringGroups = [RingGroup(number: "6400", members: ["1001", "1002", "1003"])] }
    let caller = Dialogue(from: "1000@192.0.2.100", to: "6400@192.0.2.2", callID: "a").invite(at: 0).trying(at: 0.1)
      .ok(at: 4).bye(at: 20)
    let members = (1...3).map {
      Dialogue(from: "1000@192.0.2.2", to: "100\($0)@192.0.2.10\($0)", callID: "m\($0)").invite(at: 0.2)
    }
    let rows = try rows(
      [
        caller, members[0].refuse(486, at: 1), members[1].ringing(at: 1).ok(at: 4).bye(at: 20),
        members[2].ringing(at: 1).cancel(at: 4).refuse(487, at: 4),
      ], site: site)
    #expect(rows.map(\.dst) == ["6400", "1001", "1002", "1003"])
    #expect(rows.map(\.disposition) == [.answered, .busy, .answered, .noAnswer])
    #expect(rows.map(\.actionType) == Array(repeating: "RINGGROUP[6400]", count: 4))
    #expect(rows.first?.lastapp == "ForkCDR" && rows.first?.billsecSeconds == 0)
    #expect(Set(rows.dropFirst().map(\.lastdata)).count == 1)
    #expect(rows.last?.lastdata.hasSuffix("&PJSIP/1003/sip:1003@192.0.2.103:5060,60,zb(callee-handler^s^1)") == true)
    #expect(rows.last?.answer == moment(4))
    #expect(Set(rows.map(\.channel)).count == 1 && Set(rows.map(\.uniqueid)).count == 1)
  }

  /// Reference section 5.1: 255 on a 63xx, where a dial string of many members ends in the middle of an address.
  @Test(arguments: [nil, 255, 60, 61, 62, 10_000])
  func lastdataIsCutWhereTheModelCutsIt(most: Int?) throws {
    let members = (1...9).map { "100\($0)" }
    let site = benchSite { $0.ringGroups = [RingGroup(number: "6400", members: members)] }
    let caller = Dialogue(from: "1000@192.0.2.100", to: "6400@192.0.2.2", callID: "a").invite(at: 0).trying(at: 0.1)
      .cancel(at: 4).refuse(487, at: 4)
    let legs = members.map {
      Dialogue(from: "1000@192.0.2.2", to: "\($0)@192.0.2.10\($0.suffix(1))", callID: "m\($0)").invite(at: 0.2)
    }
    let whole =
      members.map { "PJSIP/\($0)/sip:\($0)@192.0.2.10\($0.suffix(1)):5060" }.joined(separator: "&")
      + ",60,zb(callee-handler^s^1)"
    let rows = try rows([caller] + legs, profile: profile(lastdataCharactersMax: most), site: site)
    #expect(rows.count == 10)
    #expect(rows.dropFirst().allSatisfy { $0.lastdata == String(whole.prefix(most ?? .max)) })
    #expect(rows.first?.isNATCallOfPeer == nil && rows.last?.isNATCallOfPeer == false)
  }

  @Test func aCallNobodyAuthenticatedHasNoRow() throws {
    let caller = Dialogue(from: "1000@192.0.2.100", to: "1001@192.0.2.2", callID: "a").invite(at: 0).challenge(at: 0.1)
    #expect(try rows([caller]).isEmpty)
  }
}
