import ArgumentParser
import CRMConnectors
import Cases
import ConfigurationFiles
import Foundation
import HardwareProfiles
import PBXModel
import PacketCapture
import Primitives
import Reports
import SimulationRuntime

/// `ucmsim new-case`: a trace becomes a regression case.
struct NewCaseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new-case",
    abstract: "Turn traces into a regression case for `ucmsim test`.",
    discussion: """
      The folder gets copies of the traces, the site file and the CRM's data, a case.yaml with what the run came to, \
      and a README.md to fill in. The case passes as it is written. The copies hold the numbers and names of the \
      trace, and the site file the CRM's credentials: look at them before they go to others.

      Examples:
        ucmsim new-case morning.pcap --site office.yaml --model ucm6304 --out cases/morning
        ucmsim new-case call.pcap --site office.yaml --crm-data crm.yaml --out cases/name
      """)

  @Argument(help: ArgumentHelp("Trace files, merged by time.", valueName: "trace"))
  var traces: [String]

  @OptionGroup var site: SiteOptions

  @Option(help: ArgumentHelp("Folder of the case.", valueName: "folder"))
  var out: String

  @Option(
    help: ArgumentHelp(
      "The model; otherwise the one that takes the most calls, so that none is refused.", valueName: "model"))
  var model: String?

  @Option(help: ArgumentHelp("The age of its firmware.", valueName: "name"))
  var firmware: String?

  @Option(
    name: .customLong("crm-data"),
    help: ArgumentHelp(
      "What the CRM holds (YAML); with it, or with --crm, the case has the site's CRM.", valueName: "file"))
  var data: String?

  @Option(
    name: .customLong("crm-faults"), help: ArgumentHelp("Script of what goes wrong with the CRM.", valueName: "file"))
  var faults: String?

  @Flag(help: "Ask the site file's CRM, too, with nobody in it but the site's users.")
  var crm = false

  @Option(help: ArgumentHelp("What the case proves, in one sentence.", valueName: "text"))
  var claim = ""

  @Flag(help: "Write into a folder that is there already.")
  var force = false

  mutating func validate() throws {
    guard !traces.contains("-") else { throw ValidationError("A case keeps its trace: give a file instead of -.") }
    guard data == nil && faults == nil && !crm || site.site != nil else {
      throw ValidationError("--crm, --crm-data and --crm-faults need --site: its `crm` section says how it is asked.")
    }
  }

  func run() throws {
    guard force || !ResultFile.isThere(out) else {
      throw Complaint("\(out) is there already; choose another folder, or --force", .usage)
    }
    let catalog = try Profiles.catalog(directory: nil)
    let siteFile = try site.readSite()
    let profile = try model.map { try Profiles.model($0, in: catalog) } ?? Self.largest(catalog)
    let age = try firmware.map { try Profiles.firmware($0, in: catalog) }
    let testCase = try copyFiles(siteFile, age)
    let root = CasePath.real(out) ?? out
    let folder = CaseFolder(path: out, root: root, testCase: testCase)
    let cell = Cell(folder: folder, profile: profile, firmware: age, crm: testCase.crms.first ?? .init(name: "none"))
    let (result, collector) = cell.run(CaseSources(), extras: CaseRun.Extras())
    guard let collector else { throw Complaint(result.problem, .unusableInput) }
    try write(testCase, profile, collector)
    try prove(root, catalog)
  }

  private static func largest(_ catalog: ProfileCatalog) throws -> Profile {
    let largest = catalog.models.max { one, other in
      (one.concurrentCalls?.value ?? 0, other.model) < (other.concurrentCalls?.value ?? 0, one.model)
    }
    guard let largest else { throw Complaint("there is no model; see `ucmsim models`", .internalError) }
    return largest
  }

  // MARK: Files

  private func copyFiles(_ siteFile: SiteFile?, _ age: Firmware?) throws -> TestCase {
    var testCase = TestCase(file: out + "/" + CaseFolder.fileName, name: Self.lastName(of: out))
    testCase.claim = claim
    let place = SourcePlace(line: 1, column: 1)
    var names: Set<String> = []
    // Found to be readable before anything is written.
    for trace in traces where !FileManager.default.isReadableFile(atPath: trace) || CasePath.isDirectory(trace) {
      throw Complaint("\(trace): cannot be read; check the path and the permissions", .unusableInput)
    }
    for trace in traces {
      var name = Self.lastName(of: trace)
      while !names.insert(name).inserted { name = "other-" + name }
      try CaseFiles.copy(trace, to: out + "/" + name)
      testCase.traces.append(.init(path: name, place: place))
    }
    if let path = site.site {
      try CaseFiles.copy(path, to: out + "/site.yaml")
      try CaseFiles.copyConnector(of: path, into: out)
      testCase.site = .init(path: "site.yaml", place: place)
    }
    testCase.pbx = try pbxAddresses(siteFile)
    if let age { testCase.firmwares = [.init(name: age.name, place: place)] }
    testCase.crms = [try crm(siteFile, place)]
    return testCase
  }

  private func pbxAddresses(_ siteFile: SiteFile?) throws -> [String] {
    if !site.pbx.isEmpty { return site.pbx.map(\.description) }
    let office = siteFile?.site ?? Site()
    guard site.needsInference(office) else { return [] }
    let resolution: PBXResolution
    do {
      resolution = try PBXResolution.resolve(
        given: [], site: office, scan: TraceScan(sources: traces.map { .file(path: $0) }))
    } catch {
      throw Complaint(error.description, .unusableInput)
    }
    StandardError.note("PBX: \(resolution.text); name it with --pbx or a site file")
    return resolution.addresses.endpoints.map { $0.port == 0 ? $0.address.description : $0.description }
  }

  private func crm(_ siteFile: SiteFile?, _ place: SourcePlace) throws -> TestCase.CRM {
    var result = TestCase.CRM(name: "none")
    guard crm || data != nil || faults != nil else {
      result.isNone = true
      return result
    }
    guard let settings = siteFile?.crm else {
      throw Complaint("\(site.site ?? "the site file"): has no `crm` section, so there is no CRM to ask", .usage)
    }
    result.name = settings.system.rawValue
    result.system = settings.system.rawValue
    if let data {
      try CaseFiles.copy(data, to: out + "/crm.yaml")
      result.data = .init(path: "crm.yaml", place: place)
    }
    if let faults {
      try CaseFiles.copy(faults, to: out + "/faults.yaml")
      result.faults = .init(path: "faults.yaml", place: place)
    }
    StandardError.note("\(out)/site.yaml holds the credentials of the CRM's users; look at it before it goes to others")
    return result
  }

  private static func lastName(of path: String) -> String {
    let name = path.split(separator: "/").last.map { String($0) } ?? "case"
    return name == "." || name == ".." ? "case" : name
  }

  private func write(_ testCase: TestCase, _ profile: Profile, _ collector: RunCollector) throws {
    let records = RunRecords(collector)
    let text = CaseText(testCase: testCase, model: profile.model, records: records).text
    try CaseFiles.write(text, to: testCase.file)
    let readme = CaseReadme(
      name: testCase.name, claim: claim, traces: testCase.traces.map(\.path), model: profile.model)
    if !ResultFile.isThere(out + "/README.md") { try CaseFiles.write(readme.text, to: out + "/README.md") }
  }

  /// Runs what was written: a case that does not pass is no case.
  private func prove(_ root: String, _ catalog: ProfileCatalog) throws {
    let suite = try CaseSuite([out], catalog: catalog, choice: CaseSuite.Choice())
    let results = suite.entries.map { entry in
      switch entry {
      case .unusable(let result): result
      case .cell(let cell): cell.run(CaseSources(), extras: CaseRun.Extras()).0
      }
    }
    guard results.count(.passed) == results.count else {
      throw Complaint("the new case does not pass:\n\(SuiteText(results).text)", .internalError)
    }
    let count = results.map(\.expectations.count).reduce(0, +)
    StandardOutput.shared.append("\(out): \(count) expectations, all hold; now say in README.md what it proves\n")
    try StandardOutput.shared.flush()
  }
}
