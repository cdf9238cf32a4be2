import Foundation
import TestSupport
import Testing

/// `messages --check`: what the RFCs do not allow in a trace, and the exit code that tells of it.
struct CheckTests {
  @Test(arguments: ["text", "json", "jsonl", "csv"])
  func aCleanTraceHasNoFinding(_ format: String) throws {
    let result = try Program.run(["messages", Program.fixture("internal-call"), "--check", "--format", format])
    #expect(result.status == 0)
    #expect(result.lines.count == ["text": 1, "json": 1, "jsonl": 0, "csv": 1][format])
    #expect(result.err.isEmpty)
  }

  /// A sound fixture in which the CSeq of the first INVITEs names the method `INVITX`.
  private func spoilt(_ folder: TemporaryDirectory) throws -> String {
    var bytes = try [UInt8](Data(contentsOf: URL(filePath: Program.fixture("internal-call"))))
    let mark = Array("\r\nCSeq: 1 INVITE".utf8)
    for start in bytes.indices.dropLast(mark.count)
    where bytes[start] == 13 && bytes[start..<start + mark.count].elementsEqual(mark) {
      bytes[start + mark.count - 1] = UInt8(ascii: "X")
    }
    return try folder.write(bytes, to: "spoilt.pcap")
  }

  @Test func aProblemIsALineWithItsPlaceAndItsSection() throws {
    let folder = try TemporaryDirectory()
    let trace = try spoilt(folder)
    let result = try Program.run(["messages", trace, "--check", "--format", "jsonl"])
    #expect(result.status == 1)
    let first = try #require(result.lines.first)
    let problem = try #require(try JSONSerialization.jsonObject(with: Data(first.utf8)) as? [String: Any])
    #expect(problem["problem"] as? String == "cseq-method-mismatch")
    #expect(problem["section"] as? String == "RFC 3261 section 8.1.1.5")
    #expect(problem["header"] as? String == "CSeq")
    #expect(problem["severity"] as? String == "error")
    #expect(problem["message"] as? String == "INVITE")
    #expect(problem["byte"] as? Int ?? 0 > 0)
    #expect(problem["frame"] as? Int ?? 0 > 0)

    let csv = try Program.run(["messages", trace, "--check", "--format", "csv"])
    #expect(csv.status == 1)
    #expect(csv.lines.first == "frame,time,src,dst,message,callID,severity,problem,header,byte,section,explanation")
    #expect(csv.lines.count == result.lines.count + 1)
    let count = try Program.run(["messages", trace, "--check", "--count"])
    #expect(count.out == "\(result.lines.count)\n")
    #expect(count.status == 1)
  }

  @Test func whatIsNoMessageIsAFindingToo() throws {
    let folder = try TemporaryDirectory()
    var bytes = try [UInt8](Data(contentsOf: URL(filePath: Program.fixture("internal-call"))))
    let mark = Array(" SIP/2.0\r\n".utf8)
    let start = try #require(
      bytes.indices.dropLast(mark.count).first { bytes[$0..<$0 + mark.count].elementsEqual(mark) })
    bytes[start + 5] = UInt8(ascii: "7")
    let trace = try folder.write(bytes, to: "version.pcap")
    let result = try Program.run(["messages", trace, "--check", "--format", "csv"])
    #expect(result.status == 1)
    #expect(result.lines.last?.contains("unreadable-message-bad-version") == true)
  }

  @Test func aTraceThatIsNoneIsNoFinding() throws {
    #expect(try Program.run(["messages", "/nonexistent.pcap", "--check"]).status == 3)
  }
}
