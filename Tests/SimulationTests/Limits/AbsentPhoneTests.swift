import HardwareProfiles
import PBXModel
import Primitives
import Simulation
import TestSupport
import Testing

/// Calls to extensions that registered on the recorded box, and were refused here.
@Suite struct AbsentPhoneTests {
  /// 1009 takes the model's only user; 1001 to 1003 are refused.
  private func bench(_ change: (inout Site) -> Void = { _ in }, users: Int? = 1) -> Bench {
    Bench(profile: profile(users: users), site: benchSite(change))
  }

  private var registrations: [WrittenMessage] {
    (["1009", "1001"] as [String]).enumerated().flatMap { place, number in
      Registering("\(number)@192.0.2.\(100 + (Int(number) ?? 0) % 100)", at: pbxAddress)
        .register(at: Double(place) * 0.1, expires: 3600).reply(200, at: Double(place) * 0.1).messages
    }
  }

  private func play(_ bench: inout Bench, _ calls: [Dialogue]) throws {
    try bench.play(registrations + calls.flatMap(\.messages), until: 500)
  }

  @Test func aCallForItAloneFailsWith480() throws {
    var bench = bench()
    try play(&bench, internalCall("1005", to: "1001", from: 10, end: 60))
    let row = try #require(bench.rows.first)
    #expect(bench.rows.count == 1)
    #expect(row.disposition == .failed && row.answer == nil && row.billsecSeconds == 0)
    #expect(row.dst == "1001" && row.dstchannel == "" && row.lastapp == "Dial")
    #expect(row.lastdata == "PJSIP/1001,60,zb(callee-handler^s^1)")
    let reason = JournalEvent.callRefused(
      call: Call.ID(rawValue: 1), reason: .notRegistered("1001"), limit: 0, inUse: 0, status: 480, cause: 20)
    #expect(bench.count { $0 == reason } == 1)
    #expect(bench.appliance.tally.callsUnreachable == 1)
    #expect(bench.appliance.tally.callsRefused == 0)
    #expect(bench.appliance.tally.callsByDisposition == [.failed: 1])
    #expect(bench.appliance.tally.assumptions[.absentPhoneIsNotDialled] == 1)
    #expect(bench.states(of: "1001").isEmpty, "it neither rings nor talks")
    #expect(bench.appliance.ledger.calls.inUse == 0)
  }

  @Test func itsMailboxTakesTheCallIfItHasOne() throws {
    var bench = bench { $0.extensions[1].hasVoicemail = true }
    try play(&bench, internalCall("1005", to: "1001", from: 10, end: 60))
    let row = try #require(bench.rows.first)
    #expect(bench.rows.count == 1)
    #expect(row.lastapp == "VoiceMail" && row.lastdata == "1001@default,u" && row.dstanswer == "1001")
    #expect(row.disposition == .answered && row.billsecSeconds == 0)
    #expect(bench.appliance.tally.callsToMailbox == 1)
    #expect(bench.appliance.tally.callsUnreachable == 0)
    #expect(bench.appliance.tally.assumptions[.mailboxTakesCallOfAbsentPhone] == 1)
  }

  @Test func aCallFromOutsideFindsItMissingToo() throws {
    var bench = bench { site in
      site.inboundRoutes = [DialPattern("+4930000010")].compactMap(\.self).map {
        InboundRoute(pattern: $0, destination: .account("1001"))
      }
    }
    try play(&bench, inboundCall(start: 10, end: 60))
    #expect(bench.rows.map(\.dst) == ["1001"])
    #expect(bench.rows.map(\.disposition) == [.failed])
    #expect(bench.rows.map(\.srcTrunkName) == ["Carrier"])
  }

  private func groupCall(answering: String, from start: Double = 10) -> [Dialogue] {
    let caller = Dialogue(from: "1005@192.0.2.105", to: "6400@\(pbxAddress)", callID: "group")
      .invite(at: start).ringing(at: start + 1).ok(at: start + 5).bye(at: start + 60)
    return [caller]
      + ["1001", "1009"].map { number in
        let leg = Dialogue(
          from: "1005@\(pbxAddress)", to: "\(number)@192.0.2.\(100 + (Int(number) ?? 0) % 100)", callID: "m\(number)"
        ).invite(at: start + 0.1).ringing(at: start + 1)
        return number == answering
          ? leg.ok(at: start + 5).bye(at: start + 60) : leg.cancel(at: start + 5).refuse(487, at: start + 5)
      }
  }

  private func group(_ site: inout Site) { site.ringGroups = [RingGroup(number: "6400", members: ["1001", "1009"])] }

  @Test func theOthersOfAGroupRingAndAnswerAsRecorded() throws {
    var bench = bench(group)
    try play(&bench, groupCall(answering: "1009"))
    #expect(bench.rows.map(\.dstchannelExt) == ["", "1009"])
    #expect(bench.rows.last?.disposition == .answered && bench.rows.last?.billsecSeconds == 55)
    #expect(bench.rows.last?.lastdata.contains("1001") == false, "who is not dialled is not in the dial string")
    #expect(bench.appliance.tally.legsNotDialled == 1)
    #expect(bench.appliance.tally.outcomesUnknown == 0)
    #expect(bench.appliance.tally.callsByDisposition == [.answered: 1])
  }

  @Test func whereItAnsweredTheOutcomeIsUnknownAndNoTalkIsMadeUp() throws {
    var bench = bench(group)
    try play(&bench, groupCall(answering: "1001"))
    #expect(bench.appliance.tally.outcomesUnknown == 1)
    #expect(bench.appliance.tally.assumptions[.unknownOutcomeEndsCall] == 1)
    #expect(bench.count { $0 == .outcomeUnknown(call: Call.ID(rawValue: 1), outcome: .answererAbsent) } == 1)
    #expect(bench.rows.map(\.dstchannelExt) == ["", "1009"])
    #expect(bench.rows.last?.disposition == .noAnswer && bench.rows.last?.billsecSeconds == 0)
    #expect(bench.rows.allSatisfy { $0.billsecSeconds == 0 })
    #expect(bench.appliance.tally.callsByDisposition == [.noAnswer: 1])
    #expect(bench.appliance.ledger.calls.inUse == 0)
    #expect(bench.states(of: "1009").last == .idle, "its phone stops ringing")
  }

  @Test func aPhoneTheTraceNeverShowsRegisteringIsThere() throws {
    var bench = bench(users: 1)
    try bench.play(internalCall("1005", to: "1001", end: 10), until: 100)
    #expect(bench.rows.map(\.disposition) == [.answered])
    #expect(bench.appliance.tally.legsNotDialled == 0)
  }

  @Test func onceItIsRegisteredHereItIsThereAgain() throws {
    var bench = bench()
    let late = Registering("1009@192.0.2.109", at: pbxAddress).register(at: 100, expires: 0).reply(200, at: 100)
    let again = Registering("1001@192.0.2.101", at: pbxAddress).register(at: 110, expires: 3600).reply(200, at: 110)
    try bench.play(
      registrations + late.messages + again.messages
        + internalCall("1005", to: "1001", from: 120, end: 60).flatMap(\.messages), until: 500)
    #expect(bench.rows.map(\.disposition) == [.answered])
    let kinds = bench.systemEvents.filter { $0.name == .registerFailed }.map(\.kind)
    #expect(kinds == [.generateAlert, .restoreToNormal])
  }

  @Test func aRecordedRefusalMakesNobodyMissing() throws {
    var bench = bench(users: nil)
    let refused = Registering("1001@192.0.2.101", at: pbxAddress).register(at: 0, expires: 60).reply(403, at: 0)
    try bench.play(
      refused.messages + internalCall("1005", to: "1001", from: 10, end: 60).flatMap(\.messages), until: 500)
    #expect(bench.rows.map(\.disposition) == [.answered])
  }

  @Test func anotherPhoneOfTheExtensionAnswersForIt() throws {
    var bench = Bench(site: benchSite { $0.concurrentRegistrations = 1 })
    let phones = ["192.0.2.101", "192.0.2.201"].enumerated().flatMap { place, host in
      Registering("1001@\(host)", at: pbxAddress)
        .register(at: Double(place), expires: 3600).reply(200, at: Double(place)).messages
    }
    let caller = Dialogue(from: "1005@192.0.2.105", to: "1001@\(pbxAddress)", callID: "a")
      .invite(at: 10).ringing(at: 11).ok(at: 15).bye(at: 60)
    let legs = ["192.0.2.201", "192.0.2.101"].map { host in
      let leg = Dialogue(from: "1005@\(pbxAddress)", to: "1001@\(host)", callID: host).invite(at: 10.1).ringing(at: 11)
      return host == "192.0.2.101" ? leg.ok(at: 15).bye(at: 60) : leg.cancel(at: 15).refuse(487, at: 15)
    }
    try bench.play(phones + ([caller] + legs).flatMap(\.messages), until: 500)
    #expect(bench.appliance.tally.legsNotDialled == 1)
    #expect(bench.rows.map(\.disposition) == [.answered])
    #expect(bench.rows.first?.billsecSeconds == 45)
  }

  @Test func anUnrecordedRunCountsTheSame() throws {
    let calls = groupCall(answering: "1001") + internalCall("1005", to: "1001", from: 100, end: 60)
    var recorded = bench(group)
    try play(&recorded, calls)
    var counted = Bench(profile: profile(users: 1), site: benchSite(group), isRecorded: false)
    try play(&counted, calls)
    #expect(counted.appliance.tally == recorded.appliance.tally)
    #expect(recorded.appliance.tally.rows == recorded.rows.count)
    #expect(counted.effects.isEmpty)
  }
}
