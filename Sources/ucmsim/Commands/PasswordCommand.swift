import ApplianceAPI
import ArgumentParser

/// `ucmsim password`: what password files hold.
struct PasswordCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "password",
    abstract: "Make what password files of `ucmsim serve` hold.",
    discussion: """
      Examples:
        ucmsim password hash > admin.hash
      """,
    subcommands: [Hash.self])

  /// `ucmsim password hash`: a password's hash.
  struct Hash: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "hash",
      abstract: "Hash a password with scrypt.",
      discussion: """
        Reads the password from standard input: on a terminal twice and without showing it, else the first line. The \
        hash is one line, for --web-password-file and --portal-password-file of `ucmsim serve`.

        Examples:
          ucmsim password hash > admin.hash
          ucmsim serve morning.pcap --model ucm6304 --web-password-file admin.hash
        """)

    @Option(
      help: ArgumentHelp(
        "Binary logarithm of scrypt's N: each step doubles time and memory of a sign-in.", valueName: "n"))
    var cost = PasswordHash.Cost.standard.rounds

    static let costs = 10...18

    mutating func validate() throws {
      guard Self.costs.contains(cost), PasswordHash.Cost(rounds: cost) != nil else {
        throw ValidationError("--cost takes \(Self.costs.lowerBound) to \(Self.costs.upperBound).")
      }
    }

    func run() throws {
      let password = try PasswordPrompt.read()
      let hash = try PasswordFile.hash(of: password, cost: PasswordHash.Cost(rounds: cost) ?? .standard)
      StandardOutput.shared.append(hash.text + "\n")
      try StandardOutput.shared.flush()
    }
  }
}
