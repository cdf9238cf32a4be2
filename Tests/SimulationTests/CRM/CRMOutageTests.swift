import CRMConnectors
import PBXModel
import Primitives
import Simulation
import TestSupport
import Testing

/// No call log is lost or doubled, and no contact doubled, whatever becomes of the CRM for a while.
@Suite struct CRMOutageTests {
  /// Calls from 20 numbers, one every 40 seconds, each a ring group of two users.
  private static func calls(_ count: Int) -> [Dialogue] {
    (0..<count).flatMap { index in
      inboundCall(
        from: "+4930555\(100 + index % 20)", phones: ["1001", "1002"], start: Double(index) * 40 + 10,
        answer: Double(index % 3) + 3, end: 15)
    }
  }

  private static func marks(_ zoho: PaperZoho) -> [String] {
    zoho.texts("Calls", "Description").compactMap { $0.split(separator: "[ucmsim call ").last.map(String.init) }
  }

  @Test(
    arguments: [CRMSystem.zohoV1, .zohoV2], [PaperZoho.Mishap.dead, .answerLost, .status(503), .status(429), .cut])
  func anHourWithoutTheCRMLosesNoLogAndDoublesNone(system: CRMSystem, mishap: PaperZoho.Mishap) throws {
    var zoho = PaperZoho()
    zoho.mishap = { _, now in moment(200) <= now && now < moment(3800) ? mishap : nil }
    var bench = try CRMBench.make(system, zoho, add: .leads, users: [["1001"], ["1002"]])
    try bench.play(Self.calls(110), until: 4500)
    bench.finishRun(at: 9000)
    let marks = Self.marks(bench.zoho)
    #expect(marks.count == 110 && Set(marks).count == 110)
    #expect(bench.appliance.tally.callsLogged == 110)
    #expect(bench.appliance.tally.callLogsPostponed > 0)
    #expect(bench.appliance.tally.callLogsUnsent == 0 && bench.appliance.tally.callLogsDiscarded == 0)
    let leads = bench.zoho.texts("Leads", "Phone")
    #expect(Set(leads).count == leads.count)
    let last = bench.appliance.tally.crmUsers.map(\.status)
    #expect(last.allSatisfy { $0 == .loggedIn })
  }

  @Test func keptCallsAreRecordedInTheirOrder() throws {
    var zoho = PaperZoho()
    zoho.mishap = { _, now in moment(100) <= now && now < moment(1000) ? .dead : nil }
    var bench = try CRMBench.make(.zohoV2, zoho, users: [["1001", "1002"]])
    try bench.play(Self.calls(20), until: 1100)
    bench.finishRun(at: 5000)
    let starts = bench.zoho.texts("Calls", "Call_Start_Time")
    #expect(starts.count == 20 && starts == starts.sorted())
  }

  @Test func whatTheStoreHasNoRoomForIsSaid() throws {
    var zoho = PaperZoho()
    zoho.mishap = { request, _ in request.purpose == .logCall ? .dead : nil }
    var settings = ApplianceSettings()
    settings.callLogStoreMax = 5
    var bench = try CRMBench.make(.zohoV2, zoho, users: [["1001", "1002"]], appliance: settings)
    try bench.play(Self.calls(12), until: 600)
    bench.finishRun(at: 700)
    let tally = bench.appliance.tally
    #expect(tally.callLogsDiscarded + tally.callLogsUnsent == 12 && tally.callLogsUnsent == 5)
    let lost = bench.journal.compactMap { entry in
      if case .crmLogLost(_, let loss) = entry.event { loss } else { nil }
    }
    #expect(lost.count(where: { $0 == .storeFull }) == 7 && lost.count(where: { $0 == .unsentAtEnd }) == 5)
  }

  @Test func aRevokedTokenIsNoOutageAndItsCallsAreNotKept() throws {
    var zoho = PaperZoho()
    zoho.token = .revoked
    var bench = try CRMBench.make(.zohoV2, zoho, users: [["1001", "1002"]])
    try bench.play(Self.calls(3), until: 200)
    bench.finishRun(at: 300)
    #expect(bench.appliance.tally.callLogsFailed == 3 && bench.appliance.tally.callLogsUnsent == 0)
    let failure = CRMFailure(status: 200, code: "invalid_code")
    #expect(bench.appliance.tally.crmUsers.map(\.status) == [.loggedOut(.refreshTokenDead, failure)])
  }

  @Test(arguments: 0..<40 as Range<UInt64>, [CRMSystem.zohoV1, .zohoV2])
  func noScheduleOfFaultsLosesOrDoublesAnything(seed: UInt64, system: CRMSystem) throws {
    var dice = SeededGenerator(seed: seed)
    var spans: [(from: Double, until: Double, mishap: PaperZoho.Mishap, share: UInt64)] = []
    for _ in 0..<6 {
      let start = Double.random(in: 0...1500, using: &dice)
      spans.append(
        (
          start, start + Double.random(in: 1...400, using: &dice),
          dice.pick([.dead, .answerLost, .status(500), .status(429), .cut, .status(302)]), dice.next() % 4 + 1
        ))
    }
    var zoho = PaperZoho()
    zoho.indexDelaySeconds = dice.pick([0, 5, 120])
    zoho.mishap = { request, now in
      let span = spans.first { moment($0.from) <= now && now < moment($0.until) }
      // Some of them meet every request, some every other or fourth.
      return span.flatMap { UInt64(request.id.rawValue) % $0.share == 0 ? $0.mishap : nil }
    }
    var bench = try CRMBench.make(system, zoho, add: dice.pick([.contacts, .leads]), users: [["1001"], ["1002"]])
    try bench.play(Self.calls(45), until: 2000)
    bench.finishRun(at: 9000)
    let marks = Self.marks(bench.zoho)
    #expect(marks.count == 45 && Set(marks).count == 45, "seed \(seed)")
    for module in ["Contacts", "Leads"] {
      let numbers = bench.zoho.texts(module, "Phone")
      #expect(Set(numbers).count == numbers.count, "seed \(seed)")
    }
  }
}
