import CRMCloud
import CRMConnectors
import ConfigurationFiles
import Foundation
import HTTPTypes
import PBXModel
import PacketCapture
import Primitives
import Simulation
import SimulationRuntime
import Testing

/// The recorded morning of an office of twelve extensions, replayed with a CRM behind a fault script.
struct OfficeMorning {
  /// What the appliance asked of the CRM.
  struct Request: Hashable {
    let purpose: CRMRequest.Purpose
    let sent: Instant
    /// nil where no answer was asked for.
    var answer: CRMAnswer?

    /// 2xx of an answer; nil for none.
    var isDone: Bool {
      if case .response(let response, _)? = answer { return response.status.kind == .successful }
      return false
    }
  }

  /// Passes requests on and keeps what was asked and answered.
  final class Notebook: CRMBackend {
    private var backend: any CRMBackend
    private(set) var requests: [Request] = []

    init(_ backend: any CRMBackend) { self.backend = backend }

    func begin(_ request: CRMRequest, at now: Instant) -> PendingAnswer {
      let index = requests.count
      requests.append(Request(purpose: request.purpose, sent: now))
      let pending = backend.begin(request, at: now)
      return PendingAnswer(of: pending) { [self] in
        let answer = pending.answer()
        requests[index].answer = answer
        return answer
      }
    }
  }

  static let trace = RecordedTrace(name: "office-morning")
  private static func text(_ path: String) throws -> String {
    try String(contentsOf: RecordedTrace.root.appending(path: path), encoding: .utf8)
  }

  /// - Parameter faults: lines of a script, without its head.
  static func requests(faults: String = "", drain: Instant.Span = .seconds(3600)) throws -> [Request] {
    let file = try SiteFile.read(text: try text("fixtures/sites/loopback-office.yaml"), path: "site")
    let data = try CloudDataFile.read(text: try text("fixtures/crm/loopback-office.yaml"), path: "crm")
    let rules = faults.isEmpty ? [] : try FaultScriptFile.read(text: "faults:\n" + faults, path: "faults")
    let settings = try #require(file.crm)
    let clients = try file.crmUsers.sorted { $0.key < $1.key }.map { number, user in
      CRMConfiguration.Client(extensions: [number], connector: try settings.connector(for: user))
    }
    let cloud = try ZohoCloud(data: data.data, settings: data.settings, seed: 1)
    let notebook = Notebook(FaultyCloud(cloud, rules: rules, seed: 1))
    var options = Replay.Options(
      scan: scan, inputNames: ["trace.pcap"], profile: .unlimited, site: file.site,
      pbx: try .resolve(given: [], site: file.site, scan: scan), toolVersion: "0")
    options.siteName = "site"
    options.crm = (CRMConfiguration(settings: settings, clients: clients), notebook)
    options.crmDrain = drain
    var replay = Replay(options, into: nil, listener: nil)
    _ = try replay.run()
    return notebook.requests
  }

  /// When the trace's last message was recorded.
  static let end: Instant? = try? scan.run { _ in true }.last

  private static let scan = TraceScan(sources: [.file(path: trace.folder + "/trace.pcap")])

  static func moment(_ time: Instant) -> String {
    OffsetTimestamp(time, utcOffsetSeconds: 0).description.replacing("+00:00", with: "Z")
  }
}
