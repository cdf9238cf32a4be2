import CDRComparison
import PBXModel
import Primitives
import TestSupport
import Testing

private func compare(
  _ ours: [[CDRRecord]], _ theirs: String, _ change: (inout Comparison.Settings) -> Void = { _ in }
) throws -> Comparison {
  var settings = Comparison.Settings()
  change(&settings)
  return Comparison(of: run(ours), with: try table(asteriskHeader + theirs), settings)
}

private let wrongNumber = "silence/1&wrong-number,noanswer"

/// The call both sides have in the tables below, so that a file is never empty.
private let plain = [dial(100, "1001", "1002", .answered, 5, talk: 3)]
private let plainLine = line(100, "1001", "1002", "ANSWERED", 5, talk: 3)

@Suite struct ComparisonTests {
  @Test func rowsThatAgreeHaveNoDifferenceInWhateverOrder() throws {
    let comparison = try compare(
      [plain, [dial(0, "1003", "1004", .noAnswer, 12)], [dial(3, "1003", "1004", .busy, 0)]],
      plainLine + line(4, "1003", "1004", "BUSY", 0) + line(0, "1003", "1004", "NO ANSWER", 11))
    #expect(comparison.rowCount == 3)
    #expect(comparison.agreeing == 3)
    #expect(words(comparison) == ["answer:answerOfNoAnswer", "end:emptyTimes"])
  }

  @Test(arguments: [
    // The dialplan goes on after a failed Dial.
    (
      [dial(0, "1", "2", .busy, 1)],
      line(0, "1", "2", "BUSY", 1) + line(1, "1", "", "BUSY", 0, app: "Hangup", call: 0),
      ["end:emptyTimes", "file:hangupAfterDial"]
    ),
    (
      [dial(0, "1", "2", .failed, 1)], line(0, "1", "2", "CONGESTION", 1), ["disposition:congestion", "end:emptyTimes"]
    ),
    // A redirecting phone.
    (
      [dial(0, "1", "3", .answered, 4, talk: 2)],
      line(0, "1", "3", "ANSWERED", 4, talk: 2, channel: "Local/3@ctx-00000001;2")
        + line(0, "1", "", "ANSWERED", 4, talk: 2, dst: "2", dstchannel: "Local/3@ctx-00000001;1"),
      ["dst:localChannel", "file:localChannel"]
    ),
    // A group: its own row with the appliance, its number as dst with Asterisk.
    (
      [
        dial(0, "1", "6400", .answered, 0) { ($0.lastapp, $0.dstchannel) = ("ForkCDR", "") },
        dial(0, "1", "2", .answered, 4, talk: 2), dial(0, "1", "3", .noAnswer, 2),
      ],
      line(0, "1", "2", "ANSWERED", 4, talk: 2, dst: "6400") + line(0, "1", "3", "NO ANSWER", 2, dst: "6400"),
      ["answer:answerOfNoAnswer", "dst:numberDialled", "dst:numberDialled", "run:entranceRow"]
    ),
    // A caller who hangs up in a menu.
    (
      [dial(0, "1", "7000", .answered, 4, talk: 4) { ($0.lastapp, $0.dstchannel) = ("ForkCDR", "") }],
      line(0, "1", "", "ANSWERED", 4, talk: 4, dst: "s", app: "BackGround"), ["dst:placeInMenu"]
    ),
    // A number nobody has.
    (
      [dial(0, "1", "", .failed, 0) { ($0.lastapp, $0.lastdata) = ("Playback", wrongNumber) }], "",
      ["run:noDialplanEntry"]
    ),
    // A queue that answered before it rang.
    (
      [dial(0, "1", "2", .noAnswer, 5)], line(0, "1", "2", "NO ANSWER", 5, talk: 5, dst: "2"),
      ["answer:answeredBeforeDial", "billsec:answeredBeforeDial"]
    ),
    // A parked call's fetcher, a phone picked up elsewhere.
    (
      [
        dial(-6, "1", "5", .answered, 3, talk: 2),
        dial(0, "1", "9", .answered, 4, talk: 4) { $0.actionType = "PARKEDCALL" },
      ],
      line(-6, "1", "5", "ANSWERED", 3, talk: 2, call: 0)
        + line(0, "9", "", "ANSWERED", 0, talk: 0, dst: "701", app: "ParkedCall")
        + line(0, "1", "9", "ANSWERED", 4, talk: 4, dst: "5"),
      ["dst:numberAfterTransfer", "file:parkedCallFetched"]
    ),
    (
      [dial(0, "1", "2", .noAnswer, 2), dial(2, "1", "9", .answered, 4, talk: 4) { $0.actionType = "PICKUP" }],
      line(0, "2", "", "NO ANSWER", 2, dst: "**2", channel: "PJSIP/2-0000000b", app: "AppDial")
        + line(0, "1", "2", "NO ANSWER", 2) + line(2, "1", "9", "ANSWERED", 4, talk: 4, call: 0),
      ["answer:answerOfNoAnswer", "file:pickedUpPhone"]
    ),
  ])
  func knownDifferencesAreExplained(ours: [CDRRecord], theirs: String, expected: [String]) throws {
    let session = ours.map { row in
      var row = row
      row.session = "one call"
      return row
    }
    let comparison = try compare([plain, session], plainLine + theirs)
    #expect(words(comparison) == expected)
    #expect(comparison.unexplained == 0)
  }

  @Test(arguments: [
    // Nothing of it on one side.
    ([dial(0, "1", "2", .answered, 3, talk: 1)], "", ["run!"]),
    ([], line(0, "1", "2", "ANSWERED", 3, talk: 1), ["file!"]), ([], line(0, "1", "2", "BUSY", 0), ["file!"]),
    // A Hangup that follows nothing, and one that lasts.
    ([], line(0, "1", "", "BUSY", 0, app: "Hangup"), ["file!"]),
    (
      [dial(0, "1", "2", .noAnswer, 1)],
      line(0, "1", "2", "NO ANSWER", 1) + line(1, "1", "", "NO ANSWER", 9, app: "Hangup", call: 0),
      ["answer:answerOfNoAnswer", "file!"]
    ),
    // A field that is wrong.
    (
      [dial(0, "1", "2", .answered, 5, talk: 5)], line(0, "1", "2", "ANSWERED", 9, talk: 9),
      ["billsec!", "duration!", "end!"]
    ),
    ([dial(0, "1", "2", .noAnswer, 5)], line(0, "1", "2", "BUSY", 5), ["answer:answerOfNoAnswer", "disposition!"]),
    (
      [dial(0, "1", "2", .answered, 5, talk: 3)], line(0, "1", "3", "ANSWERED", 5, talk: 3),
      ["dst:numberDialled", "dstchannel!"]
    ),
    ([dial(0, "1", "2", .answered, 5, talk: 3)], line(0, "1", "2", "ANSWERED", 5, talk: 5), ["answer!", "billsec!"]),
    (
      [dial(0, "1", "2", .answered, 5, talk: 3)], line(4, "1", "2", "ANSWERED", 5, talk: 3),
      ["answer!", "end!", "start!"]
    ),
    ([dial(0, "1", "2", .answered, 5, talk: 3) { $0.src = "7" }], line(0, "1", "2", "ANSWERED", 5, talk: 3), ["src!"]),
    // Half of a Local channel, a conference only one side knows, an unknown number Asterisk has called.
    ([], line(0, "1", "", "ANSWERED", 4, talk: 2, dstchannel: "Local/3@ctx-00000001;1"), ["file!"]),
    ([], line(0, "1", "2", "ANSWERED", 4, talk: 2, app: "ConfBridge"), ["file!"]),
    (
      [dial(0, "1", "", .failed, 0) { ($0.lastapp, $0.lastdata) = ("Playback", wrongNumber) }],
      line(0, "1", "2", "ANSWERED", 40, talk: 40),
      ["file!", "run!"]
    ),
    // A Hangup written twice, one of another caller, one long after; a talk time without an answer.
    (
      [dial(0, "1", "2", .busy, 0)],
      line(0, "1", "2", "BUSY", 0) + line(0, "1", "", "BUSY", 0, app: "Hangup")
        + line(0, "1", "", "BUSY", 0, app: "Hangup"), ["end:emptyTimes", "file!", "file:hangupAfterDial"]
    ),
    (
      [dial(0, "1", "2", .busy, 0)],
      line(0, "1", "2", "BUSY", 0) + line(0, "7", "", "BUSY", 0, channel: "PJSIP/1-0000000a", app: "Hangup"),
      ["end:emptyTimes", "file!"]
    ),
    (
      [dial(0, "1", "2", .busy, 0)],
      line(0, "1", "2", "BUSY", 0) + line(60, "1", "", "BUSY", 0, app: "Hangup", call: 0), ["end:emptyTimes", "file!"]
    ),
    (
      [dial(0, "1", "2", .busy, 5)],
      line(0, "1", "2", "BUSY", 5).replacing(",5,0,\"BUSY", with: ",5,4,\"BUSY"), ["billsec!", "end:emptyTimes"]
    ),
    // A phone that called itself while Asterisk knows only what came after; a refused outbound call it never had.
    (
      [dial(0, "1", "1", .busy, 0)], line(0, "1", "", "BUSY", 0, app: "Hangup"),
      ["dst:numberDialled", "dstchannel!", "end:emptyTimes"]
    ),
    ([dial(0, "1", "", .failed, 0) { $0.lastapp = "Congestion" }], line(900, "9", "", "BUSY", 0), ["file!", "run!"]),
    // A menu's row without any call beside it.
    ([dial(0, "1", "7000", .answered, 4, talk: 4) { ($0.lastapp, $0.dstchannel) = ("ForkCDR", "") }], "", ["run!"]),
  ])
  func whatNobodyExplainedIsSaid(ours: [CDRRecord], theirs: String, expected: [String]) throws {
    let comparison = try compare([plain] + ours.map { [$0] }, plainLine + theirs)
    #expect(words(comparison) == expected)
    #expect(comparison.unexplained > 0)
    #expect(comparison.groups.first?.explanation == nil)
  }

  @Test(arguments: [Int64.max, .min, -1])
  func aLengthThatCannotBeTrueIsADifference(seconds: Int64) throws {
    let wrong = dial(0, "1", "2", .answered, 5, talk: 3) { row in
      (row.durationSeconds, row.billsecSeconds) = (seconds, seconds)
    }
    let comparison = try compare([plain, [wrong]], plainLine + line(0, "1", "2", "ANSWERED", 5, talk: 3))
    #expect(words(comparison) == ["billsec!", "duration!"])
  }

  @Test(arguments: [(Int64(0), 0), (1, 1), (2, 2)])
  func aToleranceIsWhatTimesMayDifferBy(tolerance: Int64, same: Int) throws {
    let comparison = try compare(
      [[dial(0, "1", "2", .answered, 5, talk: 3)], [dial(100, "3", "4", .answered, 5, talk: 3)]],
      line(1, "1", "2", "ANSWERED", 5, talk: 3) + line(102, "3", "4", "ANSWERED", 5, talk: 3)
    ) { $0.tolerance = tolerance }
    #expect(comparison.identical == same)
  }

  @Test func aTrunkIsFoundByTheRowsThatPair() throws {
    let ours = (0..<6).map { index in
      [dial(Int64(index) * 10, index < 4 ? "trunk_1" : "trunk_2", "100\(index)", .answered, 5, talk: 3)]
    }
    let theirs = (0..<6).map { index in
      line(
        Int64(index) * 10, index < 4 ? "trunk_1" : "trunk_2", "100\(index)", "ANSWERED", 5, talk: 3,
        channel: "PJSIP/\(index < 4 ? "provider2" : "provider1")-0000000a")
    }.joined()
    let guessed = try compare(ours, theirs)
    #expect(guessed.trunks.map(\.theirs) == ["provider2", "provider1"])
    #expect(guessed.trunks.map(\.ours) == ["trunk_1", "trunk_2"])
    #expect(guessed.trunks.map(\.rows) == [4, 2])
    #expect(guessed.identical == 6)
    let given = try compare(ours, theirs) { $0.trunks = [TrunkName(theirs: "provider2", ours: "trunk_2")] }
    #expect(given.trunks.first?.rows == nil)
    #expect(given.unexplained == 6)
  }

  @Test(arguments: [Int64(3600), -3600, 90, -7])
  func aClockThatIsWrongIsFoundAndOnlyTakenOutOnDemand(offset: Int64) throws {
    let ours = (0..<5).map { [dial(Int64($0) * 1000, "100\($0)", "2", .answered, 5 + Int64($0), talk: 3)] }
    let theirs = (0..<5).map { index in
      line(Int64(index) * 1000 - offset, "100\(index)", "2", "ANSWERED", 5 + Int64(index), talk: 3)
    }.joined()
    let unmoved = try compare(ours, theirs)
    #expect(unmoved.detectedOffset == offset)
    #expect(unmoved.unexplained >= 5)
    let moved = try compare(ours, theirs) { $0.offset = .detected }
    #expect(moved.identical == 5)
    #expect(moved.offset == offset)
    let given = try compare(ours, theirs) { $0.offset = .seconds(offset) }
    #expect(given.identical == 5)
  }

  @Test func callsAlikeInOneSecondArePairedWithTheirOwn() throws {
    // Two transfers to one phone in one second: only the calls' beginnings tell them apart.
    let sessions = [0, 5].map { second in
      [dial(second, "1", "2", .answered, 20 - second, talk: 1), dial(20, "1", "3", .answered, 4, talk: 4)].map { row in
        var row = row
        row.session = "call \(second)"
        return row
      }
    }
    let theirs = [Int64(5), 0].map { second in
      line(second, "1", "2", "ANSWERED", 20 - second, talk: 1)
        + line(20, "1", "3", "ANSWERED", 4, talk: 4, call: second)
    }.joined()
    let comparison = try compare(sessions, theirs)
    #expect(comparison.identical == 4)
    for row in comparison.rows {
      let (our, their) = (try #require(row.ours), try #require(row.theirs))
      let second = comparison.ours[our].call == "call 0" ? 0 : 5
      #expect(comparison.theirs[their].call.hasPrefix("\(evening + Int64(second))."))
    }
  }

  @Test func anAppliancesWordsAreComparedToo() throws {
    let row = CDRRecord.internalCall()
    let fields = CDRField.allCases.map { $0.text(of: row, in: .utc) }
    func file(_ change: [CDRField: String]) throws -> Comparison {
      let texts = zip(CDRField.allCases, fields).map { field, text in
        "\"" + (change[field] ?? text).replacing("\"", with: "\"\"") + "\""
      }
      let header = CDRField.allCases.map(\.rawValue).joined(separator: ",")
      return Comparison(of: run([[row]]), with: try table(header + "\n" + texts.joined(separator: ",") + "\n"))
    }
    #expect(words(try file([:])).isEmpty)
    #expect(words(try file([.acctId: "9", .uniqueid: "1683815430.99"])).isEmpty)
    #expect(words(try file([.dcontext: "did-local", .callerName: "Zoë"])) == ["caller_name!", "dcontext!"])
    #expect(words(try file([.recordfiles: "a.wav@"])) == ["recordfiles:recordingUnseen"])
    #expect(
      words(try file([.service: "p", .accountCode: "17"])) == ["accountcode:accountUnseen", "service:analogUnseen"])
    #expect(words(try file([.channel: "SIP/2001-00000009"])).isEmpty)
  }

  @Test(.timeLimit(.minutes(1)), arguments: [Int64(0), 1, 7])
  func manyRowsTakeTimeWithTheirNumber(gap: Int64) throws {
    // Rows alike, all in one second, one a second, or well apart: the square of their number would never end.
    let count: Int64 = 10_000
    let ours = (0..<count).map { [dial($0 * gap, "1", "2", .answered, 5, talk: 3)] }
    let theirs = (0..<count).map { line($0 * gap, "1", "2", "ANSWERED", 5, talk: 3) }.joined()
    let comparison = try compare(ours, theirs)
    #expect(comparison.identical == Int(count))
  }
}
