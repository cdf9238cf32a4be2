import ArgumentParser
import ConfigurationFiles
import PBXModel

/// `ucmsim doctor`: is this set-up sound.
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Examine a site's set-up before any call is replayed.",
    discussion: """
      Examples:
        ucmsim doctor site office.yaml
        ucmsim doctor crm office.yaml --crm-data crm.yaml
      """,
    subcommands: [SiteExamination.self, CRMExamination.self])
}

extension DoctorCommand {
  /// `ucmsim doctor site`: reads the file, and nothing else.
  struct SiteExamination: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "site",
      abstract: "Check a site file.",
      discussion: "Prints every mistake with its line and what would be right.")

    @Argument(help: ArgumentHelp("Site file (YAML).", valueName: "site"))
    var site: String

    func run() throws {
      let file = try SiteOptions.read(site)
      let counts = [
        (file.site.extensions.count, "extension"), (file.site.trunks.count, "trunk"),
        (file.site.inboundRoutes.count, "inbound route"), (file.site.outboundRoutes.count, "outbound route"),
        (file.crmUsers.count, "CRM user"),
      ]
      let text = counts.map { "\($0.0) \($0.1)\($0.0 == 1 ? "" : "s")" }.joined(separator: ", ")
      StandardOutput.shared.append("\(site): sound; \(text)\n")
      try StandardOutput.shared.flush()
    }
  }
}
