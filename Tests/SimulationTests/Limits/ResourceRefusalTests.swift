import HardwareProfiles
import PBXModel
import Primitives
import Simulation
import TestSupport
import Testing

/// What a call, party or phone over each limit gets, and what is said of it.
@Suite struct ResourceRefusalTests {
  private func call(
    _ number: Int, to dialled: String = "7999", host: String? = nil, from start: Double, until end: Double = 500,
    _ offer: String = audio(at: "192.0.2.9")
  ) -> Dialogue {
    let from = host ?? "192.0.2.\(100 + number)"
    return Dialogue(from: "\(1000 + number)@\(from)", to: "\(dialled)@\(pbxAddress)", callID: "c\(number)-\(start)")
      .invite(at: start).carrying(offer).ok(at: start).bye(at: end)
  }

  private func refusal(_ bench: Bench) -> (reason: CallRefusal, status: Int, cause: Int)? {
    for entry in bench.journal {
      if case .callRefused(_, _, _, _, let reason, _, _, let status, let cause) = entry.event {
        return (reason, status, cause)
      }
    }
    return nil
  }

  @Test(arguments: ["RTP/SAVP", "RTP/SAVPF", "UDP/TLS/RTP/SAVPF"])
  func anEncryptedCallOverTheirLimitIsRefused(profileName: String) throws {
    let offer = audio(at: "192.0.2.9").split(separator: "RTP/AVP").joined(separator: profileName)
    var bench = Bench(profile: profile(calls: 10, limits: [.concurrentSRTPCalls: 1]))
    try bench.play([call(0, from: 0, offer), call(1, from: 10, offer), call(2, from: 20)], until: 1000)
    #expect(bench.appliance.tally.callsRefused == 1)
    #expect(refusal(bench)?.reason == .resource(.srtpCalls))
    #expect(refusal(bench)?.status == 503)
    #expect(bench.appliance.ledger.calls.peak == 2, "the refused one takes no place for calls")
    #expect(bench.alerts.first?.detail.contains("1 of 1 encrypted calls in use") == true)
  }

  @Test func aCalleesEncryptedLegTakesThePlaceToo() throws {
    var bench = Bench(profile: profile(limits: [.concurrentSRTPCalls: 0]))
    let legs = internalCall("1000", to: "1001")
    var second = Dialogue(from: "1000@\(pbxAddress)", to: "1001@192.0.2.101", callID: "secure")
    second = second.invite(at: 0.02).carrying(audio(at: "192.0.2.2").replacingAVP()).ringing(at: 1).ok(at: 3).bye(
      at: 10)
    try bench.play([legs[0], second])
    #expect(refusal(bench)?.reason == .resource(.srtpCalls))
    #expect(bench.rows.map(\.disposition) == [.failed])
    #expect(bench.appliance.tally.legsNotDialled == 1)
  }

  @Test func aPartyOverTheSeatsOfAllRoomsIsRefused() throws {
    var bench = Bench(
      profile: profile(limits: [.conferenceAttendees: 2]),
      site: benchSite { $0.conferenceRooms = ["6300", "6301"] })
    try bench.play(
      [call(0, to: "6300", from: 0), call(1, to: "6301", from: 10), call(2, to: "6300", from: 20)], until: 1000)
    #expect(refusal(bench)?.reason == .resource(.conferenceAttendees))
    #expect(refusal(bench)?.cause == 34)
    #expect(bench.appliance.ledger[.conferenceRooms].peak == 2)
    #expect(bench.appliance.ledger[.conferenceRooms].inUse == 0)
  }

  @Test func aRoomTooManyIsRefusedAndOneThatIsOpenIsNot() throws {
    var bench = Bench(
      profile: profile(limits: [.conferenceRooms: 1]), site: benchSite { $0.conferenceRooms = ["6300", "6301"] })
    try bench.play(
      [
        call(0, to: "6300", from: 0, until: 100), call(1, to: "6300", from: 10, until: 200),
        call(2, to: "6301", from: 150, until: 300), call(3, to: "6301", from: 250, until: 300),
      ], until: 1000)
    #expect(refusal(bench)?.reason == .resource(.conferenceRooms))
    #expect(bench.appliance.tally.callsRefused == 1)
    #expect(bench.appliance.ledger[.conferenceRooms].peak == 1)
  }

  @Test func aPartyOverTheVideoIsInWithoutIt() throws {
    var bench = Bench(
      profile: profile(limits: [.videoParticipants: 1]), site: benchSite { $0.conferenceRooms = ["6300"] })
    let offer = audio(at: "192.0.2.9") + "m=video 5000 RTP/AVP 99\r\n"
    try bench.play([call(0, to: "6300", from: 0, offer), call(1, to: "6300", from: 10, offer)], until: 1000)
    #expect(bench.appliance.tally.callsRefused == 0)
    #expect(bench.appliance.tally.partiesWithoutVideo == 1)
    #expect(bench.appliance.tally.assumptions[.partyOverVideoLimitIsHeard] == 1)
    #expect(bench.appliance.ledger[.conferenceAttendees].peak == 2)
  }

  @Test(arguments: [
    (AutoRecord.all, 1), (.external, 0), (.internal, 1), (.off, 0),
  ])
  func aCallBetweenExtensionsIsRecordedWhereItIsWanted(setting: AutoRecord, recordings: Int) throws {
    var bench = Bench(site: benchSite { $0.extensions[1].autoRecord = setting })
    try bench.play(internalCall("1000", to: "1001"))
    #expect(bench.appliance.ledger[.recordings].peak == recordings)
    #expect(bench.appliance.ledger[.recordings].inUse == 0)
  }

  @Test func aQueuesAndATrunksCallsAreRecordedToo() throws {
    var queue = Queue(number: "6500", members: ["1001"])
    queue.autoRecord = .all
    var bench = Bench(site: benchSite { $0.queues = [queue] })
    try bench.play(
      internalCall("1000", to: "6500").prefix(1)
        + [
          Dialogue(from: "1000@\(pbxAddress)", to: "1001@192.0.2.101", callID: "agent")
            .invite(at: 0.1).ringing(at: 1).ok(at: 3).bye(at: 10)
        ])
    #expect(bench.appliance.ledger[.recordings].peak == 1)
    var trunk = Bench(site: benchSite { $0.trunks[0].autoRecord = .external })
    try trunk.play(inboundCall())
    #expect(trunk.appliance.ledger[.recordings].peak == 1)
  }

  @Test func aCallThatFindsNoPlaceToBeRecordedGoesOn() throws {
    var bench = Bench(
      profile: profile(limits: [.simultaneousRecordings: 1]),
      site: benchSite { site in for index in site.extensions.indices { site.extensions[index].autoRecord = .all } })
    try bench.play(internalCall("1000", to: "1001", end: 50) + internalCall("1002", to: "1003", from: 10, end: 30))
    #expect(bench.rows.map(\.disposition) == [.answered, .answered])
    #expect(bench.appliance.tally.recordingsMissed == 1)
    #expect(bench.count { $0 == .callNotRecorded(call: Call.ID(rawValue: 2)) } == 1)
    #expect(bench.appliance.tally.assumptions[.callOverRecordingLimitGoesOn] == 1)
  }

  private let plan = RemoteAllowance(
    users: Limit(value: 1, unit: .users, source: "test", certainty: .assumed, confidence: .low),
    calls: Limit(value: 1, unit: .calls, source: "test", certainty: .assumed, confidence: .low))
  private let office = benchSite { $0.localNetworks = [IPNetwork("192.0.2.0/24")].compactMap(\.self) }

  @Test func aPlanLimitsUsersAndCallsFromElsewhereAlone() throws {
    let phones = ["203.0.113.1", "203.0.113.2", "192.0.2.30"].enumerated().flatMap { place, host in
      Registering("\(1000 + place)@\(host)", at: pbxAddress)
        .register(at: Double(place), expires: 3600).reply(200, at: Double(place)).messages
    }
    let calls = [
      call(4, host: "203.0.113.4", from: 10), call(5, host: "203.0.113.5", from: 20), call(6, from: 30),
    ]
    var bench = Bench(site: office, remote: plan)
    try bench.play(phones + calls.flatMap(\.messages), until: 1000)
    #expect(bench.appliance.tally.registrationsRefused == 1)
    #expect(
      bench.count { $0 == .registrationRefused(number: "1001", reason: .remoteUsers, status: 403) } == 1)
    #expect(refusal(bench)?.reason == .resource(.remoteCalls))
    #expect(bench.appliance.tally.callsRefused == 1)
    var without = Bench(site: office)
    try without.play(phones + calls.flatMap(\.messages), until: 1000)
    #expect(without.appliance.tally.callsRefused + without.appliance.tally.registrationsRefused == 0)
    #expect(without.appliance.ledger[.remoteUsers].peak == 2, "the use is known without a plan too")
  }

  @Test func aPhoneThatGoesGivesItsRemotePlaceBack() throws {
    let first = Registering("1000@203.0.113.1", at: pbxAddress).register(at: 0, expires: 60).reply(200, at: 0)
    let second = Registering("1001@203.0.113.2", at: pbxAddress).register(at: 100, expires: 60).reply(200, at: 100)
    var bench = Bench(site: office, remote: plan)
    try bench.play(first.messages + second.messages, until: 120)
    #expect(bench.appliance.tally.registrationsRefused == 0)
    #expect(bench.appliance.ledger[.remoteUsers].inUse == 1)
  }

  @Test func theCallersNextTryIsNamedAndJudgedOnItsOwn() throws {
    var bench = Bench(profile: profile(calls: 1))
    try bench.play(
      [
        call(0, from: 0, until: 30), call(1, from: 10, until: 20), call(1, from: 40, until: 60),
        call(1, from: 200, until: 210),
      ], until: 1000)
    #expect(bench.appliance.tally.callsRefused == 1)
    #expect(bench.appliance.tally.callsRetried == 1)
    #expect(bench.count { $0 == .callRetried(call: Call.ID(rawValue: 3), of: Call.ID(rawValue: 2)) } == 1)
    #expect(bench.rows.filter { $0.src == "1001" }.map(\.disposition) == [.failed, .answered, .answered])
  }

  @Test func aCallToSomebodyElseIsNoRetry() throws {
    var bench = Bench(profile: profile(calls: 0))
    try bench.play([call(1, from: 10, until: 20), call(1, to: "7998", from: 15, until: 25)], until: 1000)
    #expect(bench.appliance.tally.callsRetried == 0)
  }

  @Test func manyRefusalsAreOneAlertThatIsRestoredWhenTheyStop() throws {
    var bench = Bench(profile: profile(calls: 0))
    try bench.play((0..<9).map { call($0, from: Double($0 * 30), until: Double($0 * 30 + 5)) }, until: 1000)
    let times = bench.journal.compactMap { entry -> String? in
      guard case .systemEvent(let event) = entry.event else { return nil }
      return "\(event.kind.rawValue) \((entry.time - traceStart).wholeSeconds)"
    }
    #expect(times == ["Generate Alert 0", "Restore to Normal 300"])
    #expect(bench.appliance.tally.callsRefused == 9)
  }

  @Test func timeAboveEightyPercentCountsToTheEndOfTheRun() throws {
    var bench = Bench(profile: profile(calls: 2))
    try bench.play([call(0, from: 0, until: 900).before(900), call(1, from: 100, until: 200)], until: 300)
    var effects: [Effect] = []
    bench.appliance.finish(running: bench.model.calls.runningCalls, endedWithoutBye: 0, effects: &effects)
    #expect(bench.appliance.ledger.calls.time(abovePercent: 80, of: 2).wholeSeconds == 100)
    #expect(bench.appliance.ledger.calls.time(abovePercent: 40, of: 2).wholeSeconds == 300)
  }
}
