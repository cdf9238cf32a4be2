import Testing

/// Help is on standard output, has examples, and says what every exit code means.
struct HelpTests {
  @Test(arguments: [
    "replay", "compare", "messages", "calls", "registrations", "cdr", "ladder", "models", "numbers", "test", "plan",
    "merge", "diff", "shrink", "serve", "password",
  ])
  func everyVerbShowsExamplesOfItself(_ verb: String) throws {
    for arguments in [[verb, "--help"], ["help", verb]] {
      let result = try Program.run(arguments)
      #expect(result.status == 0)
      #expect(result.err.isEmpty)
      #expect(result.out.contains("Examples:"))
      #expect(result.out.contains("ucmsim \(verb)"))
    }
  }

  @Test func theProgramSaysWhatEachExitCodeMeans() throws {
    let help = try Program.run(["--help"])
    let text = help.out.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(
      text.contains(
        "0 done, 1 findings, 2 wrong usage, 3 unusable input, 4 internal error, 130 interrupted."))
  }

  @Test func theVersionIsAlone() throws {
    let result = try Program.run(["--version"])
    #expect(result.status == 0)
    #expect(result.out.wholeMatch(of: /\d+\.\d+\.\d+\n/) != nil)
  }

  @Test func everyOptionOfReplayIsExplained() throws {
    let options = [
      "--filter", "--site", "--pbx", "--crm", "--crm-data", "--crm-latency", "--crm-drain", "--model", "--firmware",
      "--profiles",
      "--out", "--seed",
      "--format",
    ]
    let help = try Program.run(["replay", "--help"]).out
    for option in options {
      #expect(help.contains("\n  \(option) <"), "\(option)")
    }
    #expect(help.contains("\n  --keep-duplicates "))
  }

  @Test(arguments: ["messages", "calls", "registrations"])
  func theAccountIsExplainedWhereItCanBeAskedFor(_ verb: String) throws {
    let help = try Program.run([verb, "--help"]).out
    for option in ["--account", "--keep-duplicates"] { #expect(help.contains("\n  \(option) "), "\(option)") }
  }
}
