import CRMConnectors
import HTTPTypes
import PBXModel
import Primitives
import Simulation
import TestSupport
import Testing

/// Apply Changes of the CRM pages while calls go on.
@Suite struct CRMChangeTests {
  private static func configuration(
    _ users: [[String]] = [["1001"], ["1002"]], lookups: [CRMTable] = [.contacts, .leads], add: CRMTable? = nil,
    system: CRMSystem = .zohoV2, disabled: [String] = [], incomplete: [String] = []
  ) throws -> CRMConfiguration {
    let settings = CRMBench.settings(system, add: add, lookups: lookups)
    return CRMConfiguration(
      settings: settings,
      clients: try users.enumerated().map { index, extensions in
        .init(extensions: extensions, connector: try settings.connector(for: CRMBench.user(system, "u\(index)")))
      }, disabledExtensions: disabled, incompleteExtensions: incomplete)
  }

  private func bench(
    _ zoho: PaperZoho = PaperZoho(), appliance: ApplianceSettings = ApplianceSettings()
  ) throws -> Bench {
    try CRMBench.make(.zohoV2, zoho, users: [["1001"], ["1002"]], appliance: appliance)
  }

  private static func call(_ number: Int, at start: Double, phones: [String] = ["1001"]) -> [WrittenMessage] {
    inboundCall(from: "+493055510\(number)", phones: phones, start: start, answer: 3, end: 10).flatMap(\.messages)
  }

  /// Those searched, in order.
  private func tables(_ bench: Bench) -> [String] {
    bench.requests.filter { $0.purpose == .search }.compactMap { request in
      ["Contacts", "Leads", "Accounts"].first { request.request.path?.contains($0) ?? false }
    }
  }

  @Test func lookupsGoByTheNewOrder() throws {
    var bench = try bench()
    bench.apply(try Self.configuration(lookups: [.leads, .contacts]), at: 60)
    try bench.play(Self.call(1, at: 10) + Self.call(2, at: 70), until: 120)
    #expect(tables(bench).first == "Contacts")
    // The last that a number in none of them is looked for.
    #expect(tables(bench).last == "Contacts")
    #expect(tables(bench).count { $0 == "Leads" } == tables(bench).count { $0 == "Contacts" })
    let firstOfSecondCall = tables(bench).count / 2
    #expect(tables(bench).dropFirst(firstOfSecondCall).first == "Leads")
  }

  @Test func sessionsEndAndEveryUserLogsInAnew() throws {
    var bench = try bench()
    bench.answer(until: moment(5))
    #expect(bench.appliance.crmStandings == ["1001": .loggedIn, "1002": .loggedIn])
    let tokens = bench.requests.count { $0.purpose == .token }
    bench.apply(try Self.configuration(), at: 10)
    bench.answer(until: moment(10))
    #expect(bench.appliance.crmStandings == ["1001": nil, "1002": nil] as [String: LoginStatus?])
    bench.answer(until: moment(20))
    #expect(bench.requests.count { $0.purpose == .token } == tokens + 2)
    #expect(bench.appliance.crmStandings["1001"] == .loggedIn)
    #expect(bench.effects.contains(.dropCRMConnections))
  }

  @Test func theJournalTellsWhatIsInForceAndNoSecret() throws {
    var bench = try bench()
    bench.apply(try Self.configuration([["1002"]], lookups: [.leads], add: .leads), at: 10)
    bench.answer(until: moment(20))
    let event = bench.journal.first { if case .crmSettingsApplied = $0.event { true } else { false } }
    #expect(event?.time == moment(10))
    #expect(
      event?.event == .crmSettingsApplied(system: .zohoV2, lookups: [.leads], addsTo: .leads, extensions: ["1002"]))
  }

  @Test func whoIsOffOrIncompleteIsLoggedOutWithTheReason() throws {
    var bench = try bench()
    bench.apply(try Self.configuration([], disabled: ["1001"], incomplete: ["1002"]), at: 10)
    try bench.play(Self.call(1, at: 20), until: 60)
    func reason(_ number: String) -> LogoutReason? {
      if case .loggedOut(let reason, _)?? = bench.appliance.crmStandings[number] { reason } else { nil }
    }
    #expect(reason("1001") == .userDisabled)
    #expect(reason("1002") == .credentialsMissing)
    #expect(tables(bench).isEmpty)
  }

  @Test func withNoSystemNobodyIsAskedAndEverybodyIsLoggedOut() throws {
    var bench = try bench()
    bench.apply(nil, at: 50)
    try bench.play(Self.call(1, at: 10) + Self.call(2, at: 60), until: 100)
    #expect(bench.appliance.tally.callsLogged == 1)
    #expect(bench.count { if case .crmLookup = $0 { true } else { false } } == 1)
    let reasons = bench.appliance.tally.crmUsers.map(\.status)
    #expect(reasons.count == 2)
    for case .loggedOut(let reason, _) in reasons { #expect(reason == .noSystemChosen) }
    #expect(bench.appliance.crmStandings.isEmpty)
  }

  @Test func aCRMCanBeChosenWhereThereWasNone() throws {
    var bench = Bench(site: benchSite())
    bench.crm = PaperZoho()
    bench.boot()
    bench.apply(try Self.configuration(), at: 10)
    try bench.play(Self.call(1, at: 20), until: 60)
    #expect(bench.appliance.crmStandings["1001"] == .loggedIn)
    #expect(!tables(bench).isEmpty)
  }

  @Test func callLogsNotTakenYetGoToTheNewClientOfTheSameSystemOnce() throws {
    var zoho = PaperZoho()
    zoho.mishap = { request, now in request.purpose == .logCall && now < moment(100) ? .answerLost : nil }
    var bench = try bench(zoho)
    bench.apply(try Self.configuration(), at: 75)
    try bench.play((0..<4).flatMap { Self.call($0, at: Double($0) * 15 + 10) }, until: 90)
    bench.finishRun(at: 4000)
    let marks = bench.zoho.texts("Calls", "Description").compactMap { $0.split(separator: "[ucmsim call ").last }
    #expect(marks.count == 4 && Set(marks).count == 4)
    #expect(bench.appliance.tally.callLogsUnsent == 0)
    #expect(bench.appliance.tally.assumptions[.crmChangeKeepsCalls] == 1)
  }

  @Test(arguments: [true, false])
  func callLogsOfAnotherSystemOrOfNobodyAreLostAndSaid(toAnotherSystem: Bool) throws {
    var zoho = PaperZoho()
    zoho.mishap = { request, _ in request.purpose == .logCall ? .dead : nil }
    var bench = try bench(zoho)
    bench.apply(
      toAnotherSystem ? try Self.configuration(system: .zohoV1) : try Self.configuration([["1002"]]), at: 70)
    try bench.play(Self.call(1, at: 10), until: 80)
    let lost = bench.journal.compactMap { if case .crmLogLost(_, let loss) = $0.event { loss } else { nil } }
    #expect(lost == [.settingsChanged])
    #expect(bench.appliance.tally.callLogsUnsent == 1)
  }

  @Test func theSettingLetsGoOfEverything() throws {
    var zoho = PaperZoho()
    zoho.mishap = { request, _ in request.purpose == .logCall ? .dead : nil }
    var settings = ApplianceSettings()
    settings.keepsCallsOverCRMChange = false
    var bench = try bench(zoho, appliance: settings)
    bench.apply(try Self.configuration(), at: 70)
    try bench.play(Self.call(1, at: 10), until: 80)
    #expect(bench.appliance.tally.callLogsUnsent == 1)
  }

  @Test func aQuestionOnItsWayIsAskedAnewAndTheCallIsLogged() throws {
    var bench = try bench()
    // Every answer is still on its way when the pages change, 1 second after the phone began to ring.
    bench.latencySeconds = 2
    bench.apply(try Self.configuration(), at: 11)
    try bench.play(Self.call(1, at: 10), until: 60)
    bench.finishRun(at: 200)
    #expect(bench.count { if case .crmLookup = $0 { true } else { false } } == 1)
    #expect(bench.appliance.tally.callsLogged == 1)
    #expect(bench.zoho.texts("Calls", "Description").count == 1)
  }

  @Test func beforeTheFirstBootAndWhileItIsDownItOnlyBootsWithThem() throws {
    var bench = Bench(site: benchSite())
    bench.crm = PaperZoho()
    bench.apply(try Self.configuration(), at: -1)
    bench.answer(until: moment(-1))
    #expect(bench.requests.isEmpty)
    bench.boot()
    #expect(bench.requests.count { $0.purpose == .token } == 2)
    var effects: [Effect] = []
    bench.appliance.losePower(at: moment(10), effects: &effects)
    bench.carryOut(effects, at: moment(10))
    bench.apply(try Self.configuration([["1001"]]), at: 20)
    bench.answer(until: moment(20))
    #expect(bench.requests.count { $0.purpose == .token } == 2)
    bench.answer(until: moment(500))
    #expect(bench.requests.count { $0.purpose == .token } == 3)
  }

  @Test func theSameEventsGiveTheSameRun() throws {
    func run() throws -> [JournalEntry] {
      var bench = try bench()
      bench.apply(try Self.configuration(lookups: [.leads]), at: 50)
      try bench.play(
        Self.call(1, at: 10, phones: ["1001", "1002"]) + Self.call(2, at: 60, phones: ["1002"]), until: 100)
      return bench.journal
    }
    #expect(try run() == run())
  }
}
