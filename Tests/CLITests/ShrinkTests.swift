import Foundation
import TestSupport
import Testing

@Suite struct ShrinkTests {
  private static let busy = "expect:\n  cdr:\n    - where: {disposition: BUSY}\n      count: 0\n"

  private func bench(_ text: String = ShrinkTests.busy, head: String = CaseBench.head) throws -> CaseBench {
    let bench = try CaseBench(trace: "office-morning")
    try bench.write("case", text, head: head)
    return bench
  }

  private func shrink(_ bench: CaseBench, _ arguments: String..., out: String = "out") throws -> Program.Result {
    // The folder above the case holds its trace.
    try Program.run(["shrink", bench.folder.path(""), "--out", bench.folder.path(out)] + arguments)
  }

  private func isThere(_ bench: CaseBench, _ name: String) -> Bool {
    FileManager.default.fileExists(atPath: bench.folder.path(name))
  }

  @Test func aMorningShrinksToTheCallThatFails() throws {
    let bench = try bench()
    let result = try shrink(bench)
    #expect(result.status == 0 && result.err == "")
    #expect(result.out.contains("2 of 693 frames are left, of 1 of 59 calls and other dialogs"))
    #expect(result.out.contains("no frame can be left out by itself"))
    let test = try bench.run(cases: "out")
    #expect(test.status == 1)
    #expect(test.out.contains("1 of 1 row fit, expected 0"))
    #expect(try bench.text("out/README.md").contains("2 of 693 frames are left"))
  }

  @Test func theFramesAreThoseOfTheTrace() throws {
    let bench = try bench()
    _ = try shrink(bench)
    let options = ["--format", "csv"]
    let all = try Program.run(["messages", bench.folder.path("trace.pcap")] + options).lines
    let left = try Program.run(["messages", bench.folder.path("out/trace.pcapng")] + options).lines
    // Behind the frame's number.
    let known = Set(all.map { $0.drop { $0 != "," } })
    #expect(left.count == 3 && left.allSatisfy { known.contains($0.drop { $0 != "," }) })
  }

  @Test func theSameCaseGivesTheSameBytes() throws {
    let bench = try bench()
    _ = try shrink(bench, out: "../one")
    _ = try shrink(bench, out: "../two")
    for file in ["trace.pcapng", "case.yaml", "site.yaml"] {
      let same = try bench.folder.data("../one/\(file)") == bench.folder.data("../two/\(file)")
      #expect(same)
    }
    for name in ["../one", "../two"] { try FileManager.default.removeItem(atPath: bench.folder.path(name)) }
  }

  @Test func whatIsLeftCannotBeShrunkFurther() throws {
    let bench = try bench()
    _ = try shrink(bench)
    let again = try Program.run(["shrink", bench.folder.path("out"), "--out", bench.folder.path("again")])
    #expect(again.status == 0)
    #expect(again.out.contains("2 of 2 frames are left"))
  }

  @Test func aWrongNameIsShrunkToTheCallWithTheNameItHas() throws {
    let bench = try bench(
      "crm: {system: zoho-v2, data: ../crm.yaml}\nexpect:\n  display:\n"
        + "    - where: {extension: \"1000\", name: Helga Jansen}\n      count: 1\n")
    try bench.copy(Program.root.appending(path: "fixtures/crm/loopback-office.yaml").path, to: "crm.yaml")
    #expect(try shrink(bench).status == 0)
    let test = try bench.run(cases: "out")
    #expect(test.status == 1)
    #expect(test.out.contains("Helga Hansen"))
  }

  @Test func aRowThatNobodyWantsIsFoundBesideThoseThatAreWanted() throws {
    let bench = try bench(
      """
      expect:
        cdr:
          - where: {disposition: ANSWERED}
          - where: {disposition: [NO ANSWER, FAILED]}
        nothingUnexpected: [cdr]

      """)
    let result = try shrink(bench)
    #expect(result.status == 0)
    #expect(result.out.contains("still fails: nothingUnexpected.cdr"))
    #expect(try bench.run(cases: "out").out.contains("disposition=BUSY"))
  }

  @Test func whatIsMissingAltogetherNeedsSomethingThatHolds() throws {
    let text =
      Self.busy.replacing("count: 0", with: "count: 3")
      + "  display:\n    - where: {name: Nobody}\n      count: 1\n"
    let bench = try bench(text)
    let alone = try shrink(bench)
    #expect(alone.status == 3 && alone.out == "")
    #expect(alone.err.contains("display[0]: it misses something") && alone.err.contains("--holding"))
    #expect(!isThere(bench, "out"))
    let held = try shrink(bench, "--holding", "cdr[0]")
    #expect(held.status == 0)
    let test = try bench.run(cases: "out")
    #expect(test.status == 1 && test.out.contains("display[0]") && !test.out.contains("cdr[0]:"))
  }

  @Test func whatHasToGoOnHoldingIsWrittenAsItWasRead() throws {
    let bench = try bench(
      Self.busy + """
            - where: {src: {like: "10*"}, dst: ["1002"], billsec: {between: [0, 100]}, recordfiles: {exists: false}}
            - count: ">= 1"
          calls: {NO ANSWER: "< 100", Internal: [1, 2, 3, "<= 50"]}
          ledger: {concurrentCalls: {refused: 0, peak: "<= 50"}}
          account: {onlyFates: [message, keepAlive, duplicate, retransmission], fates: {message: ">= 1"}}
          assumptions: {notLeanedOn: [pbxInferred]}
          order: {events: [{event: registered}, {event: callEnded, disposition: {not: NONE}}]}

        """)
    let held = (2...10).flatMap { ["--holding", String($0)] }
    let arguments = ["shrink", bench.folder.path(""), "--out", bench.folder.path("out"), "--max-runs", "8"]
    #expect(try Program.run(arguments + held).status == 1)
    let test = try bench.run("--format", "json", cases: "out")
    #expect(test.status == 1)
    #expect(test.out.matches(of: /"verdict": "passed"/).count == 9)
  }

  @Test func refusedCallsStayRefusedWithAsManyCallsAsTheLimitTakes() throws {
    let bench = try CaseBench(trace: "overload")
    try bench.write(
      "case", "expect:\n  ledger: {concurrentCalls: {refused: 0}}\n", head: "traces: [../trace.pcap]\nmodel: UCM6202\n")
    let result = try shrink(bench, "--max-runs", "60")
    #expect(result.status == 1)
    #expect(result.err.contains("--max-runs 60 came first"))
    #expect(result.out.contains("the search was ended before it was done"))
    let test = try bench.run(cases: "out")
    #expect(test.status == 1)
    #expect(test.out.contains("limits.concurrentCalls.refused is"))
  }

  @Test func aTraceThatBreaksOffIsShrunkAsFarAsItGoes() throws {
    let bench = try bench()
    let whole = try bench.folder.data("trace.pcap")
    try bench.folder.write(whole.dropLast(7), to: "trace.pcap")
    let result = try shrink(bench)
    #expect(result.status == 0)
    #expect(result.err.contains("trace.pcap"))
    #expect(result.out.contains("2 of 692 frames are left"))
  }

  @Test func aFailureOfTheFileIsNoFailureOfItsFrames() throws {
    let bench = try bench("expect:\n  account: {brokenTraces: 0}\n")
    let whole = try bench.folder.data("trace.pcap")
    try bench.folder.write(whole.dropLast(7), to: "trace.pcap")
    let result = try shrink(bench)
    #expect(result.status == 3)
    #expect(result.err.contains("does not fail in the same way on the frames alone"))
  }

  @Test(arguments: [Data("no capture at all".utf8), Data(), Data([0xd4, 0xc3, 0xb2, 0xa1, 2, 0])])
  func aTraceThatIsNoneIsUnusableInput(bytes: Data) throws {
    let bench = try bench()
    try bench.folder.write(bytes, to: "trace.pcap")
    let result = try shrink(bench)
    #expect(result.status == 3 && result.out == "")
    #expect(result.err.contains("trace.pcap") && !isThere(bench, "out"))
  }

  @Test func aCaseThatPassesHasNothingToShrink() throws {
    let bench = try bench(Self.busy.replacing("count: 0", with: "count: 3"))
    let result = try shrink(bench)
    #expect(result.status == 3 && result.out == "")
    #expect(result.err.contains("does not fail, so there is nothing to shrink"))
    #expect(!isThere(bench, "out"))
  }

  @Test func aBrokenCaseIsNamedByThePlaceOfItsMistake() throws {
    let bench = try bench("expect:\n  cdr:\n    - where: {disposal: BUSY}\n")
    let result = try shrink(bench)
    #expect(result.status == 3)
    #expect(result.err.contains("case.yaml:6:15") && result.err.contains("disposal"))
  }

  @Test func anotherExpectationIsChosenByNameOrNumber() throws {
    let text = Self.busy + "    - where: {disposition: ANSWERED}\n      count: 0\n  calls: {total: 44}\n"
    let bench = try bench(text)
    for (index, name) in ["2", "cdr[1]"].enumerated() {
      let result = try shrink(bench, "--expectation", name, "--max-runs", "40", out: "../chosen\(index)")
      #expect([0, 1].contains(result.status))
      #expect(result.out.contains("still fails: cdr[1]"))
      try FileManager.default.removeItem(atPath: bench.folder.path("../chosen\(index)"))
    }
    let holds = try shrink(bench, "--expectation", "calls.total")
    #expect(holds.status == 3 && holds.err.contains("what fails is cdr[0], cdr[1]"))
    let unknown = try shrink(bench, "--expectation", "cdr[7]")
    #expect(unknown.status == 2 && unknown.err.contains("there are 3: cdr[0], cdr[1], calls.total"))
    let broken = try shrink(bench, "--holding", "cdr[1]")
    #expect(broken.status == 3 && broken.err.contains("does not hold"))
  }

  @Test func aGoldenAloneIsNotShrunk() throws {
    let bench = try bench("expect:\n  golden: {format: 1, recordedBy: 0.1.0, files: [cdr.csv]}\n")
    let result = try shrink(bench)
    #expect(result.status == 3)
    #expect(result.err.contains("only expectations of records and numbers can be shrunk"))
  }

  @Test func aFolderThatIsThereIsLeftAlone() throws {
    let bench = try bench()
    try bench.write("out", "", head: "name: mine\n")
    let result = try Program.run(["shrink", bench.folder.path("case"), "--out", bench.folder.path("out")])
    #expect(result.status == 2 && result.err.contains("is there already"))
    #expect(try bench.text("out/case.yaml") == "name: mine\n")
  }

  @Test func ofSeveralCasesOneHasToBeNamed() throws {
    let bench = try bench()
    try bench.write("second", Self.busy)
    let result = try shrink(bench)
    #expect(result.status == 2 && result.err.contains("holds 2 cases"))
    #expect(try shrink(bench, "--cell", "second/*").status == 0)
    #expect(try shrink(bench, "--cell", "nothing", out: "other").status == 2)
  }

  @Test(arguments: [["--max-runs", "1"], ["--max-runs", "x"], ["--seed", "-1"]])
  func wrongOptionsAreUsageErrors(options: [String]) throws {
    let bench = try bench()
    let result = try Program.run(["shrink", bench.folder.path("case"), "--out", bench.folder.path("out")] + options)
    #expect(result.status == 2 && result.out == "")
  }
}
