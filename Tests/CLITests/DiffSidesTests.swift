import Foundation
import TestSupport
import Testing

@Suite struct DiffSidesTests {
  private static let overload = Program.fixture("overload")

  @Test func twoModelsInOneCommandDifferAsTheirRunsDo() throws {
    let folder = try TemporaryDirectory()
    for model in ["UCM6304", "UCM6202"] {
      let run = try Program.run([
        "replay", Program.fixture("office-morning"), "--model", model, "--site", Program.site, "--out",
        folder.path(model),
      ])
      #expect(run.status == 0)
    }
    let runs = try Program.run(["diff", folder.path("UCM6304"), folder.path("UCM6202")])
    let sides = try Program.run([
      "diff", Program.fixture("office-morning"), "--models", "UCM6304,UCM6202", "--site", Program.site,
    ])
    #expect(sides.status == runs.status)
    // The first two lines name folders there and models here.
    #expect(sides.lines.dropFirst(2) == runs.lines.dropFirst(2))
    #expect(sides.lines.prefix(2) == ["Before  UCM6304", "After   UCM6202"])
  }

  @Test func callsThatASmallerModelRefusesAreNamedWithTheRule() throws {
    let text = try Program.run(["diff", Self.overload, "--models", "ucm6304,ucm6202"])
    #expect(text.status == 1 && text.err.contains("PBX:"))
    #expect(text.out.contains("10 calls: only after: callRefused ("))
    #expect(text.lines.last?.hasPrefix("10 of 40 calls would be logged otherwise") == true)
    let json = try Program.run(["diff", Self.overload, "--models", "ucm6304,ucm6202", "--format", "json"])
    let object = try JSONSerialization.jsonObject(with: Data(json.out.utf8)) as? [String: Any]
    #expect(object?["callsLoggedOtherwise"] as? Int == 10)
  }

  @Test func twoAgesOfFirmwareOfOneModelAreCompared() throws {
    let result = try Program.run([
      "diff", Self.overload, "--models", "UCM6202", "--firmware", "2017,2021", "--pbx", "127.0.40.2",
    ])
    #expect([0, 1].contains(result.status) && result.err == "")
    #expect(result.out.contains("2017") && result.out.contains("2021"))
  }

  @Test func anArchiveOfTracesIsComparedTraceByTrace() throws {
    let folder = try TemporaryDirectory()
    let trace = try Data(contentsOf: URL(filePath: Self.overload))
    let quiet = try Data(contentsOf: URL(filePath: Program.fixture("busy")))
    try FileManager.default.createDirectory(atPath: folder.path("week/two"), withIntermediateDirectories: true)
    try folder.write(trace, to: "week/monday.pcap")
    try folder.write(quiet, to: "week/two/friday.cap")
    try folder.write(Data("no trace".utf8), to: "week/notes.txt")
    let result = try Program.run(["diff", folder.path("week"), "--models", "UCM6304,UCM6202"])
    #expect(result.status == 1)
    #expect(result.lines.first == "monday.pcap")
    #expect(result.lines.last == "10 of 41 calls would be logged otherwise, in 2 of 2 runs.")
    let named = try Program.run([
      "diff", folder.path("week/monday.pcap"), folder.path("week/two/friday.cap"), "--models", "UCM6304,UCM6202",
    ])
    #expect(named.lines.last == result.lines.last)
  }

  @Test func aTraceOfAnArchiveThatCannotBeReadIsSaidAndTheOthersAreCompared() throws {
    let folder = try TemporaryDirectory()
    try folder.write(try Data(contentsOf: URL(filePath: Self.overload)), to: "monday.pcap")
    try folder.write(Data("no capture at all".utf8), to: "tuesday.pcap")
    let result = try Program.run(["diff", folder.path(""), "--models", "UCM6304,UCM6202"])
    #expect(result.status == 3)
    #expect(result.err.contains("tuesday.pcap"))
    #expect(result.lines.last == "10 of 40 calls would be logged otherwise, in 1 of 1 runs.")
  }

  @Test(arguments: [
    (["--models", "UCM6304"], "one model is no comparison"),
    (["--models", "UCM6304,UCM6202,UCM6510"], "a comparison has two models"),
    (["--models", "all"], "a comparison has two models"),
    (["--models", "UCM6304,ucm6304"], "twice"),
    (["--models", "UCM6304,"], "an empty name"),
    (["--models", "UCM6304,UCM9999"], "unknown model 'UCM9999'"),
    (["--models", "UCM6304,UCM6202", "--firmware", "1999"], "unknown firmware '1999'"),
    (["--models", "UCM6304", "--firmware", "2021"], "one model is no comparison"),
    (["--firmware", "2017,2021"], "name one or two with --models"),
    (["--models", "UCM6304,UCM6202", "--cdr"], "does not go with"),
    (["--models", "UCM6304,UCM6202", "--cassette", "c.json"], "a CRM of their own"),
    (["--site", "office.yaml"], "are for traces"),
  ])
  func sidesThatAreNotTwoAreRefused(options: [String], message: String) throws {
    let traces = options.contains("--models") ? [Self.overload] : [Self.overload, Self.overload]
    let result = try Program.run(["diff"] + traces + options)
    #expect(result.status == 2 && result.out == "")
    #expect(result.err.contains(message))
  }

  @Test func oneTraceAloneNeedsModels() throws {
    let result = try Program.run(["diff", Self.overload])
    #expect(result.status == 2)
    #expect(result.err.contains("--models A,B"))
  }

  @Test func aFolderWithoutTracesIsSaidToBeOne() throws {
    let folder = try TemporaryDirectory()
    try folder.write(Data("no trace".utf8), to: "notes.txt")
    let result = try Program.run(["diff", folder.path(""), "--models", "UCM6304,UCM6202"])
    #expect(result.status == 3)
    #expect(result.err.contains("holds no trace"))
  }

  @Test func aTraceThatIsNotThereIsUnusableInput() throws {
    let result = try Program.run(["diff", "nothing.pcap", "--models", "UCM6304,UCM6202"])
    #expect(result.status == 3 && result.out == "")
    #expect(result.err.contains("nothing.pcap"))
  }

  @Test func aTraceNamedTwiceInAnArchiveIsRefused() throws {
    let result = try Program.run(["diff", Self.overload, Self.overload, "--models", "UCM6304,UCM6202"])
    #expect(result.status == 2)
    #expect(result.err.contains("is named twice"))
  }
}
