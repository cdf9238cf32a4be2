import BuiltInProfiles
import CRMConnectors
import Cases
import ConfigurationFiles
import HardwareProfiles
import PBXModel
import PacketCapture
import Primitives
import Simulation
import SimulationRuntime
import TLSDecryption

/// One cell: a case on a model, with a firmware and a CRM.
struct Cell: Sendable {
  let folder: CaseFolder
  let profile: Profile
  let firmware: Firmware?
  let crm: TestCase.CRM

  var id: CellID {
    CellID(
      caseName: folder.testCase.name, model: profile.model, firmware: firmware?.name ?? "", crm: crm.name)
  }

  /// Where its goldens lie.
  var goldenFolder: String {
    let own = [profile.model, firmware?.name, crm.name].compactMap { $0 }.joined(separator: "-")
    return CasePath.shortened(folder.path) + "/golden" + (folder.testCase.hasMatrix ? "/" + own : "")
  }

  /// Why the cell makes no sense on its model; nil where it does.
  var reasonToSkip: String? {
    for capability in folder.testCase.capabilities
    where !capability.matcher.matches(profile.capability(capability.name)) {
      let found = profile.capability(capability.name) ?? "unknown"
      return "needs \(capability.name) \(capability.matcher.text), \(profile.model) has \(found)"
    }
    if let firmware, profile.running(firmware) == nil {
      return "there never was firmware \(firmware.name) for the \(profile.model)"
    }
    guard let firmware, let system = crm.system, firmware.crm != nil, firmware.offer(of: system) == nil else {
      return nil
    }
    return "firmware \(firmware.name) offers no \(system)"
  }

  /// A result without a verdict, with the commands that replay just this cell.
  func emptyResult() -> CellResult {
    var result = CellResult(id: id, file: folder.file, claim: folder.testCase.claim)
    result.commands = [
      "ucmsim test \(CasePath.quoted(CasePath.shortened(folder.path))) --filter \(CasePath.quoted(id.text))"
    ]
    return result
  }

  /// Runs the cell; what stands in its way is in the result.
  ///
  /// - Returns: the result, and what the run wrote where it was whole.
  func run(_ sources: CaseSources, extras: CaseRun.Extras) -> (CellResult, RunCollector?) {
    var result = emptyResult()
    if let reason = reasonToSkip {
      result.verdict = .skipped
      result.problem = reason
      return (result, nil)
    }
    do {
      let (options, replay) = try replayOptions(sources)
      result.commands.append(replay)
      let goldens = folder.testCase.golden?.files.map { file in
        let path = goldenFolder + "/" + file.rawValue
        let bytes = try? ConfigurationText.bytes(path, atMost: RunCollector.defaultBytesMax, taking: "a golden")
        return CaseRun.Kept(file: file, shownPath: path, bytes: bytes)
      }
      let run = CaseRun(folder.testCase, options, goldens: goldens ?? [], extras: extras)
      let collector = run.run(into: &result)
      return (result, collector)
    } catch let complaint as Complaint {
      result.giveUp(complaint.message)
    } catch {
      result.giveUp(String(describing: error))
    }
    return (result, nil)
  }

  /// What the cell's replay depends on, and the command that does the same.
  func replayOptions(_ sources: CaseSources) throws -> (Replay.Options, command: String) {
    let testCase = folder.testCase
    let traces = try testCase.traces.map(folder.resolve)
    let siteReference = crm.site ?? testCase.site
    let sitePath = try siteReference.map(folder.resolve)
    let siteFile = try sitePath.map(sources.site)
    let site = siteFile?.site ?? Site()
    let scan = TraceScan(sources: traces.map { .file(path: $0) }, cryptography: SwiftCryptography())
    let pbx: PBXResolution
    do throws(TraceError) {
      pbx = try PBXResolution.resolve(given: testCase.pbx.compactMap(IPEndpoint.init(_:)), site: site, scan: scan)
    } catch {
      throw Complaint(error.description, .unusableInput)
    }
    // Names as the case has them: what a run writes must not depend on where the program was started.
    var options = Replay.Options(
      scan: scan, inputNames: testCase.traces.map(\.path), profile: firmware.flatMap(profile.running) ?? profile,
      site: site, pbx: pbx,
      toolVersion: UCMSim.version)
    options.siteName = siteReference?.path
    options.seed = testCase.seed
    options.crmLatency = .milliseconds(Int64(crm.latencyMilliseconds))
    options.crm = try crmSetUp(siteFile, sources)
    let command = try replayCommand(traces, sitePath, siteFile)
    return (options, command)
  }

  private func crmSetUp(
    _ siteFile: SiteFile?, _ sources: CaseSources
  ) throws -> (configuration: CRMConfiguration, backend: any CRMBackend)? {
    guard !crm.isNone else { return nil }
    guard let siteFile, let settings = siteFile.crm else {
      throw Complaint("\(folder.file): the CRM `\(crm.name)` needs a site file with a `crm` section", .unusableInput)
    }
    if let system = crm.system, system != settings.system.rawValue {
      throw Complaint(
        "\(folder.file): the CRM is to be \(system), but the site file's is \(settings.system.rawValue); name another "
          + "`site` for this CRM", .unusableInput)
    }
    let setUp = CRMSetUp(file: siteFile, settings: settings)
    let data = try crm.data.map(folder.resolve)
    let cloud = try setUp.cloud(
      data: try data.map { try sources.data($0, for: settings.system) }, dataName: data, seed: folder.testCase.seed)
    let configuration = try setUp.configuration()
    guard let faults = crm.faults else { return (configuration, InProcessCloud(cloud)) }
    var patience = FaultyCloud.Patience()
    patience.latency = .milliseconds(Int64(crm.latencyMilliseconds))
    let rules = try FaultScriptText.read(try folder.resolve(faults))
    return (configuration, FaultyCloud(cloud, rules: rules, seed: folder.testCase.seed, patience: patience))
  }

  private func replayCommand(_ traces: [String], _ site: String?, _ siteFile: SiteFile?) throws -> String {
    var words = ["ucmsim", "replay"] + traces + ["--model", profile.model]
    if let firmware { words += ["--firmware", firmware.name] }
    if let site { words += ["--site", site] }
    for address in folder.testCase.pbx { words += ["--pbx", address] }
    if crm.isNone, siteFile?.crm != nil { words += ["--crm", "none"] }
    if let data = crm.data { words += ["--crm-data", try folder.resolve(data)] }
    if let faults = crm.faults { words += ["--crm-faults", try folder.resolve(faults)] }
    if crm.latencyMilliseconds != 120 { words += ["--crm-latency", String(crm.latencyMilliseconds)] }
    if folder.testCase.seed != 1 { words += ["--seed", String(folder.testCase.seed)] }
    return words.map(CasePath.quoted).joined(separator: " ")
  }
}

extension Profile {
  /// A limit or trait as text; nil where the profile does not know it.
  func capability(_ name: String) -> String? {
    if let limit = LimitName(rawValue: name) { return self.limit(limit).map { String($0.value) } }
    return TraitName(rawValue: name).flatMap { traits.statement(of: $0)?.value }
  }
}
