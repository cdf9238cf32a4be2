import CRMConnectors
import PBXModel
import Primitives
import Simulation
import TestSupport
import Testing

@Suite struct CRMModuleTests {
  private static let caller = "+493055501"
  private static let anna = CRMRecordReference(table: .contacts, id: "c1", name: "Anna Known")
  private let call = Call.ID(rawValue: 1)

  private func bench(
    _ script: [String: LookupOutcome] = [caller: .found(anna)], users: [[String]] = [["1001", "1002"]],
    add: CRMTable? = nil, settings: ApplianceSettings = ApplianceSettings(), limit: Int? = nil,
    manner: LookupManner = .verified
  ) -> Bench {
    var crm = CRMSettings(
      system: .zohoV2, serverAddress: "https://crm.example.com", addUnknownNumber: add,
      contactLookups: [.leads, .contacts])
    crm.numbers.manner = manner
    let clients = users.map { CRMConfiguration.Client(extensions: $0, connector: ScriptedConnector(script)) }
    return Bench(
      profile: profile(calls: limit), crm: CRMConfiguration(settings: crm, clients: clients), settings: settings)
  }

  private func asked(_ bench: Bench, _ purpose: CRMRequest.Purpose) -> [String] {
    bench.requests.filter { $0.purpose == purpose }.map { String(decoding: $0.body, as: UTF8.self) }
  }

  private func displays(_ bench: Bench) -> [String] {
    bench.journal.compactMap { entry in
      if case .display(_, let number, let name) = entry.event { "\(number) \(name)" } else { nil }
    }
  }

  @Test func theUsersLogInAtBoot() throws {
    var bench = bench(users: [["1001"], ["1002", "1003"]])
    var effects: [Effect] = []
    bench.appliance.boot(at: moment(0), effects: &effects)
    #expect(effects.count == 2)
  }

  @Test func anInboundCallIsLookedUpOnceAndShownOnEveryPhone() throws {
    var bench = bench()
    try bench.play(inboundCall(phones: ["1001", "1002", "1003"]))
    #expect(asked(bench, .search) == ["+493055501 in leads,contacts add -"])
    #expect(displays(bench) == ["1001 Anna Known", "1002 Anna Known"])
    #expect(bench.count { $0 == .crmLookup(call: call, number: Self.caller, outcome: .found(Self.anna)) } == 1)
    #expect(bench.rows.allSatisfy { $0.callerName == "Anna Known" && $0.clid == "\"Anna Known\" <+493055501>" })
    #expect(bench.appliance.tally.lookupsHit == 1)
    #expect(bench.appliance.tally.assumptions[.crmLookupOncePerCall] == 1)
  }

  @Test(arguments: [
    (LookupManner.verified, [], nil), (.vendorAddIn, ["anonymous in leads,contacts add -"], 1),
  ])
  func aWithheldNumberIsAskedForInTheAddInsMannerOnly(manner: LookupManner, searches: [String], leant: Int?) throws {
    var bench = bench([:], manner: manner)
    let caller = Dialogue(from: "anonymous@198.51.100.1", to: "1001@192.0.2.2", callID: "in").invite(at: 0)
      .trying(at: 0.1).ok(at: 15).bye(at: 20)
    let phone = Dialogue(from: "anonymous@192.0.2.2", to: "1001@192.0.2.101", callID: "a").invite(at: 0.2)
      .ringing(at: 1).ok(at: 14.9).bye(at: 20)
    try bench.play([caller, phone])
    #expect(asked(bench, .search) == searches)
    #expect(bench.appliance.tally.assumptions[.crmAsksAsVendorAddIn] == leant)
  }

  @Test func aPhoneCalledLaterShowsTheNameAtOnce() throws {
    var bench = bench()
    let caller = Dialogue(from: "\(Self.caller)@198.51.100.1", to: "1001@192.0.2.2", callID: "in").invite(at: 0)
      .trying(at: 0.1).ok(at: 15).bye(at: 20)
    let first = Dialogue(from: "\(Self.caller)@192.0.2.2", to: "1001@192.0.2.101", callID: "a").invite(at: 0.2)
      .ringing(at: 1).refuse(480, at: 10)
    let second = Dialogue(from: "\(Self.caller)@192.0.2.2", to: "1002@192.0.2.102", callID: "b").invite(at: 10.1)
      .ringing(at: 11).ok(at: 14.9).bye(at: 20)
    try bench.play(caller, first, second)
    #expect(asked(bench, .search).count == 1)
    #expect(displays(bench) == ["1001 Anna Known", "1002 Anna Known"])
  }

  @Test func aPhoneThatStoppedRingingShowsNothing() throws {
    var bench = bench()
    bench.latencySeconds = 5
    try bench.play(inboundCall(phones: ["1001", "1002"], answering: "1002", answer: 3, end: 10))
    #expect(displays(bench) == ["1002 Anna Known"])
  }

  @Test func callsInsideTheHouseAskNothing() throws {
    var bench = bench()
    try bench.play(internalCall("1001", to: "1002"))
    #expect(bench.requests.isEmpty)
  }

  @Test func aUserWithoutCRMAsksNothingAndLogsNothing() throws {
    var bench = bench(users: [["1002"]])
    try bench.play(inboundCall(phones: ["1001"]))
    #expect(bench.requests.isEmpty)
    #expect(bench.rows.map(\.callerName) == ["From Outside"])
  }

  @Test(arguments: ["", "anonymous", "Restricted"])
  func aCallerWithoutANumberIsNeitherLookedUpNorAdded(number: String) throws {
    var bench = bench([:], add: .contacts)
    try bench.play(inboundCall(from: number))
    #expect(bench.requests.isEmpty)
    #expect(bench.rows.contains { $0.disposition == .answered })
  }

  @Test func aRefusedCallAsksNothing() throws {
    var bench = bench(limit: 0)
    try bench.play(inboundCall())
    #expect(bench.requests.isEmpty)
    #expect(bench.appliance.tally.callsRefused == 1)
  }

  @Test func aMissIsAddedWhereTheAdminSaidSo() throws {
    var bench = bench([:], add: .leads)
    try bench.play(inboundCall())
    #expect(asked(bench, .search) == ["+493055501 in leads,contacts add leads"])
    #expect(bench.appliance.tally.lookupsAdded == 1)
    #expect(displays(bench).isEmpty)
    #expect(asked(bench, .logCall) == ["inbound +493055501 1001 7s new"])
  }

  @Test func aMissIsAddedNowhereWhereTheAdminDidNot() throws {
    var bench = bench([:])
    try bench.play(inboundCall())
    #expect(bench.appliance.tally.lookupsMissed == 1)
    #expect(asked(bench, .logCall) == ["inbound +493055501 1001 7s -"])
    #expect(bench.appliance.tally.assumptions[.crmLogsUnknownNumbers] == 1)
  }

  @Test func aCallOfAnUnknownNumberIsNotLoggedWhereTheSettingForbidsIt() throws {
    var settings = ApplianceSettings()
    settings.logsCallsOfUnknownNumbers = false
    var bench = bench([:], settings: settings)
    try bench.play(inboundCall())
    #expect(asked(bench, .logCall).isEmpty)
  }

  @Test func aCallIsLoggedOnceAfterItsEnd() throws {
    var bench = bench()
    try bench.play(inboundCall(end: 10).map { $0.before(10) }, until: 9)
    #expect(asked(bench, .logCall).isEmpty)
    var whole = self.bench()
    try whole.play(inboundCall(phones: ["1001", "1002"], answering: "1002", end: 10))
    #expect(asked(whole, .logCall) == ["inbound +493055501 1002 7s c1"])
    #expect(whole.count { $0 == .crmLog(call: call, outcome: .logged(id: "log-1")) } == 1)
    #expect(whole.appliance.tally.callsLogged == 1)
  }

  @Test func theLogWaitsForALateLookup() throws {
    var bench = bench()
    bench.latencySeconds = 30
    try bench.play(inboundCall(end: 10), until: 29)
    #expect(asked(bench, .logCall).isEmpty)
    #expect(bench.rows.map(\.callerName) == ["From Outside"])
    try bench.play([WrittenMessage](), until: 70)
    #expect(asked(bench, .logCall) == ["inbound +493055501 1001 7s c1"])
    #expect(displays(bench).isEmpty)
  }

  @Test func aLookupThatIsNeverAnsweredLogsNothing() throws {
    var bench = bench()
    bench.latencySeconds = nil
    try bench.play(inboundCall())
    #expect(asked(bench, .search).count == 1)
    #expect(asked(bench, .logCall).isEmpty)
    #expect(bench.rows.count == 1)
  }

  @Test func aFailedLookupStillLogsTheCall() throws {
    var bench = bench([Self.caller: .failed(CRMFailure(status: 500, code: "INTERNAL_ERROR"))])
    try bench.play(inboundCall())
    #expect(bench.appliance.tally.lookupsFailed == 1)
    #expect(asked(bench, .logCall) == ["inbound +493055501 1001 7s -"])
    #expect(bench.rows.map(\.callerName) == ["From Outside"])
  }

  @Test func aCallNobodyLiftedIsLoggedAsMissed() throws {
    var bench = bench()
    try bench.play(inboundCall(phones: ["1001", "1002"], answering: nil))
    #expect(asked(bench, .logCall) == ["missed +493055501 1001 0s c1"])
  }

  @Test(arguments: [true, false])
  func anOutboundCallIsLookedUpWhereTheSettingSaysSo(setting: Bool) throws {
    var settings = ApplianceSettings()
    settings.looksUpOutboundCalls = setting
    var bench = bench([:], add: .leads, settings: settings)
    try bench.play(
      Dialogue(from: "1001@192.0.2.101", to: "9055502@192.0.2.2", callID: "a").invite(at: 0).trying(at: 0.1).ok(at: 3)
        .bye(at: 9),
      Dialogue(from: "1001@192.0.2.2", to: "055502@198.51.100.1", callID: "b").invite(at: 0.2).ok(at: 3).bye(at: 9))
    #expect(asked(bench, .search) == (setting ? ["055502 in leads,contacts add -"] : []))
    #expect(asked(bench, .logCall) == (setting ? ["outbound 055502 1001 6s -"] : []))
    #expect(bench.appliance.tally.assumptions[.crmOutboundLookup] == (setting ? 1 : nil))
  }

  @Test func theTalkersOwnUserLogsTheCall() throws {
    var bench = bench(users: [["1001"], ["1002"]])
    try bench.play(inboundCall(phones: ["1001", "1002"], answering: "1002"))
    let envelopes = bench.effects.compactMap { effect -> Int? in
      if case .askCRM(let envelope) = effect { envelope.connector } else { nil }
    }
    #expect(envelopes == [0, 1])
  }

  @Test func anAnswerToNoQuestionIsIgnored() throws {
    var bench = bench()
    try bench.play(inboundCall())
    let envelope = try #require(
      bench.effects.compactMap { effect -> CRMEnvelope? in
        if case .askCRM(let envelope) = effect { envelope } else { nil }
      }.first)
    var effects: [Effect] = []
    bench.appliance.receive(.unreachable(.timedOut), to: envelope, at: moment(200), effects: &effects)
    #expect(effects.isEmpty)
  }

  @Test func theSameEventsGiveTheSameEffects() throws {
    var (one, other) = (bench(), bench())
    try one.play(inboundCall(phones: ["1001", "1002"], answering: "1002"))
    try other.play(inboundCall(phones: ["1001", "1002"], answering: "1002"))
    #expect(one.effects == other.effects)
    #expect(!one.effects.isEmpty)
  }
}
