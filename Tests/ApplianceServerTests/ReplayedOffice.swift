import ApplianceAPI
import ApplianceServer
import BuiltInProfiles
import CDRStorage
import CRMConnectors
import ConfigurationFiles
import Foundation
import HTTPTypes
import HardwareProfiles
import PBXModel
import PacketCapture
import Primitives
import SIPCapture
import Simulation
import SimulationRuntime
import TestSupport
import Testing

/// A fixture's trace in a live appliance, with doors of one user in front of it.
final class ReplayedOffice: ReplayObserver {
  let live: LiveAppliance
  let folder: TemporaryDirectory
  /// What the appliance was seen as on its way: the first view of each kind that was looked for.
  private(set) var views: [String: LiveView] = [:]
  private let lookedFor: [(name: String, isIt: (LiveView) -> Bool)]

  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// Replays the whole trace.
  init(
    _ trace: String, lookingFor kinds: [(name: String, isIt: (LiveView) -> Bool)] = [],
    keeping limits: CallHistory.Limits = CallHistory.Limits(), patience: Duration = .seconds(2)
  ) throws {
    lookedFor = kinds
    folder = try TemporaryDirectory()
    let (site, profile) = try Self.box()
    var background = CallHistory.Background()
    background.limits = limits
    background.patience = patience
    live = try LiveAppliance(
      profile: profile, site: site, database: folder.path("cdr.sqlite"),
      pace: ReplayPace(speed: nil, waitsForClient: false, machine: { .epoch }), seed: 1,
      background: background)
    let path = Self.root.appending(path: "fixtures/traces/\(trace)/trace.pcap").path
    let scan = TraceScan(sources: [TraceSource(argument: path)])
    let pbx = try PBXResolution.resolve(given: [], site: site, scan: scan)
    let options = Replay.Options(
      scan: scan, inputNames: [trace], profile: profile, site: site, pbx: pbx, toolVersion: "0")
    var replay = Replay(options, into: live, observer: self)
    _ = try replay.run()
    live.finish()
  }

  private static func box() throws -> (Site, Profile) {
    let file = root.appending(path: "fixtures/sites/loopback-office.yaml")
    let site = try SiteFile.read(text: String(contentsOf: file, encoding: .utf8), path: file.path).site
    let files = BuiltInProfiles.files.map { (path: $0.path, text: $0.text) }
    let catalog = try ProfileFiles.catalog(files: files)
    return (site, try #require(catalog["UCM6304"]))
  }

  /// The same appliance before any trace, with rows that are there.
  static func unplayed(database: String) throws -> LiveAppliance {
    let (site, profile) = try box()
    return try LiveAppliance(
      profile: profile, site: site, database: database, existing: .append,
      pace: ReplayPace(speed: nil, waitsForClient: false, machine: { .epoch }), seed: 1)
  }

  func mayProceed(to instant: Instant) -> Bool { live.mayProceed(to: instant) }

  func willReceive(_ captured: CapturedMessage) { live.willReceive(captured) }

  func willFinish(at instant: Instant) { live.willFinish(at: instant) }

  func didCarryOut(_ effect: Effect) { live.didCarryOut(effect) }

  func willReceive(_ event: TraceModel.Event, _ appliance: borrowing Appliance) {
    live.willReceive(event, appliance)
  }

  func willDeliver(to envelope: CRMEnvelope, _ appliance: borrowing Appliance) {
    live.willDeliver(to: envelope, appliance)
  }

  func didDeliver(
    _ answer: CRMAnswer, to envelope: CRMEnvelope, sent: Instant, answered: Instant, _ appliance: borrowing Appliance
  ) {
    live.didDeliver(answer, to: envelope, sent: sent, answered: answered, appliance)
  }

  func didReceive(_ event: TraceModel.Event, at instant: Instant, _ appliance: borrowing Appliance) {
    live.didReceive(event, at: instant, appliance)
  }

  func didProceed(to instant: Instant, _ appliance: borrowing Appliance) {
    live.didProceed(to: instant, appliance)
    for kind in lookedFor where views[kind.name] == nil {
      let view = live.view
      if kind.isIt(view) { views[kind.name] = view }
    }
  }
}
