import Foundation
import PacketFormats
import Primitives
import TestSupport
import Testing

/// `--account`: what became of every frame, in every format, for whole, broken, empty and several traces.
struct AccountTests {
  static let phone = IPEndpoint(address: IPAddress(v4: 0xc000_0201), port: 5060)
  static let appliance = IPEndpoint(address: IPAddress(v4: 0xc633_6401), port: 5060)
  static let request = Array(
    "OPTIONS sip:pbx.example.com SIP/2.0\r\nCall-ID: a\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n".utf8)

  /// A message, a copy of it 1 ms later, media, ARP, a message cut off in its head, and a frame that is too short.
  static let records: [TraceFiles.Record] = {
    let message = Packets.udpFrame(request, from: phone, to: appliance)
    let frames = [
      message, message, Packets.udpFrame([0x80, 8] + [UInt8](repeating: 1, count: 170), from: phone, to: appliance),
      Packets.frame([0, 1], etherType: 0x0806), Array(message.dropLast(20)), [1, 2, 3],
    ]
    return frames.enumerated().map { index, bytes in
      TraceFiles.Record(
        time: Instant(seconds: 1_800_000_000, nanoseconds: Int64(index) * 1_000_000), bytes: bytes,
        originalLength: max(bytes.count, 60))
    }
  }()

  static let verbs = [["messages"], ["calls"], ["registrations", "--pbx", "198.51.100.1"]]

  private func trace(_ folder: TemporaryDirectory, _ name: String = "a.pcap") throws -> String {
    try folder.write(TraceFiles.pcap(Self.records), to: name)
  }

  @Test(arguments: verbs) func theTextIsATableThatAddsUp(_ verb: [String]) throws {
    let folder = try TemporaryDirectory()
    let result = try Program.run(verb + [try trace(folder), "--account"])
    #expect(result.status == 0)
    let rows = result.lines.dropFirst()
    let numbers = rows.map { $0.matches(of: /\s{2,}(\d+)(?=\s|$)/).compactMap { Int($0.output.1) } }
    #expect(rows.last?.hasPrefix("total ") == true)
    #expect(numbers.last == [6, Self.records.reduce(0) { $0 + $1.bytes.count }, 2])
    for column in 0..<3 {
      #expect(numbers.dropLast().reduce(0) { $0 + $1[column] } == numbers.last?[column])
    }
    #expect(rows.contains { $0.hasPrefix("copies of a packet recorded twice ") && $0.hasSuffix("  frame 2") })
    #expect(rows.contains { $0.hasPrefix("broken or cut Ethernet header ") && $0.hasSuffix("  frame 6, byte 0") })
    #expect(result.err.contains("messages may be missing: 1 frame: broken or cut Ethernet header, first at frame 6"))
  }

  @Test(arguments: verbs) func theJSONIsOneObjectThatAddsUp(_ verb: [String]) throws {
    let folder = try TemporaryDirectory()
    let path = try trace(folder)
    let result = try Program.run(verb + [path, "--account", "--format", "json"])
    let account = try #require(try JSONSerialization.jsonObject(with: Data(result.out.utf8)) as? [String: Any])
    try expectSums(of: account, frames: 6, messages: 2)
    #expect(account["framesThatMayHideMessages"] as? Int == 2)
    let fates = try #require(account["fates"] as? [[String: Any]])
    #expect(
      fates.map { $0["name"] as? String } == [
        "message", "message-cut", "duplicate", "malformed-ethernet", "not-sip-media", "not-udp-or-tcp-arp",
      ])
    let first = try #require(fates[3]["first"] as? [String: Any])
    #expect(first["file"] as? String == path)
    #expect(first["frame"] as? Int == 6)
    #expect(first["byte"] as? Int == 0)
  }

  @Test func everyLineOfJSONLinesNamesItsKind() throws {
    let folder = try TemporaryDirectory()
    let result = try Program.run(["messages", try trace(folder), "--account", "--format", "jsonl"])
    let lines = try result.lines.map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
    #expect(lines.map { $0["kind"] as? String } == Array(repeating: "fate", count: 6) + ["total"])
    let fates = lines.dropLast()
    for sum in ["frames", "bytes", "messages"] {
      #expect(fates.reduce(0) { $0 + ($1[sum] as? Int ?? 0) } == lines.last?[sum] as? Int)
    }
  }

  @Test func theCSVHasATitleAndALineForEachFate() throws {
    let folder = try TemporaryDirectory()
    let result = try Program.run(["messages", try trace(folder), "--account", "--format", "csv"])
    #expect(
      result.lines.first == "kind,name,frames,bytes,messages,count,file,frame,byte,mayHideMessages,phrase")
    #expect(result.lines.count == 8)
    #expect(result.lines.contains { $0.hasPrefix("fate,duplicate,1,") })
  }

  @Test func ofSeveralTracesTheFirstFrameIsNamedWithItsTrace() throws {
    let folder = try TemporaryDirectory()
    let (one, two) = (try trace(folder, "one.pcap"), try trace(folder, "two.pcap"))
    let result = try Program.run(["messages", one, two, "--account"])
    #expect(result.lines.contains { $0.hasPrefix("SIP messages ") && $0.hasSuffix("  \(one) frame 1") })
    #expect(result.lines.contains { $0.hasPrefix("copies of a packet") && $0.hasSuffix("  \(two) frame 1") })
    #expect(result.err.contains("first at \(one) frame 6, byte 0"))
    let count = try Program.run(["messages", one, two, "--count"])
    #expect(count.out == "2\n")
  }

  @Test(arguments: verbs) func keepingDuplicatesTakesEachRecordForAMessage(_ verb: [String]) throws {
    let folder = try TemporaryDirectory()
    let result = try Program.run(
      verb + [try trace(folder), "--account", "--keep-duplicates", "--format", "json"])
    let account = try #require(try JSONSerialization.jsonObject(with: Data(result.out.utf8)) as? [String: Any])
    try expectSums(of: account, frames: 6, messages: 3)
    #expect(!result.out.contains("\"duplicate\""))
  }

  @Test(arguments: ["text", "json", "jsonl", "csv"])
  func anEmptyCaptureHasAnAccountOfNothing(_ format: String) throws {
    let folder = try TemporaryDirectory()
    let path = try folder.write(TraceFiles.pcap([]), to: "empty.pcap")
    let result = try Program.run(["messages", path, "--account", "--format", format])
    #expect(result.status == 0)
    #expect(result.err.isEmpty)
    switch format {
    case "json":
      let account = try #require(try JSONSerialization.jsonObject(with: Data(result.out.utf8)) as? [String: Any])
      try expectSums(of: account, frames: 0, messages: 0)
    case "jsonl": #expect(result.lines.count == 1)
    default: #expect(result.lines.count == 2)
    }
  }

  @Test func ofABrokenTraceThePartReadIsAccountedFor() throws {
    let folder = try TemporaryDirectory()
    let path = try folder.write(TraceFiles.pcap(Self.records).dropLast(2), to: "broken.pcap")
    let result = try Program.run(["messages", path, "--account", "--format", "json"])
    #expect(result.status == 3)
    #expect(result.err.contains("cut short"))
    let account = try #require(try JSONSerialization.jsonObject(with: Data(result.out.utf8)) as? [String: Any])
    try expectSums(of: account, frames: 5, messages: 2)
  }

  @Test func whatCannotBeOpenedHasNoAccount() throws {
    let folder = try TemporaryDirectory()
    let result = try Program.run(["messages", folder.path("missing.pcap"), "--account"])
    #expect(result.status == 3)
    #expect(result.out.isEmpty)
  }

  @Test func theNumberAloneAndTheAccountExcludeEachOther() throws {
    let result = try Program.run(["messages", "x.pcap", "--account", "--count"])
    #expect(result.status == 2)
    #expect(result.err.contains("--count"))
  }

  @Test func theSummaryOfAReplayHoldsTheAccount() throws {
    let folder = try TemporaryDirectory()
    let path = try trace(folder)
    let run = ["replay", path, "--model", "UCM6304", "--pbx", "198.51.100.1"]
    #expect(try Program.run(run + ["--out", folder.path("run")]).status == 0)
    let summary = try #require(
      try JSONSerialization.jsonObject(with: folder.data("run/summary.json")) as? [String: Any])
    let account = try #require(summary["account"] as? [String: Any])
    try expectSums(of: account, frames: 6, messages: 2)
    let text = try Program.run(run).out
    #expect(text.contains("\nNot read  2 frames may hide messages: 1 frame: "))
  }

  @Test func nothingIsSaidWhereNothingIsMissing() throws {
    let run = try Program.run(["replay", Program.fixture("busy"), "--model", "UCM6304"])
    #expect(!run.out.contains("Not read"))
  }

  private func expectSums(of account: [String: Any], frames: Int, messages: Int) throws {
    let fates = try #require(account["fates"] as? [[String: Any]])
    let sum = { (name: String) in fates.reduce(0) { $0 + ($1[name] as? Int ?? 0) } }
    #expect(account["frames"] as? Int == frames)
    #expect(account["messages"] as? Int == messages)
    #expect(sum("frames") == frames)
    #expect(sum("bytes") == account["bytes"] as? Int)
    #expect(sum("messages") + (account["messagesAtEnd"] as? Int ?? -1) == messages)
  }
}
