import ArgumentParser
import CRMConnectors
import ConfigurationFiles
import Primitives

/// `ucmsim connector`: CRMs that a file describes.
struct ConnectorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "connector",
    abstract: "Check a CRM connector's file, and try it.",
    discussion: """
      Examples:
        ucmsim connector check hubspot.yaml
        ucmsim connector try hubspot.yaml --number +14155550142
        ucmsim connector try hubspot.yaml --number +14155550142 --create contacts --log
        ucmsim connector try hubspot.yaml --number +14155550142 --parameter accessToken=… --real
      """,
    subcommands: [Check.self, Trial.self])
}

extension ConnectorCommand {
  /// `ucmsim connector check`: reads the file, and says what it would ask.
  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "check",
      abstract: "Check a connector's file with its examples, and show what it would ask.",
      discussion: """
        Every mistake is printed with its line and what would be right.

        Exit codes: 0 sound, 2 wrong usage, 3 unusable file.
        """)

    @Argument(help: ArgumentHelp("Connector's file (YAML).", valueName: "file"))
    var file: String

    @Option(help: ArgumentHelp("The number whose requests are shown.", valueName: "number"))
    var number = "+14155550142"

    func run() throws {
      let connector = try ConnectorText.read(file)
      let report = ConnectorCheckText(connector: connector, number: try Self.dialled(number))
      do throws(ConnectorSettingsError) {
        StandardOutput.shared.append("\(file): sound; \(connector.examples.count) examples\n" + (try report.text()))
      } catch {
        // Without examples nobody has entered the parameters.
        StandardOutput.shared.append("\(file): sound; no examples, so no requests can be shown\n")
      }
      try StandardOutput.shared.flush()
    }

    static func dialled(_ text: String) throws -> DialledNumber {
      do throws(DialledNumber.Fault) { return try DialledNumber(text) } catch {
        throw Complaint("--number: nobody can be asked about it (\(error.rawValue)); write +14155550142", .usage)
      }
    }
  }
}
