import ArgumentParser
import CRMCloud
import CRMConnectors
import CRMTransport
import ConfigurationFiles
import Foundation
import HardwareProfiles
import JSON
import PBXModel
import Primitives
import Reports
import SimulationRuntime

extension DoctorCommand {
  /// `ucmsim doctor crm`: walks the CRM set-up, page by page.
  struct CRMExamination: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "crm",
      abstract: "Walk the whole CRM set-up, and name the first thing wrong and how to mend it.",
      discussion: """
        Looks at the admin's page and each user's page of the site file, then asks the CRM: the client and its region, \
        the secret, the refresh token, what the token opens of what the site uses, and what is left of the credits; \
        of a CRM other than Zoho that it lets the user in, answers searches and shows calls. \
        Nothing is written; each refresh token is used once, which counts as one of its ten of ten minutes. With \
        --crm-data a CRM inside this program is asked, with --crm-url the one of `ucmsim cloud`, with --crm-transport \
        https the site's real servers, with --cassette a recording; otherwise only the pages themselves are looked \
        at.

        Exit codes: 0 all good, 1 something is wrong, 2 wrong usage, 3 unusable site file.

        Examples:
          ucmsim doctor crm office.yaml --crm-data crm.yaml
          ucmsim doctor crm office.yaml --crm-data crm.yaml --user 1001 --format json
          ucmsim doctor crm office.yaml --cassette crm.cassette
          ucmsim doctor crm office.yaml --crm-url https://127.0.0.1:8443 --crm-ca ca.pem
        """)

    @Argument(help: ArgumentHelp("Site file (YAML) with a `crm` section.", valueName: "site"))
    var site: String

    @Option(
      name: .customLong("crm-data"),
      help: ArgumentHelp("What the CRM on this machine holds (YAML); it is asked.", valueName: "file"))
    var data: String?

    @OptionGroup var transport: CRMTransportOptions
    @OptionGroup var cassettes: CassetteOptions

    @Option(help: ArgumentHelp("The model whose calls are told against the CRM's limits.", valueName: "model"))
    var model: String?

    @OptionGroup var profiles: ProfilesOption

    @Option(help: ArgumentHelp("Examine this extension's page only; repeatable.", valueName: "extension"))
    var user: [String] = []

    @Option(
      help: ArgumentHelp("The time it is, in the forms of cdr --from; otherwise now.", valueName: "time"),
      transform: TimeText.option)
    var at: TimeText?

    @Flag(help: "Ask only the region of the site's server address.")
    var oneRegion = false

    @Option(help: "text or json.")
    var format = ReplayCommand.SummaryFormat.text

    mutating func validate() throws {
      guard !cassettes.isPlayback || (!transport.usesHTTPS && data == nil) else {
        throw ValidationError("A cassette that is replayed needs no CRM: leave --crm-url and --crm-data out.")
      }
      guard cassettes.cassette == nil || cassettes.isPlayback || transport.usesHTTPS || data != nil else {
        throw ValidationError("A cassette is recorded from a CRM: add --crm-data, --crm-url or --crm-transport https.")
      }
      guard data == nil || !transport.usesHTTPS else {
        throw ValidationError("--crm-data is for the CRM inside this program; give it to `ucmsim cloud` instead.")
      }
    }

    func run() throws {
      let file = try SiteOptions.read(site)
      guard let settings = file.crm else {
        throw Complaint("\(site): has no `crm` section; add the CRM page and the users' credentials", .unusableInput)
      }
      var options = SetUpDoctor.Options()
      options.asksOtherRegions = !oneRegion
      options.concurrentCalls = try model.flatMap {
        try Profiles.model($0, in: try profiles.catalog()).concurrentCalls?.value
      }
      var backend = try backend(of: settings.system)
      options.asksCRM = backend != nil
      let now = at?.first(in: file.site.timeZone) ?? Instant(seconds: Int64(Date().timeIntervalSince1970))
      options.time = now
      var doctor = SetUpDoctor(
        settings: settings, users: SetUpUser.grouped(try pages(of: file)), options: options)
      while !Interrupt.wasRequested, let request = doctor.next(), let pending = backend?.begin(request, at: now) {
        doctor.receive(pending.answer())
      }
      let report = backend?.finish()
      report?.tell()
      try write(SetUpReport(site: site, checks: doctor.checks))
      try report?.complain()
    }

    private func pages(of file: SiteFile) throws -> [String: CRMUserSettings] {
      guard !user.isEmpty else { return file.crmUsers }
      for number in user where file.crmUsers[number] == nil {
        let known = file.crmUsers.keys.sorted().prefix(12).joined(separator: ", ")
        throw Complaint("--user: extension \(number) has no CRM page in \(site); those that have: \(known)", .usage)
      }
      return file.crmUsers.filter { user.contains($0.key) }
    }

    /// Whoever answers; nil where nobody is to be asked.
    private func backend(of system: CRMSystem) throws -> (any CRMBackend)? {
      guard transport.usesHTTPS || data != nil || cassettes.cassette != nil else { return nil }
      return try cassettes.around { try liveBackend(of: system) }
    }

    private func liveBackend(of system: CRMSystem) throws -> any CRMBackend {
      guard let path = data else { return try transport.httpsBackend() }
      let file = try CloudDataText.read(path, for: system)
      do throws(CloudContentsError) {
        return InProcessCloud(try CRMClouds(file.contents, seed: 1))
      } catch {
        throw Complaint("\(path): \(error.description)", .unusableInput)
      }
    }

    private func write(_ report: SetUpReport) throws {
      switch format {
      case .text: StandardOutput.shared.append(report.text)
      case .json:
        try StandardOutput.shared.append {
          report.json.write(.indented, to: &$0)
          $0.append(UInt8(ascii: "\n"))
        }
      }
      try StandardOutput.shared.flush()
      if Interrupt.wasRequested { throw Complaint("interrupted; the list above is of what was asked", .interrupted) }
      if report.hasFindings { throw Complaint("", .findings) }
    }
  }
}
