import BuiltInProfiles
import CRMCloud
import CRMConnectors
import ConfigurationFiles
import Foundation
import HardwareProfiles
import JSON
import PBXModel
import PacketCapture
import Primitives
import Reports
import Simulation
import SimulationRuntime
import Testing

/// `compare` says of every model what `replay` of it alone says.
struct FleetReplayTests {
  /// What a run's summary says that a comparison says once, of all members.
  private static let shared: Set<String> = [
    "tool", "inputs", "fingerprint", "seed", "site", "pbx", "timeZone", "first", "last", "capture", "account",
    "tracking", "failures", "notices",
  ]

  private static func models() throws -> [Profile] {
    let catalog = try ProfileFiles.catalog(files: BuiltInProfiles.files)
    return catalog.models
      + [0, 1, 2, 3, 5, 8].map { number in
        var profile = Profile.unlimited
        profile.model = "Tiny\(number)"
        profile.limits[.concurrentCalls] = limit(number, .calls)
        profile.limits[.users] = limit(max(0, 5 - number), .users)
        return profile
      }
  }

  private static func limit(_ value: Int, _ unit: LimitUnit) -> Limit {
    Limit(value: value, unit: unit, source: "test", certainty: .assumed, confidence: .low)
  }

  private func scan(_ trace: RecordedTrace) -> TraceScan {
    TraceScan(sources: [.file(path: trace.folder + "/trace.pcap")])
  }

  private func expectAlike(
    _ summary: FleetSummary, _ replay: (Fleet.Member) throws -> RunSummary, members: [Fleet.Member]
  ) throws {
    let ours = try #require(summary.json["members"]?.array)
    #expect(ours.count == members.count)
    for (member, ours) in zip(members, ours) {
      for part in try replay(member).json.members ?? [] where !Self.shared.contains(part.name) {
        #expect(ours[part.name] == part.value, "\(member.profile.model): \(part.name)")
      }
    }
  }

  @Test(arguments: RecordedTrace.all)
  func everyModelComesToWhatItsReplayComesTo(_ trace: RecordedTrace) throws {
    let members = try Self.models().map { Fleet.Member(profile: $0) }
    let (site, scan) = (try trace.site(), scan(trace))
    let pbx = try PBXResolution.resolve(given: [], site: site, scan: scan)
    var fleet = FleetReplay(
      FleetReplay.Options(
        scan: scan, inputNames: ["trace.pcap"], members: members, site: site, pbx: pbx, toolVersion: "0"))
    try expectAlike(
      try fleet.run(),
      { member in
        var replay = Replay(
          Replay.Options(
            scan: scan, inputNames: ["trace.pcap"], profile: member.profile, site: site, pbx: pbx, toolVersion: "0"),
          into: nil)
        return try replay.run()
      }, members: members)
  }

  @Test func everyModelHasACRMOfItsOwn() throws {
    let office = OfficeMorning.trace
    let file = try SiteFile.read(text: try Self.text("fixtures/sites/loopback-office.yaml"), path: "site")
    let data = try CloudDataFile.read(text: try Self.text("fixtures/crm/loopback-office.yaml"), path: "crm")
    let settings = try #require(file.crm)
    let catalog = try ProfileFiles.catalog(files: BuiltInProfiles.files)
    let models = try Self.models().filter { $0.model.hasPrefix("Tiny") } + catalog.models.prefix(2)
    let members = models.flatMap { profile in
      ([nil] + catalog.firmware.map(Optional.init)).map { Fleet.Member(profile: profile, firmware: $0) }
    }
    let crm = {
      let clients = try file.crmUsers.sorted { $0.key < $1.key }.map { number, user in
        CRMConfiguration.Client(extensions: [number], connector: try settings.connector(for: user))
      }
      let cloud = try ZohoCloud(data: data.data, settings: data.settings, seed: 1)
      return (CRMConfiguration(settings: settings, clients: clients), FaultyCloud(cloud, rules: [], seed: 1))
    }
    let scan = scan(office)
    let pbx = try PBXResolution.resolve(given: [], site: file.site, scan: scan)
    var options = FleetReplay.Options(
      scan: scan, inputNames: ["trace.pcap"], members: members, site: file.site, pbx: pbx, toolVersion: "0")
    options.siteName = "site"
    options.crm = try crm()
    var fleet = FleetReplay(options)
    let summary = try fleet.run()
    try expectAlike(
      summary,
      { member in
        var options = Replay.Options(
          scan: scan, inputNames: ["trace.pcap"], profile: member.profile, site: file.site, pbx: pbx,
          toolVersion: "0")
        options.siteName = "site"
        if member.firmware.map({ $0.crm == nil || $0.offer(of: settings.system.rawValue) != nil }) ?? true {
          options.crm = try crm()
        }
        var replay = Replay(options, into: nil)
        return try replay.run()
      }, members: members)
    #expect(summary.results.contains { !$0.hasCRM && $0.crmRequests == 0 })
    #expect(Set(summary.results.filter(\.hasCRM).map(\.crmRequests)).count > 1)
  }

  private static func text(_ path: String) throws -> String {
    try String(contentsOf: RecordedTrace.root.appending(path: path), encoding: .utf8)
  }
}
