import ArgumentParser
import Glibc

/// `ucmsim scrub`: a trace that is safe to commit.
struct ScrubCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scrub",
    abstract: "Write a trace anew under other names, so that its run stays the same.",
    discussion: """
      Numbers, names, hosts, addresses, tags, tokens and dates are replaced throughout trace, site file and CRM data; \
      numbers outside become fictional ones. Media is left out, and so is every header, body and frame that is not \
      known; what was left out is printed. Digests are computed anew with a password that follows from the key. Both \
      traces are then replayed: where the runs differ in more than the names, nothing is written (exit code 1).

      With a key file the same names get the same pseudonyms every time; keep it out of the repository. Without one, \
      nobody can find out who is who.

      --check looks for numbers, addresses, hosts and secrets that are nobody's example, and exits with 1 where there \
      are some. It cannot tell a person's name from another word.

      Examples:
        ucmsim scrub customer.pcap case.pcap --site office.yaml --crm-data crm.yaml --key-file ~/scrub.key
        ucmsim scrub monday.pcap tuesday.pcap --out case --site office.yaml
        ucmsim scrub --check fixtures/*/trace.pcap fixtures/sites/*.yaml
      """)

  @Argument(
    help: ArgumentHelp("The trace and the new one; with --out only traces, with --check any files.", valueName: "file"))
  var files: [String]

  @Option(
    help: ArgumentHelp("Folder for the new files, under the names of the old; made when missing.", valueName: "folder"))
  var out: String?

  @Option(help: ArgumentHelp("Site file (YAML), rewritten beside the new trace.", valueName: "file"))
  var site: String?

  @Option(help: ArgumentHelp("Data of the CRM on this machine (YAML), rewritten too.", valueName: "file"))
  var crmData: String?

  @Option(help: ArgumentHelp("Key of the pseudonyms: 16 bytes or more, any; otherwise a fresh one.", valueName: "file"))
  var keyFile: String?

  @Option(help: ArgumentHelp("Weeks to move dates by; otherwise 1 to 200 back, by the key.", valueName: "n"))
  var shiftWeeks: Int?

  @Option(help: ArgumentHelp("The model that both runs are made on; any will do.", valueName: "model"))
  var model: String?

  @Option(
    name: .customLong("pbx"),
    help: ArgumentHelp("Address of the PBX, as replay takes it, repeatable.", valueName: "address[:port]"))
  var pbx: [String] = []

  @Option(help: ArgumentHelp("Read TLS with the secrets of this key log.", valueName: "file"))
  var keylog: String?

  @Flag(help: "Replace files that are there already.")
  var force = false

  @Flag(help: "Change nothing; look for what should not be committed.")
  var check = false

  mutating func validate() throws {
    if check {
      guard out == nil, site == nil, crmData == nil, keyFile == nil, shiftWeeks == nil, !force else {
        throw ValidationError("--check takes files and nothing else.")
      }
      return
    }
    if out == nil, files.count != 2 {
      throw ValidationError("Give the trace and the new one, or several traces and --out FOLDER.")
    }
    if let shiftWeeks, !(-5000...5000).contains(shiftWeeks) { throw ValidationError("--shift-weeks is -5000 to 5000.") }
    guard crmData == nil || site != nil else {
      throw ValidationError("--crm-data needs --site, whose `crm` section says how it is asked.")
    }
  }

  func run() throws {
    if check { return try ScrubCheckRun.run(files) }
    var run = try ScrubRun(self)
    let lines = try run.run()
    StandardOutput.shared.append(lines.map { $0 + "\n" }.joined())
    try StandardOutput.shared.flush()
  }
}
