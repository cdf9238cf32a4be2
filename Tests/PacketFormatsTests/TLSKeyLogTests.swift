import PacketFormats
import Testing

@Suite struct TLSKeyLogTests {
  static let random = String(repeating: "0a", count: 32)
  static let master = String(repeating: "B1", count: 48)

  private func add(_ text: String) -> (log: TLSKeyLog, problems: [TLSKeyLog.Problem]) {
    var log = TLSKeyLog()
    let problems = log.add(Array(text.utf8))
    return (log, problems)
  }

  @Test(arguments: [
    "CLIENT_RANDOM \(random) \(master)", "CLIENT_RANDOM \(random) \(master)\r\n",
    "# made by hand\n\nCLIENT_RANDOM\t\(random)  \(master)\nEXPORTER_SECRET \(random) \(master)\n",
    "SERVER_TRAFFIC_SECRET_0 \(random) \(random)\nCLIENT_TRAFFIC_SECRET_0 \(random) \(random)",
    "CLIENT_HANDSHAKE_TRAFFIC_SECRET \(random) \(master)\nSERVER_HANDSHAKE_TRAFFIC_SECRET \(random) \(master)",
  ])
  func theSecretsOfAConnectionAreKept(text: String) {
    let (log, problems) = add(text)
    #expect(log.connectionCount == 1)
    #expect(problems.isEmpty)
  }

  @Test(arguments: [
    ("CLIENT_RANDOM \(random)", TLSKeyLog.Problem.Reason.notThreeWords), ("not a key log at all", .notThreeWords),
    ("CLIENT_RANDOM \(random) \(master) \(master)", .notThreeWords), ("\u{1}\u{2}\u{fe}", .notThreeWords),
    ("CLIENT_RANDOM \(random) \(master.dropLast())x", .notHexadecimal),
    ("CLIENT_RANDOM \(random.dropLast()) \(master)", .notHexadecimal),
    ("CLIENT_RANDOM \(random.dropLast(2)) \(master)", .wrongLength),
    ("CLIENT_RANDOM \(random)00 \(master)", .wrongLength), ("CLIENT_RANDOM \(random) \(random)", .wrongLength),
    ("CLIENT_TRAFFIC_SECRET_0 \(random) \(random)00", .wrongLength),
  ])
  func aLineThatSaysNothingIsToldByItsNumber(line: String, reason: TLSKeyLog.Problem.Reason) {
    let (log, problems) = add("# first\n\(line)\nCLIENT_RANDOM \(Self.random) \(Self.master)\n")
    #expect(log.connectionCount == 1)
    #expect(problems.map(\.line) == [2])
    #expect(problems.map(\.reason) == [reason])
  }

  @Test func aFileOfAnotherKindHasFewProblemsTold() {
    let (log, problems) = add(String(repeating: "INVITE sip:b@h SIP/2.0 x\n", count: 5_000))
    #expect(log.connectionCount == 0)
    #expect(problems.count == TLSKeyLog.problemsMax)
  }

  @Test func nothingThatIsPrintedHoldsASecret() {
    let (log, problems) = add("CLIENT_RANDOM \(Self.random) \(Self.master)\nCLIENT_RANDOM \(Self.random) b1b1b1\n")
    var dumped = ""
    dump(log, to: &dumped)
    dump(problems, to: &dumped)
    for text in [dumped, "\(log)", String(reflecting: log), "\(problems)"] {
      #expect(!text.lowercased().contains("b1b1"))
      #expect(!text.contains("177"))
    }
  }
}
