import Foundation
import TestSupport
import Testing

/// `size`: which model carries the traffic, where it breaks, and what is refused as a question.
struct SizeTests {
  private static let profiles = Program.root.appending(path: "fixtures/sizing/profiles").path
  private static let boxes = ["--profiles", profiles, "--models", "box20,box45,box60,box90"]
  private static let overload = ["size", Program.fixture("overload"), "--site", Program.site] + boxes
  private static let asked =
    overload + [
      "--growth", "25%", "--blocking", "2%", "--find-breaking-point", "20", "--amplify-shift", "0s",
    ]

  private static func golden(_ name: String) throws -> String {
    try String(contentsOf: Program.root.appending(path: "fixtures/sizing/\(name)"), encoding: .utf8)
  }

  private static func json(_ arguments: [String]) throws -> [String: Any] {
    let result = try Program.run(arguments + ["--format", "json"])
    #expect(result.status == 0, "\(result.err)")
    return try #require(try JSONSerialization.jsonObject(with: Data(result.out.utf8)) as? [String: Any])
  }

  private static func peak(_ name: String, in answer: [String: Any]) -> Int? {
    let needs = answer["needs"] as? [[String: Any]] ?? []
    return needs.first { $0["name"] as? String == name }?["peak"] as? Int
  }

  private static func breakingPoint(_ model: String, in answer: [String: Any]) -> Int? {
    let points = answer["breakingPoints"] as? [[String: Any]] ?? []
    return points.first { $0["model"] as? String == model }?["copies"] as? Int
  }

  @Test func theAnswerAndThePictureAreThoseOfTheGoldens() throws {
    let folder = try TemporaryDirectory()
    let picture = folder.url.appending(path: "use.svg").path
    let result = try Program.run(Self.asked + ["--svg", picture])
    #expect(result.status == 0)
    #expect(result.err.isEmpty)
    #expect(result.out == (try Self.golden("overload.txt")))
    #expect(try String(contentsOfFile: picture, encoding: .utf8) == (try Self.golden("overload.svg")))
  }

  @Test func theJSONSaysTheSame() throws {
    let answer = try Self.json(Self.asked)
    #expect(answer["smallestModel"] as? String == "BOX90")
    #expect(answer["smallerPerhaps"] as? [String] == ["BOX45", "BOX60"])
    #expect(Self.peak("calls", in: answer) == 40)
    #expect(answer["growthPercent"] as? Double == 25)
    let models = try #require(answer["models"] as? [[String: Any]])
    #expect(
      models.map { $0["verdict"] as? String } == ["short", "shortUnlessOtherwise", "unknown", "fits"])
    #expect(Self.breakingPoint("BOX90", in: answer) == 2)
  }

  @Test(arguments: [1, 2, 3])
  func amplifiedTrafficWithoutShiftHasThatManyTimesThePeak(copies: Int) throws {
    let answer = try Self.json(Self.overload + ["--amplify", String(copies), "--amplify-shift", "0s"])
    #expect(Self.peak("calls", in: answer) == 40 * copies)
    #expect(Self.peak("users", in: answer) == 40 * copies)
    #expect(answer["calls"] as? Int == 40 * copies)
  }

  /// What is carried by the breaking point fits, and one copy more does not.
  @Test func theBreakingPointIsWhereTheVerdictTurns() throws {
    let question = ["size", Program.fixture("office-morning"), "--site", Program.site] + Self.boxes
    let answer = try Self.json(question + ["--find-breaking-point", "100"])
    for model in ["BOX20", "BOX90"] {
      let copies = try #require(Self.breakingPoint(model, in: answer))
      #expect(copies > 0)
      for (number, isCarried) in [(copies, true), (copies + 1, false)] where number <= 100 {
        let amplified = try Self.json(question + ["--amplify", String(number)])
        let models = try #require(amplified["models"] as? [[String: Any]])
        let limits = try #require(models.first { $0["model"] as? String == model }?["limits"] as? [[String: Any]])
        let isShort = limits.contains {
          $0["outcome"] as? String == "short" && $0["name"] as? String != "extensionsSetUp"
        }
        #expect(isShort != isCarried, "\(number) × on \(model)")
      }
    }
  }

  @Test func aPipeIsReadOnceWhateverIsAsked() throws {
    let data = try Data(contentsOf: URL(filePath: Program.fixture("overload")))
    let asked = Self.asked.map { $0 == Program.fixture("overload") ? "-" : $0 }
    #expect(try Program.run(asked, input: data).out == (try Self.golden("overload.txt")))
  }

  @Test func aTraceWithoutCallsNeedsNoCalls() throws {
    let result = try Program.run(
      ["size", Program.fixture("registration-challenge"), "--site", Program.site] + Self.boxes)
    #expect(result.status == 0)
    #expect(result.out.contains("Traffic   0 calls"))
    #expect(result.out.contains("\ncalls                 0"))
  }

  @Test func aTraceWithoutFramesSaysThatItShowsNothing() throws {
    let folder = try TemporaryDirectory()
    let empty = try folder.write(
      [0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0, 1, 0, 0, 0], to: "empty.pcap")
    let picture = folder.url.appending(path: "use.svg").path
    let result = try Program.run(["size", empty, "--site", Program.site, "--svg", picture] + Self.boxes)
    #expect(result.status == 0, "\(result.err)")
    #expect(result.out.contains("none: the traces show no event"))
    #expect(try String(contentsOfFile: picture, encoding: .utf8).contains("nothing was in use"))
  }

  @Test func aDamagedTraceIsAnsweredAsFarAsItGoesAndSaid() throws {
    let folder = try TemporaryDirectory()
    let data = try Data(contentsOf: URL(filePath: Program.fixture("overload")))
    let cut = try folder.write(data.prefix(data.count - 7), to: "cut.pcap")
    let result = try Program.run(["size", cut, "--site", Program.site] + Self.boxes)
    #expect(result.status == 3)
    #expect(result.out.contains("MODEL  VERDICT"))
    #expect(result.err.contains("cut.pcap"))
  }

  @Test(arguments: [
    (["--growth", "lots"], "'lots' is no growth"), (["--growth", "-5%"], "growth"),
    (["--growth", "10001%"], "'10001%' is no growth"), (["--blocking", "0%"], "'0%' is no blocking"),
    (["--blocking", "100%"], "'100%' is no blocking"), (["--blocking", "x"], "'x' is no blocking"),
    (["--amplify", "0"], "--amplify takes 1 to 100"), (["--amplify", "-3"], "amplify"),
    (["--amplify", "101"], "--amplify takes 1 to 100"), (["--amplify", "many"], "amplify"),
    (["--amplify-shift", "37"], "'37' is no time"), (["--amplify-shift", "16m"], "--amplify-shift takes 0s to 900s"),
    (["--find-breaking-point", "0"], "--find-breaking-point takes 1 to 100"),
    (["--find-breaking-point", "101"], "--find-breaking-point takes 1 to 100"),
    (["--models", "box21"], "unknown model 'box21'; did you mean BOX20?"),
    (["--models", ""], "--models '' has an empty name"),
    (["--models", "box20,"], "--models 'box20,' has an empty name"),
    (["--models", "box20, BOX20"], "--models names 'BOX20' twice"),
    (["--svg", "/nowhere/at/all.svg"], "cannot create /nowhere/at/all.svg"),
  ])
  func aQuestionThatMakesNoSenseIsAMatterOfUsage(_ options: [String], _ message: String) throws {
    let result = try Program.run(
      ["size", Program.fixture("overload"), "--site", Program.site, "--profiles", Self.profiles] + options)
    #expect(result.status == 2)
    #expect(result.out.isEmpty)
    #expect(result.err.contains(message), "\(result.err)")
  }

  @Test func withoutATraceThereIsNothingToSize() throws {
    let result = try Program.run(["size"])
    #expect(result.status == 2)
    #expect(result.err.contains("trace"))
  }
}
