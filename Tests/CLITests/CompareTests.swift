import Foundation
import TestSupport
import Testing

/// `compare`: the same traffic on many models, in one pass.
struct CompareTests {
  private func compare(_ arguments: String..., trace: String = "overload") throws -> Program.Result {
    try Program.run(["compare", Program.fixture(trace), "--site", Program.site, "--crm", "none"] + arguments)
  }

  private func members(_ result: Program.Result) throws -> [[String: Any]] {
    let summary = try JSONSerialization.jsonObject(with: Data(result.out.utf8)) as? [String: Any]
    return try #require(summary?["members"] as? [[String: Any]])
  }

  @Test(arguments: ["overload", "office-morning"])
  func theTableIsTheOneThatWasReadByEye(_ trace: String) throws {
    let folder = Program.root.appending(path: "fixtures/comparisons")
    let result = try compare(
      "--models", "small,middle,large,open", "--profiles", folder.appending(path: "profiles").path, trace: trace)
    #expect(result.status == 0)
    #expect(result.out == (try String(contentsOf: folder.appending(path: trace + ".txt"), encoding: .utf8)))
  }

  @Test func theSameTraceGivesTheSameBytes() throws {
    let folder = try TemporaryDirectory()
    for format in ["text", "json", "csv"] {
      let runs = try (1...2).map {
        try compare("--models", "all", "--format", format, "--html", folder.path("\($0).html"))
      }
      #expect(runs[0].out == runs[1].out)
      #expect(runs[0].status == 0 && runs[0].err.isEmpty)
    }
    #expect(try folder.data("1.html") == folder.data("2.html"))
  }

  @Test func everyMemberSaysWhatItsReplaySays() throws {
    let members = try members(try compare("--models", "ucm6202,UCM6304", "--format", "json"))
    #expect(members.map { $0["model"] as? String } == ["UCM6202", "UCM6304"])
    for member in members {
      let model = try #require(member["model"] as? String)
      let replay = try Program.run([
        "replay", Program.fixture("overload"), "--site", Program.site, "--crm", "none", "--model", model, "--format",
        "json",
      ])
      let summary = try #require(try JSONSerialization.jsonObject(with: Data(replay.out.utf8)) as? [String: Any])
      for name in ["calls", "registrations", "limits", "unknownLimits", "systemEvents", "assumptions"] {
        #expect(member[name] as? NSObject == summary[name] as? NSObject, "\(model): \(name)")
      }
    }
  }

  /// All phones of the office are remote once its own network is another.
  @Test func aPlanForRemoteUsersHoldsForEveryModel() throws {
    let folder = try TemporaryDirectory()
    let text = try String(contentsOf: URL(filePath: Program.site), encoding: .utf8)
    let site = try folder.write((text + "\nlocalNetworks: [192.0.2.0/24]\n").utf8, to: "remote.yaml")
    let arguments = [
      Program.fixture("overload"), "--site", site, "--crm", "none", "--plan", "soho", "--format", "json",
    ]
    let members = try members(try Program.run(["compare", "--models", "ucm6202,ucm6304"] + arguments))
    for member in members {
      let model = try #require(member["model"] as? String)
      let replay = try Program.run(["replay", "--model", model] + arguments)
      let summary = try #require(try JSONSerialization.jsonObject(with: Data(replay.out.utf8)) as? [String: Any])
      for name in ["calls", "registrations", "limits", "assumptions"] {
        #expect(member[name] as? NSObject == summary[name] as? NSObject, "\(model): \(name)")
      }
      let limits = try #require(member["limits"] as? [String: [String: Any]])
      #expect(limits["remoteCalls"]?["refused"] as? Int == 16)
    }
    let unknown = try Program.run(["compare", "--models", "all", "--plan", "sofo"] + arguments.prefix(5))
    #expect(unknown.status == 2)
    #expect(unknown.err.contains("did you mean soho?"))
  }

  @Test func itSaysWhichCallsWereRefusedAndForWantOfWhat() throws {
    let member = try #require(try members(try compare("--models", "ucm6202", "--format", "json")).first)
    let refused = try #require(member["refusedCalls"] as? [[String: Any]])
    #expect(refused.count == 10)
    #expect(refused.allSatisfy { $0["resource"] as? String == "calls" })
    #expect(refused.first?["at"] as? String == member["firstRefusedAt"] as? String)
  }

  @Test func withFirmwareOnlyThoseWhoseMenuHasTheSystemAskTheCRM() throws {
    let result = try Program.run([
      "compare", Program.fixture("office-morning"), "--site", Program.site, "--models", "ucm6202,ucm6304", "--firmware",
      "all", "--format", "json",
    ])
    let members = try members(result)
    #expect(members.map { $0["firmware"] as? String } == ["2017", "2019", "2021", "2017", "2019", "2021"])
    for member in members {
      let hasSystem = member["firmware"] as? String == "2021"
      #expect(member["crm"] as? String == (hasSystem ? "zoho-v2" : "none"))
      #expect(((member["crmRequests"] as? Int) ?? 0 > 0) == hasSystem)
    }
  }

  @Test func theCSVHasALineForEachModel() throws {
    let lines = try compare("--models", "ucm6202,ucm6304", "--format", "csv").lines
    #expect(lines.count == 3)
    let titles = lines[0].split(separator: ",", omittingEmptySubsequences: false)
    #expect(Set(titles).count == titles.count)
    #expect(lines.allSatisfy { $0.split(separator: ",", omittingEmptySubsequences: false).count == titles.count })
    #expect(lines[1].hasPrefix("UCM6202,,40,10,0,0,"))
  }

  @Test func thePageNeedsNothingElse() throws {
    let folder = try TemporaryDirectory()
    #expect(try compare("--models", "all", "--html", folder.path("page.html")).status == 0)
    let page = try folder.text("page.html")
    for model in ["UCM6202", "UCM6304", "UCM6510"] { #expect(page.contains("<th scope=\"row\">\(model)</th>")) }
    #expect(!page.contains("http") && !page.contains("src=") && !page.contains("url(") && !page.contains("<script"))
    #expect(page.contains("unknown, not enforced"))
  }

  @Test func refusalsAreFindingsOnlyWhereSomebodySaysSo() throws {
    #expect(try compare("--models", "ucm6202").status == 0)
    #expect(try compare("--models", "ucm6202,ucm6304", "--fail-on-refusal").status == 1)
    #expect(try compare("--models", "ucm6304", "--fail-on-refusal").status == 0)
  }

  // MARK: Bad input

  static let wrong: [(arguments: [String], says: String)] = [
    (["--models", "ucm6203"], "unknown model 'ucm6203'; did you mean UCM620"),
    (["--models", "ucm6202,UCM6202"], "--models names 'UCM6202' twice"),
    (["--models", ""], "--models '' has an empty name"),
    (["--models", "ucm6202,,ucm6304"], "has an empty name"),
    (["--models", "ucm6202,all"], "all stands alone"),
    (["--models", "all", "--firmware", "1999"], "unknown firmware '1999'; there are: "),
    (["--models", "all", "--firmware", "2021,2021"], "--firmware names '2021' twice"),
    (["--models", "all", "--crm-url", "https://127.0.0.1:1"], "Every model of a comparison has a CRM of its own"),
    (["--models", "all", "--cassette", "tape.json"], "A cassette holds the traffic of one run"),
    (["--models", "all", "--html", "/nowhere/page.html"], "cannot create /nowhere/page.html"),
    (["--models", "all", "--format", "xml"], "--format"),
    ([], "--models"),
  ]

  @Test(arguments: wrong.indices) func wrongUsageIsSaidBeforeAnythingIsRead(_ index: Int) throws {
    let (arguments, says) = Self.wrong[index]
    let result = try Program.run(["compare", Program.fixture("busy"), "--pbx", "127.0.40.2"] + arguments)
    #expect(result.status == 2)
    #expect(result.out.isEmpty)
    let words = result.err.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(words.contains(says), "\(words)")
  }

  @Test func withoutATraceThereIsNothingToCompare() throws {
    #expect(try Program.run(["compare", "--models", "all"]).status == 2)
    let missing = try Program.run(["compare", "/nowhere.pcap", "--models", "all", "--pbx", "192.0.2.2"])
    #expect(missing.status == 3)
    #expect(missing.out.isEmpty && missing.err.contains("/nowhere.pcap"))
  }

  @Test func ofADamagedTraceWhatWasReadIsCompared() throws {
    let folder = try TemporaryDirectory()
    let whole = try Data(contentsOf: URL(filePath: Program.fixture("overload")))
    let path = try folder.write(whole.prefix(whole.count / 2), to: "half.pcap")
    let page = folder.path("page.html")
    let result = try Program.run([
      "compare", path, "--site", Program.site, "--crm", "none", "--models", "ucm6202", "--html", page,
    ])
    #expect(result.status == 3)
    #expect(result.out.contains("UCM6202"))
    #expect(result.err.contains("half.pcap"))
    #expect(try folder.text("page.html").contains("class=\"warning\""))
  }

  @Test func aReaderWhoGoesAwayIsNoError() throws {
    let command =
      "\"$0\" compare \"$1\" --site \"$2\" --crm none --models all --format json | head -c 1 > /dev/null; "
      + "exit ${PIPESTATUS[0]}"
    let process = Process()
    process.executableURL = URL(filePath: "/bin/bash")
    process.arguments = ["-c", command, Program.path, Program.fixture("overload"), Program.site]
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
  }

  @Test func anInterruptLeavesThePartReadAndSaysSo() throws {
    let folder = try TemporaryDirectory()
    let pipe = folder.path("pipe")
    try #require(mkfifo(pipe, 0o600) == 0)
    let running = try Program.start([
      "compare", pipe, "--site", Program.site, "--crm", "none", "--models", "ucm6202", "--html", folder.path("page"),
    ])
    let descriptor = open(pipe, O_WRONLY)
    try #require(descriptor >= 0)
    let bytes = try Data(contentsOf: URL(filePath: Program.fixture("busy")))
    _ = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    // Whoever opened the pipe listens for signals; its end comes behind the signal.
    running.signal(SIGTERM)
    close(descriptor)
    #expect(running.end() == 130)
    let told = try running.folder.text("err")
    #expect(told.contains("interrupted"))
  }
}
