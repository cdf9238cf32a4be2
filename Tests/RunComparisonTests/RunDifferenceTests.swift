import PBXModel
import Primitives
import RunComparison
import Testing

@Suite struct RunDifferenceTests {
  @Test func runsOfEqualRowsDoNotDiffer() throws {
    let one = try run(calls: [call(), call(at: 200, serial: 3)])
    let difference = RunDifference(from: one, to: one)
    #expect(difference.isEmpty)
    #expect(difference.callCount == 2)
    #expect(difference.callsLoggedOtherwise == 0)
  }

  @Test func emptyRunsDoNotDiffer() throws {
    let difference = RunDifference(from: try run(), to: try run())
    #expect(difference.isEmpty && difference.callCount == 0)
  }

  @Test func numbersOfRowsAndChannelsDoNotCount() throws {
    let difference = RunDifference(
      from: try run(calls: [call(serial: 1)]), to: try run(calls: [call(serial: 4)]))
    #expect(difference.isEmpty)
  }

  @Test func anotherOrderOfCallsDoesNotCount() throws {
    let (first, second) = (call(), call(from: "1003", at: 101, serial: 3))
    #expect(RunDifference(from: try run(calls: [first, second]), to: try run(calls: [second, first])).isEmpty)
  }

  @Test(arguments: CDRField.allCases)
  func everyOtherColumnThatDiffersIsNamed(field: CDRField) throws {
    let ignored: [CDRField] = [.acctId, .uniqueid, .session]
    let changed = call { row in Self.change(field, of: &row) }
    let difference = RunDifference(from: try run(calls: [call()]), to: try run(calls: [changed]))
    let fields = difference.calls.flatMap { $0.rows.flatMap { $0.fields.map(\.name) } }
    let isConstant = field.text(of: call().first, in: .utc) == field.text(of: changed.first, in: .utc)
    #expect(fields == (ignored.contains(field) || isConstant ? [] : [field]))
    #expect(difference.isEmpty == fields.isEmpty)
  }

  private static func change(_ field: CDRField, of row: inout CDRRecord) {
    switch field {
    case .acctId: row.acctId = 9
    case .accountCode: row.accountCode = "x"
    case .src: row.src = "x"
    case .dst: row.dst = "x"
    case .dcontext: row.dcontext = "x"
    case .clid: row.clid = "x"
    case .channel: row.channel = "x"
    case .dstchannel: row.dstchannel = "x"
    case .lastapp: row.lastapp = "x"
    case .lastdata: row.lastdata = "x"
    case .start: row.start = Instant(seconds: 103)
    case .answer: row.answer = Instant(seconds: 103)
    case .end: row.end = Instant(seconds: 103)
    case .duration: row.durationSeconds = 9
    case .billsec: row.billsecSeconds = 9
    case .disposition: row.disposition = .busy
    case .uniqueid: row.uniqueid = "x"
    case .userfield: row.userfield = .external
    case .channelExt: row.channelExt = "x"
    case .dstchannelExt: row.dstchannelExt = "x"
    case .service: row.service = "p"
    case .callerName: row.callerName = "x"
    case .recordfiles: row.recordfiles = "x"
    case .dstanswer: row.dstanswer = "x"
    case .amaflags, .chanext, .dstchanext: break
    case .session: row.session = "x"
    case .actionOwner: row.actionOwner = "x"
    case .actionType: row.actionType = "x"
    case .srcTrunkName: row.srcTrunkName = "x"
    case .dstTrunkName: row.dstTrunkName = "x"
    case .natCall: row.isNATCall = true
    case .natCallPeer: row.isNATCallOfPeer = true
    case .videoCall: row.isVideoCall = true
    case .gdmsUniqueCode: row.gdmsUniqueCode = "x"
    case .gdsCall: row.isGDSCall = true
    case .gscCall: row.isGSCCall = true
    case .waveSrcSeqid: row.waveSrcSeqid = "x"
    case .waveDstSeqid: row.waveDstSeqid = "x"
    case .deviceInfo: row.deviceInfo = "x"
    case .deviceInfoPeer: row.deviceInfoPeer = "x"
    case .recordfilesDesc: row.recordfilesDesc = "x"
    }
  }

  @Test func aCallInOneRunOnlyIsARowThatIsGoneOrNew() throws {
    let (with, without) = (try run(calls: [call(), call(from: "1005", at: 300, serial: 5)]), try run(calls: [call()]))
    let gone = RunDifference(from: with, to: without)
    #expect(gone.callCount == 2 && gone.callsLoggedOtherwise == 1)
    #expect(gone.calls.first?.rows.first?.before?.src == "1005")
    #expect(gone.calls.first?.rows.first?.after == nil)
    let new = RunDifference(from: without, to: with)
    #expect(new.calls.first?.rows.first?.after?.src == "1005")
    #expect(new.calls.first?.rows.first?.before == nil)
  }

  @Test func ofTwoEqualCallsTheSecondIsMissedNotTheFirst() throws {
    let difference = RunDifference(from: try run(calls: [call(), call()]), to: try run(calls: [call()]))
    #expect(difference.callCount == 2)
    #expect(difference.callsLoggedOtherwise == 1)
  }

  @Test func aCallWithAnotherSessionIsFoundByPartiesAndStart() throws {
    let renamed = call { $0.session = "other" }
    #expect(RunDifference(from: try run(calls: [call()]), to: try run(calls: [renamed])).isEmpty)
  }

  @Test func rowsOfACallAreMatchedWhateverTheirOrder() throws {
    let (one, other) = (call().first, call(to: "1003").first)
    let difference = RunDifference(
      from: try run(calls: [CDRSession(first: one, others: [other])]),
      to: try run(calls: [CDRSession(first: other, others: [one])]))
    #expect(difference.isEmpty)
  }

  @Test func columnsOnlyOneModelWritesAreNamedOnceAndNotCompared() throws {
    var (before, after) = (try run(calls: [call { $0.deviceInfo = "phone" }]), try run(calls: [call()]))
    before.columns = CDRField.allCases
    after.columns = CDRField.allCases.filter { $0 != .deviceInfo }
    let difference = RunDifference(from: before, to: after)
    #expect(difference.calls.isEmpty)
    #expect(difference.columnsOnlyBefore == [.deviceInfo])
    #expect(!difference.isEmpty)
    #expect(difference.only([.journal, .requests]).isEmpty)
  }

  @Test func whatTheRunsWereOfIsToldButIsNoDifferenceByItself() throws {
    var (before, after) = (try run(), try run())
    before.read(summary: try value(#"{"model":"A","seed":"1","assumptions":[{"statement":"s"}]}"#))
    after.read(summary: try value(#"{"model":"B","seed":"1","firmware":"2019"}"#))
    let difference = RunDifference(from: before, to: after)
    #expect(difference.facts.map(\.name) == ["model", "firmware"])
    #expect(difference.facts.first?.before == "A" && difference.facts.first?.after == "B")
    #expect(difference.facts.last?.before == nil)
    #expect(difference.assumptionsOnlyBefore == ["s"])
    #expect(difference.isEmpty)
  }
}
