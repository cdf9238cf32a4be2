import CRMCloud
import CRMConnectors
import ConfigurationFiles
import Foundation
import HTTPTypes
import HardwareProfiles
import JSON
import PBXModel
import PacketCapture
import Primitives
import Reports
import SIPCapture
import Simulation
import SimulationRuntime
import Synchronization
import Testing

/// What a running replay is told from outside.
@Suite struct ReplayOrderTests {
  /// Orders at their times, and what the replay was seen to do.
  private final class Desk: ReplayObserver {
    private var waiting: [(at: Instant, order: ReplayOrder)]
    private var next = Instant.epoch
    private(set) var standings: [String: LoginStatus?] = [:]
    private(set) var asked: [CRMRequest] = []

    init(_ orders: [(at: Instant, order: ReplayOrder)]) { waiting = orders }

    func mayProceed(to instant: Instant) -> Bool {
      next = instant
      return true
    }
    func takeOrder() -> (order: ReplayOrder, at: Instant)? {
      guard let first = waiting.first, first.at <= next else { return nil }
      waiting.removeFirst()
      return (first.order, first.at)
    }
    func didReceive(_ event: TraceModel.Event, at instant: Instant, _ appliance: borrowing Appliance) {}
    func didProceed(to instant: Instant, _ appliance: borrowing Appliance) { standings = appliance.crmStandings }
    func didAsk(_ request: CRMRequest) { asked.append(request) }
  }

  private struct Office {
    let site: Site
    let settings: CRMSettings
    let users: [String: CRMUserSettings]
    let cloud: ZohoCloud

    init() throws {
      let text = { (path: String) in
        try String(contentsOf: RecordedTrace.root.appending(path: path), encoding: .utf8)
      }
      let file = try SiteFile.read(text: text("fixtures/sites/loopback-office.yaml"), path: "site")
      let data = try CloudDataFile.read(text: text("fixtures/crm/loopback-office.yaml"), path: "crm")
      site = file.site
      settings = try #require(file.crm)
      users = file.crmUsers
      cloud = try ZohoCloud(data: data.data, settings: data.settings, seed: 1)
    }

    func configuration(lookups: [CRMTable]? = nil, only: String? = nil) throws -> CRMConfiguration {
      var settings = settings
      if let lookups {
        settings.contactLookups = lookups
        settings.addUnknownNumber = lookups.first
      }
      let clients = try users.filter { only == nil || $0.key == only }.sorted { $0.key < $1.key }.map { number, user in
        CRMConfiguration.Client(extensions: [number], connector: try settings.connector(for: user))
      }
      return CRMConfiguration(settings: settings, clients: clients)
    }

    func options(withCRM: Bool = true) throws -> Replay.Options {
      let scan = TraceScan(sources: [.file(path: OfficeMorning.trace.folder + "/trace.pcap")])
      var options = Replay.Options(
        scan: scan, inputNames: ["trace.pcap"], profile: .unlimited, site: site,
        pbx: try .resolve(given: [], site: site, scan: scan), toolVersion: "0")
      options.siteName = "site"
      if withCRM { options.crm = (try configuration(), InProcessCloud(cloud)) }
      return options
    }
  }

  private static func lines(_ bytes: [UInt8], _ event: String? = nil) -> [JSONValue] {
    bytes.split(separator: UInt8(ascii: "\n")).compactMap { JSONValue(parsing: Array($0)) }
      .filter { event == nil || $0["event"]?.string == event }
  }

  private func middle() throws -> Instant {
    let scan = TraceScan(sources: [.file(path: OfficeMorning.trace.folder + "/trace.pcap")])
    var first: Instant?
    let end = try #require(
      try scan.run { message in
        first = first ?? message.time
        return true
      }.last)
    let begin = try #require(first)
    return begin + .seconds((end - begin).wholeSeconds / 2)
  }

  private func run(
    _ options: Replay.Options, _ orders: [(at: Instant, order: ReplayOrder)]
  ) throws -> (collector: RunCollector, desk: Desk, replay: Replay) {
    let collector = RunCollector(layout: CDRLayout(options.profile.traits), timeZone: options.site.timeZone)
    let desk = Desk(orders)
    var replay = Replay(options, into: collector, observer: desk)
    _ = try replay.run()
    return (collector, desk, replay)
  }

  @Test func changedPagesHoldFromTheMomentOfTheirApplication() throws {
    let office = try Office()
    let moment = try middle()
    let change = CRMChange(configuration: try office.configuration(lookups: [.leads]), backend: { $0 })
    let (collector, desk, _) = try run(office.options(), [(moment, ReplayOrder(.apply(change)))])
    let applied = Self.lines(collector.events, "crmSettingsApplied")
    #expect(applied.count == 1)
    #expect(applied.first?["lookups"] == ["leads"])
    let searches = Self.lines(collector.exchanges).filter { $0["purpose"]?.string == "search" }
    func time(_ line: JSONValue) -> Double {
      switch line["time"] {
      case .integer(let number)?: Double(number)
      case .number(let number)?, .decimal(let number, _)?: number
      default: 0
      }
    }
    let change0 = time(try #require(applied.first))
    let later = searches.filter { time($0) > change0 }
    #expect(!later.isEmpty && later.allSatisfy { $0["path"]?.string?.contains("/Leads/") == true })
    #expect(searches.contains { time($0) < change0 && $0["path"]?.string?.contains("/Contacts/") == true })
    #expect(desk.standings.count == 12 && desk.standings.values.allSatisfy { $0 == .loggedIn })
  }

  @Test func theSameOrdersGiveTheSameBytes() throws {
    let office = try Office()
    let moment = try middle()
    func bytes() throws -> [[UInt8]] {
      let change = CRMChange(configuration: try office.configuration(lookups: [.leads]), backend: { $0 })
      let (collector, _, _) = try run(office.options(), [(moment, ReplayOrder(.apply(change)))])
      return [collector.events, collector.exchanges, collector.summary]
    }
    #expect(try bytes() == bytes())
  }

  @Test func aRunWithoutCRMCanBeGivenOneAndLosesItAgain() throws {
    let office = try Office()
    let moment = try middle()
    let cloud = office.cloud
    let given = CRMChange(configuration: try office.configuration()) { _ in InProcessCloud(cloud) }
    let taken = CRMChange(configuration: nil, backend: { $0 })
    let (collector, desk, _) = try run(
      office.options(withCRM: false),
      [(.epoch, ReplayOrder(.apply(given))), (moment, ReplayOrder(.apply(taken)))])
    #expect(!Self.lines(collector.exchanges).isEmpty)
    #expect(desk.standings.isEmpty)
    #expect(Self.lines(collector.events, "crmSettingsApplied").map { $0["system"]?.string } == ["zoho-v2", "none"])
  }

  @Test func aRequestIsSentAgainByHandAndChangesNothingOfTheRun() throws {
    let office = try Office()
    let moment = try middle()
    let plain = try run(office.options(), [])
    let search = try #require(plain.desk.asked.first { $0.purpose == .search })
    let done = Mutex(0)
    let order = ReplayOrder(.repeatRequest(search, number: 3)) { done.withLock { $0 += 1 } }
    let again = try run(office.options(), [(moment, order)])
    #expect(done.withLock { $0 } == 1)
    let byHand = Self.lines(again.collector.exchanges).filter { $0["repeats"] != nil }
    #expect(byHand.count == 1)
    #expect(byHand.first?["repeats"] == 3 && byHand.first?["connector"] == nil)
    #expect(again.collector.events == plain.collector.events)
  }

  @Test func afterTheEndOrdersAreStillCarriedOut() throws {
    let office = try Office()
    var options = try office.options()
    options.attendsAfterEnd = true
    var (collector, desk, replay) = try run(options, [])
    let before = Self.lines(collector.exchanges).count
    let change = CRMChange(configuration: try office.configuration(only: "1003"), backend: { $0 })
    replay.attend(ReplayOrder(.apply(change)))
    #expect(desk.standings == ["1003": .loggedIn])
    replay.attend(ReplayOrder(.apply(CRMChange(configuration: nil, backend: { $0 }))))
    #expect(desk.standings.isEmpty)
    replay.finishTraffic()
    // The collector was closed with the traces; what came later is only seen.
    #expect(Self.lines(collector.exchanges).count >= before)
  }

  @Test func whereNobodyAnswersTheUserIsLoggedOutWithTheReason() throws {
    struct Nobody: CRMBackend {
      func begin(_ request: CRMRequest, at now: Instant) -> PendingAnswer {
        PendingAnswer(.unreachable(.connectionRefused))
      }
    }
    let office = try Office()
    let change = CRMChange(configuration: try office.configuration(), backend: { _ in Nobody() })
    let (_, desk, _) = try run(office.options(), [(try middle(), ReplayOrder(.apply(change)))])
    guard case .loggedOut(let reason, _)?? = desk.standings["1003"] else {
      Issue.record("not logged out")
      return
    }
    #expect(reason == .unreachable)
  }
}
