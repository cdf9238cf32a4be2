import Foundation
import PacketFormats
import Primitives
import TestSupport
import Testing

@Suite struct CDRCommandTests {
  @Test func theExportOfARunIsWhatTheRunWrote() throws {
    let folder = try officeRun()
    let csv = try Program.run(["cdr", folder.path("run"), "--format", "csv"])
    let ofRun = try folder.text("run/cdr.csv").split(separator: "\n")
    #expect(csv.status == 0)
    #expect(csv.lines.first == ofRun.first)
    #expect(csv.lines.sorted() == ofRun.sorted())
    let json = try Program.run(["cdr", folder.path("run"), "--format", "json"])
    let entries = { (text: String) in
      try (JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: [[String: Any]]])?["cdr_root"] ?? []
    }
    let (found, written) = (try entries(json.out), try entries(folder.text("run/cdr.json")))
    #expect(found.count == 44)
    // This model writes no session beside its entries; the database by itself does not know the model.
    #expect(written.allSatisfy { $0["cdr"] as? String == "" } && found.allSatisfy { $0["cdr"] as? String == "" })
    let plain = try Program.run(["cdr", folder.path("run/cdr.sqlite"), "--format", "json"])
    #expect(Set(try entries(plain.out).compactMap { $0["cdr"] as? String }).count == 44)
  }

  @Test(arguments: [
    (["--status", "busy,failed"], 8), (["--status", "BUSY", "--status", "Failed"], 8), (["--type", "inbound"], 21),
    (["--type", "Internal,external"], 14), (["--caller", "1000"], 3), (["--caller", "1xxx", "--callee", "10xx"], 13),
    (["--caller", "1000-1003,0-0"], 29), (["--callee", "+49."], 2), (["--trunk", "Nordnetz"], 30),
    (["--trunk", "trunk_1", "--type", "outbound"], 9), (["--destination-trunk", "Nordnetz"], 9),
    (["--source-trunk", "Nordnetz", "--status", "failed"], 2), (["--account", "17"], 0),
    (["--from", "2026-11-21 09:58:54", "--to", "2026-11-21 09:58:59"], 3),
    (["--from", "2026-11-21", "--to", "2026-11-21"], 44), (["--from", "2026-11-22"], 0), (["--to", "2026-11-20"], 0),
    (["--limit", "5"], 5), (["--limit", "5", "--offset", "42"], 2), (["--limit", "0"], 0), ([], 44),
  ])
  func conditionsNarrowTheCalls(arguments: [String], calls: Int) throws {
    let folder = try officeRun()
    let result = try Program.run(["cdr", folder.path("run"), "--format", "json"] + arguments)
    #expect(result.status == 0)
    #expect(result.err == "")
    let root = try JSONSerialization.jsonObject(with: Data(result.out.utf8)) as? [String: [Any]]
    #expect(root?["cdr_root"]?.count == calls)
  }

  @Test func theTableHasALineForEachRowAsOnTheAppliancesPage() throws {
    let folder = try officeRun()
    let table = try Program.run(["cdr", folder.path("run"), "--status", "failed", "--order", "newest", "--limit", "2"])
    #expect(table.lines.count == 3)
    #expect(table.lines.first?.hasPrefix("START") == true)
    #expect(table.out.contains("FAILED     \"+493000002021\" +493000002021 [Trunk: Nordnetz]"))
    #expect(table.out.contains("0:00:00   Inbound"))
  }

  @Test(arguments: [
    (["--caller", "5300,,5303"], "after 5 bytes"), (["--callee", "5304-5302"], "after 5 bytes"),
    (["--caller", ""], "after 0 bytes"), (["--caller", "1-2-3"], "after 4 bytes"),
    (["--from", "2026-02-30"], "after 8 bytes"),
    (["--from", "yesterday"], "after 0 bytes"), (["--to", "2026-11-20T25:00"], "after 11 bytes"),
    (["--to", "2026-11-20 10:00+1"], "after 17 bytes"), (["--to", "2026-11-20 10:00:00."], "after 20 bytes"),
    (["--status", "answered,lost"], "after 9 bytes"), (["--type", "inward"], "internal, inbound, outbound, external"),
    (["--limit", "many"], "--limit"), (["--offset=-1"], "--offset is 0 or more"), (["--order", "random"], "oldest"),
    (["--min-duration", "1.5"], "--min-duration"), (["--caler", "1"], "--caler"),
  ])
  func aWrongValueIsAUsageErrorThatNamesItsPlace(arguments: [String], message: String) throws {
    let result = try Program.run(["cdr", "run"] + arguments)
    #expect(result.status == 2)
    #expect(result.err.contains(message))
    #expect(result.out.isEmpty)
  }

  @Test func whatIsNoDatabaseIsUnusableInput() throws {
    let folder = try TemporaryDirectory()
    let text = try folder.write(Data("AcctId,src\n".utf8), to: "cdr.csv")
    for (path, message) in [
      (folder.path("none"), "there is no CDR database"), (folder.url.path, "there is no CDR database"),
      (text, "a file of another kind"),
    ] {
      let result = try Program.run(["cdr", path])
      #expect(result.status == 3)
      #expect(result.err.contains(message))
      #expect(result.out.isEmpty)
    }
  }

  @Test func aRunWithoutItsSummaryIsReadAndSaidToBeUnfinished() throws {
    let folder = try officeRun()
    try FileManager.default.removeItem(atPath: folder.path("run/summary.json"))
    let result = try Program.run(["cdr", folder.path("run"), "--limit", "1"])
    #expect(result.status == 0)
    #expect(result.lines.count == 2)
    #expect(result.err.contains("has no summary.json"))
  }

  @Test func theCleanerRemovesWhatItIsToldAndNothingInARehearsal() throws {
    let folder = try officeRun()
    func clean(_ arguments: [String]) throws -> Program.Result {
      try Program.run(["cdr", "clean", folder.path("run")] + arguments)
    }
    #expect(try clean(["--keep", "10", "--dry-run"]).out.hasPrefix("would remove 4"))
    #expect(try clean(["--older-than", "1"]).out == "removed 0 rows of 0 calls\n")
    let kept = try clean(["--keep", "10"])
    #expect(kept.status == 0)
    let left = try Program.run(["cdr", folder.path("run"), "--format", "csv"])
    #expect(left.lines.count <= 11)
    #expect(left.lines.count > 7)
    #expect(try clean(["--older-than", "1", "--at", "2026-11-23"]).out.hasPrefix("removed "))
    #expect(try Program.run(["cdr", folder.path("run")]).lines.count == 1)
  }

  @Test(arguments: [
    [], ["--keep", "1", "--older-than", "2"], ["--older-than", "0"], ["--older-than", "31"], ["--keep", "x"],
    ["--keep", "1", "--hour", "24"], ["--older-than", "3", "--at", "now"],
  ])
  func aCleaningThatIsNotSaidClearlyIsAUsageError(arguments: [String]) throws {
    #expect(try Program.run(["cdr", "clean", "run"] + arguments).status == 2)
    #expect(try Program.run(["cdr", "clean", "/nowhere", "--keep", "1"]).status == 3)
  }
}

/// Calls between two phones as a capture holds them.
private func trace(_ calls: [(start: Instant, seconds: Double)]) -> [UInt8] {
  let messages = calls.enumerated().flatMap { number, call in
    let start = Double((call.start - traceStart).nanoseconds) / 1e9
    let caller = Dialogue(from: "1000@192.0.2.10", to: "1001@192.0.2.2", callID: "a\(number)")
    let callee = Dialogue(from: "1000@192.0.2.2", to: "1001@192.0.2.11", callID: "b\(number)")
    return [
      caller.invite(at: start).ringing(at: start + 1).ok(at: start + 5).bye(at: start + call.seconds),
      callee.invite(at: start + 0.1).ringing(at: start + 1).ok(at: start + 5).bye(at: start + call.seconds),
    ].flatMap(\.messages)
  }
  let ordered = messages.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }
  return TraceFiles.pcap(
    ordered.map { _, message in
      TraceFiles.Record(
        time: message.time,
        bytes: Packets.udpFrame(Array(message.text.utf8), from: message.source, to: message.destination))
    })
}

@Suite struct ReplayedClockTests {
  private static let site = """
    pbx:
      addresses: [192.0.2.2]
    timeZone: MTZ+6MDT+5,M4.1.0,M11.1.0
    extensions:
      - number: "1000"
      - number: "1001"
    """

  /// The appliance's default zone goes back an hour on 2026-11-01 at 02:00, which is 07:00 UTC.
  @Test func callsInTheHourThatComesTwiceAreToldApartByTheirSessionsAndFoundInBoth() throws {
    let folder = try TemporaryDirectory()
    let change = Instant(seconds: 1_793_516_400)
    try folder.write(
      trace([(change + .seconds(-1800), 30), (change + .seconds(-10), 30), (change + .seconds(1800), 30)]), to: "t.pcap"
    )
    try folder.write(Array(Self.site.utf8), to: "site.yaml")
    let replay = try Program.run([
      "replay", folder.path("t.pcap"), "--model", "UCM6202", "--site", folder.path("site.yaml"), "--crm", "none",
      "--out",
      folder.path("run"),
    ])
    #expect(replay.status == 0)
    func times(_ arguments: [String]) throws -> [[Substring]] {
      let csv = try Program.run(["cdr", folder.path("run"), "--format", "csv"] + arguments)
      return csv.lines.dropFirst().map { line in
        line.matches(of: /2026-11-01 \d\d:\d\d:\d\d|,\d+,\d+,ANSWERED/).map(\.output)
      }
    }
    let early: [Substring] = ["2026-11-01 01:30:00", "2026-11-01 01:30:05", "2026-11-01 01:30:30", ",30,25,ANSWERED"]
    let over: [Substring] = ["2026-11-01 01:59:50", "2026-11-01 01:59:55", "2026-11-01 01:00:20", ",30,25,ANSWERED"]
    #expect(try times([]) == [early, over, early])
    #expect(try times(["--from", "2026-11-01 01:30", "--to", "2026-11-01 01:30"]) == [early, over, early])
    #expect(try times(["--from", "2026-11-01 01:30-06:00"]) == [early])
    #expect(try times(["--to", "2026-11-01 01:30-05:00"]) == [early])
    #expect(try times(["--from", "2026-11-01 02:00"]) == [])
  }
}
