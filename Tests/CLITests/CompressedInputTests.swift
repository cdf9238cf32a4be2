import Foundation
import TestSupport
import Testing

/// Compressed traces and bundles as a user gives them.
@Suite(.enabled(if: Compressor.areInstalled, "\(Compressor.missing)"))
struct CompressedInputTests {
  let folder: TemporaryDirectory
  let trace: [UInt8]

  init() throws {
    folder = try TemporaryDirectory()
    trace = Array(try Data(contentsOf: URL(filePath: Program.fixture("internal-call"))))
  }

  func messages(_ arguments: [String], input: [UInt8]? = nil) throws -> Program.Result {
    try Program.run(["messages", "--format", "jsonl"] + arguments, input: input.map { Data($0) })
  }

  @Test(arguments: Compressor.allCases)
  func aCompressedTraceGivesTheSameMessagesFromAFileAndFromStandardInput(_ compressor: Compressor) throws {
    let compressed = try compressor.compress(trace)
    let expected = try messages([Program.fixture("internal-call")])
    let named = try messages([try folder.write(compressed, to: "trace.pcap")])
    #expect(named.status == 0)
    #expect(named.out == expected.out)
    #expect(named.err.isEmpty)
    let piped = try messages(["-"], input: compressed)
    #expect(piped.status == 0)
    #expect(piped.out == expected.out)
  }

  @Test func aBundleIsReplayedLikeItsCaptures() throws {
    let bundle = TarFile.bytes([TarFile.Member("a/trace.pcap", trace), TarFile.Member("a/notes.txt", [65])])
    let path = try folder.write(try Compressor.gzip.compress(bundle), to: "bundle.tgz")
    let run = ["--model", "UCM6304", "--site", Program.site, "--format", "json"]
    #expect(try Program.run(["replay", Program.fixture("internal-call"), "--out", folder.path("1")] + run).status == 0)
    let result = try Program.run(["replay", path, "--out", folder.path("2")] + run)
    #expect(result.status == 0)
    #expect(result.err.contains("bundle.tgz: a member is no capture and was passed over: a/notes.txt"))
    #expect(try folder.data("1/cdr.csv") == folder.data("2/cdr.csv"))
  }

  @Test func aCutCompressedTraceEndsWithThreeAndKeepsWhatWasBefore() throws {
    let whole = try messages([Program.fixture("internal-call")])
    let path = try folder.write(try Compressor.gzip.compress(trace).dropLast(12), to: "cut.pcap.gz")
    let result = try messages([path])
    #expect(result.status == 3)
    #expect(result.err.contains("cut.pcap.gz after frame"))
    #expect(result.err.contains("cut short: gzip: "))
    #expect(!result.lines.isEmpty)
    #expect(whole.out.hasPrefix(result.out))
  }

  @Test func aMissingProgramIsNamedWithItsPackage() throws {
    let path = try folder.write([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00, 0, 0, 0], to: "trace.pcap.xz")
    let result = try Program.run(["messages", path], path: "/nowhere")
    #expect(result.status == 3)
    #expect(
      result.err.contains("the program xz that unpacks it is not there; install it with `apt-get install xz-utils`"))
  }
}
