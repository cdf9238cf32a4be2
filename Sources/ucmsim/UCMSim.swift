import ArgumentParser
import Glibc

/// The command line: arguments in, exit code out.
@main
struct UCMSim: ParsableCommand {
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "ucmsim",
    abstract: "Replay recorded calls through a simulated Grandstream UCM6xxx.",
    discussion: """
      Traces are pcap or pcapng files; - reads standard input. Results go to standard output, everything else to \
      standard error.

      Exit codes: 0 done, 1 findings, 2 wrong usage, 3 unusable input, 4 internal error, 130 interrupted.

      Examples:
        ucmsim replay morning.pcap --model ucm6304 --site office.yaml --out run
        ucmsim calls morning.pcap --format jsonl
        ucmsim ladder morning.pcap --call 12
        ucmsim explain morning.pcap --model ucm6304 --site office.yaml --call 12
        tcpdump -r big.pcap -w - port 5060 | ucmsim messages - --count
        ucmsim models show ucm6202
      """,
    version: version,
    subcommands: [
      ReplayCommand.self, MessagesCommand.self, CallsCommand.self, RegistrationsCommand.self, CDRCommand.self,
      DiffCommand.self, CompareCommand.self, SizeCommand.self, TestCommand.self, PlanCommand.self, MergeCommand.self,
      NewCaseCommand.self, ShrinkCommand.self, ScrubCommand.self,
      LadderCommand.self, ExplainCommand.self, ModelsCommand.self, DoctorCommand.self, CloudCommand.self,
      ServeCommand.self, PasswordCommand.self,
      ConnectorCommand.self, NumbersCommand.self,
    ])

  static func main() {
    signal(SIGPIPE, SIG_IGN)
    Interrupt.install()
    let output = StandardOutput.shared
    do {
      var command = try parseCommand()
      try command.run()
      try output.flush()
    } catch {
      Glibc.exit(Self.report(error).rawValue)
    }
    Glibc.exit(Exit.done.rawValue)
  }

  /// The command that the arguments name.
  ///
  /// Reading from the top looks at the options of every command, which costs more than a short run. So the one named
  /// first is asked first, and whatever it does not take (help, mistakes) is read from the top and answered from there.
  private static func parseCommand() throws -> any ParsableCommand {
    let arguments = CommandLine.arguments.dropFirst()
    let named = configuration.subcommands.first { $0.configuration.commandName == arguments.first }
    if let named, named.configuration.subcommands.isEmpty,
      let command = try? named.parse(Array(arguments.dropFirst()))
    {
      return command
    }
    return try parseAsRoot()
  }

  /// Says what went wrong, in the place and with the code it belongs to.
  private static func report(_ error: any Error) -> Exit {
    switch error {
    case is ClosedPipe: return .done
    case let error as Complaint:
      try? StandardOutput.shared.flush()
      if !error.message.isEmpty { StandardError.write("ucmsim: \(error.message)\n") }
      return error.exit
    default:
      let code = exitCode(for: error)
      let message = fullMessage(for: error)
      if code == .success {
        StandardOutput.shared.append(message + "\n")
        try? StandardOutput.shared.flush()
        return .done
      }
      StandardError.write(message + "\n")
      return code == .validationFailure ? .usage : .internalError
    }
  }
}
