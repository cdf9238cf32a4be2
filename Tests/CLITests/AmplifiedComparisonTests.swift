import Foundation
import TestSupport
import Testing

/// `compare --amplify`: so many offices on one appliance.
struct AmplifiedComparisonTests {
  private static let profiles = Program.root.appending(path: "fixtures/sizing/profiles").path

  private static func compare(_ options: [String], input: Data? = nil) throws -> Program.Result {
    try Program.run(
      ["compare", input == nil ? Program.fixture("overload") : "-", "--site", Program.site, "--crm", "none"]
        + ["--profiles", profiles, "--models", "box20,box45,box60,box90", "--amplify-shift", "0s"] + options,
      input: input)
  }

  private static func refused(_ result: Program.Result) -> [String: String] {
    var refused: [String: String] = [:]
    for line in result.lines where line.hasPrefix("BOX") {
      let words = line.split(separator: " ")
      if words.count > 1 { refused[String(words[0])] = String(words[1]) }
    }
    return refused
  }

  /// The same as the breaking points in `fixtures/sizing/overload.txt`: 0, 1, 1 and 2 times the traffic.
  @Test(arguments: [(1, ["BOX20"]), (2, ["BOX20", "BOX45", "BOX60"]), (3, ["BOX20", "BOX45", "BOX60", "BOX90"])])
  func modelsRefuseFromTheirBreakingPointOn(copies: Int, models: [String]) throws {
    let result = try Self.compare(["--amplify", String(copies)])
    #expect(result.status == 0, "\(result.err)")
    #expect(Self.refused(result).filter { $0.value != "0" }.keys.sorted() == models)
    #expect(result.out.contains("Traffic   \(40 * copies) calls"))
    #expect(result.err.contains("laid over itself \(copies) times") == (copies > 1))
  }

  @Test func aPipeIsKeptForTheCopies() throws {
    let data = try Data(contentsOf: URL(filePath: Program.fixture("overload")))
    let result = try Self.compare(["--amplify", "2"], input: data)
    #expect(result.status == 0, "\(result.err)")
    #expect(result.out.contains("Traffic   80 calls"))
  }

  @Test(arguments: [["--amplify", "0"], ["--amplify", "101"], ["--amplify", "2", "--amplify-shift", "1h"]])
  func moreThanThereIsRoomForIsAMatterOfUsage(_ options: [String]) throws {
    let result = try Self.compare(options)
    #expect(result.status == 2)
    #expect(result.out.isEmpty)
    #expect(result.err.contains("amplify"))
  }

  @Test func moreReadingsThanCanBeOpenAreAMatterOfUsage() throws {
    let traces = [String](repeating: Program.fixture("overload"), count: 40)
    let result = try Program.run(["compare"] + traces + ["--models", "all", "--site", Program.site, "--amplify", "17"])
    #expect(result.status == 2)
    #expect(result.err.contains("at most 16 times"))
  }
}
