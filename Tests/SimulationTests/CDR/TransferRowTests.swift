import PBXModel
import Simulation
import TestSupport
import Testing

/// 1000 talks with 1001 from second 2 on; one of them hands the other over at second 5 (blind) or 10 (attended).
@Suite struct TransferRowTests {
  private let a = Dialogue(from: "1000@192.0.2.100", to: "1001@192.0.2.2", callID: "a").invite(at: 0).trying(at: 0.1)
    .ok(at: 2)
  private let b = Dialogue(from: "1000@192.0.2.2", to: "1001@192.0.2.101", callID: "b").invite(at: 0.2).ok(at: 1.9)

  private func rings(_ callee: String, showing caller: String, at start: Double, callID: String = "c") -> Dialogue {
    Dialogue(from: "\(caller)@192.0.2.2", to: "\(callee)@192.0.2.1\(callee.suffix(2))", callID: callID).invite(
      at: start
    )
    .ringing(at: start + 0.2)
  }

  private func rows(_ calls: Dialogue..., site: Site = benchSite()) throws -> [CDRRecord] {
    var bench = Bench(site: site)
    try bench.play(calls, until: 200)
    return bench.rows
  }

  /// Asterisk (blind_by_caller): the second row's `channel` and `src` are the first callee's, its owner who left.
  @Test func whoWasCalledIsTheCallerOfTheSecondRowWhenTheCallerHandsItOver() throws {
    let rows = try rows(
      a.refer(to: "1002", by: .caller, at: 5).bye(at: 5.2), b.bye(at: 20),
      rings("1002", showing: "1001", at: 5.1).ok(at: 7).bye(at: 20))
    #expect(rows.map(\.src) == ["1000", "1001"])
    #expect(rows.map(\.dst) == ["1001", "1002"])
    #expect(rows.map(\.channel) == ["PJSIP/1000-00000000", "PJSIP/1001-00000001"])
    #expect(rows.map(\.dstchannel) == ["PJSIP/1001-00000001", "PJSIP/1002-00000002"])
    #expect(rows.map(\.channelExt) == ["1000", "1001"])
    #expect(rows.map(\.clid) == ["\"\" <1000>", "\"\" <1001>"])
    #expect(rows.map(\.actionType) == ["DIAL", "TRANSFER"])
    #expect(rows.map(\.actionOwner) == ["1000", "1000"])
    #expect(rows.map(\.dcontext) == ["from-internal", "from-internal-xfer"])
    #expect(rows.map(\.lastapp) == ["Dial", "Dial"])
    #expect(rows.map(\.disposition) == [.answered, .answered])
    #expect(rows.map(\.start) == [moment(0), moment(5)])
    #expect(rows.map(\.answer) == [moment(1.9), moment(5)])
    #expect(rows.map(\.end) == [moment(5), moment(20)])
    #expect(Set(rows.map(\.session)).count == 1)
  }

  @Test func aTransferOfATransferIsThreeRowsBehindOneAnother() throws {
    let rows = try rows(
      a.bye(at: 20), b.refer(to: "1002", by: .callee, at: 5).bye(by: .callee, at: 5.2),
      rings("1002", showing: "1000", at: 5.1).ok(at: 7).refer(to: "1003", by: .callee, at: 10).bye(
        by: .callee, at: 10.2),
      rings("1003", showing: "1000", at: 10.1, callID: "d").ok(at: 12).bye(at: 20))
    #expect(rows.map(\.src) == ["1000", "1000", "1000"])
    #expect(rows.map(\.dstchannelExt) == ["1001", "1002", "1003"])
    // Each that was handed on is closed when the caller has moved on, and has the next one's number.
    #expect(rows.map(\.dst) == ["1002", "1003", "1003"])
    #expect(rows.map(\.actionOwner) == ["1000", "1001", "1002"])
    #expect(rows.map(\.start) == [moment(0), moment(5), moment(10)])
    #expect(rows.map(\.end) == [moment(5), moment(10), moment(20)])
  }

  @Test func theCallerAndThenTheCalleeHandOver() throws {
    let rows = try rows(
      a.refer(to: "1002", by: .caller, at: 5).bye(at: 5.2),
      b.refer(to: "1003", by: .callee, at: 10).bye(by: .callee, at: 10.2),
      rings("1002", showing: "1001", at: 5.1).ok(at: 7).bye(at: 20),
      rings("1003", showing: "1002", at: 10.1, callID: "d").ok(at: 12).bye(at: 20))
    #expect(rows.map(\.channelExt) == ["1000", "1001", "1002"])
    #expect(rows.map(\.dstchannelExt) == ["1001", "1002", "1003"])
    #expect(rows.map(\.end) == [moment(5), moment(10), moment(20)])
    #expect(rows.map(\.actionOwner) == ["1000", "1000", "1001"])
  }

  @Test(arguments: [(486, Disposition.busy), (480, .noAnswer), (503, .failed)])
  func aTargetThatIsNotReachedHasItsRow(status: Int, disposition: Disposition) throws {
    let rows = try rows(
      a.bye(by: .callee, at: 9), b.refer(to: "1002", by: .callee, at: 5).bye(by: .callee, at: 5.2),
      rings("1002", showing: "1000", at: 5.1).refuse(status, at: 8.5))
    #expect(rows.map(\.disposition) == [.answered, disposition])
    #expect(rows.map(\.actionType) == ["DIAL", "TRANSFER"])
    #expect(rows.map(\.end) == [moment(5), disposition == .noAnswer ? moment(8.5) : nil])
    #expect(rows.map(\.answer) == [moment(1.9), disposition == .noAnswer ? moment(8.5) : nil])
  }

  @Test func aTransferToAMailboxHasTheMailboxsRow() throws {
    let site = benchSite { $0.extensions[5].hasVoicemail = true }
    let rows = try rows(
      a.bye(at: 20), b.refer(to: "1005", by: .callee, at: 5).bye(by: .callee, at: 5.2), site: site)
    #expect(rows.map(\.actionType) == ["DIAL", "VM"])
    let mail = try #require(rows.last)
    #expect(mail.dst == "1005" && mail.lastapp == "VoiceMail" && mail.lastdata == "1005@default,u")
    #expect(mail.start == moment(5) && mail.answer == moment(5) && mail.end == moment(20))
    #expect(mail.dstchannel == "" && mail.dstanswer == "1005")
  }

  @Test func aTransferToAGroupHasARowForEachMember() throws {
    let site = benchSite { $0.ringGroups = [RingGroup(number: "6400", members: ["1003", "1004"])] }
    let rows = try rows(
      a.bye(at: 20), b.refer(to: "6400", by: .callee, at: 5).bye(by: .callee, at: 5.2),
      rings("1003", showing: "1000", at: 5.1, callID: "c").cancel(at: 7).refuse(487, at: 7),
      rings("1004", showing: "1000", at: 5.1, callID: "d").ok(at: 7).bye(at: 20), site: site)
    #expect(rows.map(\.dstchannelExt) == ["1001", "1003", "1004"])
    #expect(rows.map(\.disposition) == [.answered, .noAnswer, .answered])
    #expect(rows.map(\.actionType) == ["DIAL", "TRANSFER", "TRANSFER"])
    #expect(rows.map(\.start) == [moment(0), moment(5), moment(5)])
    #expect(rows.map(\.end) == [moment(5), moment(7), moment(20)])
  }

  @Test(arguments: [false, true])
  func aReferThatWasRefusedOrNeverAgreedToLeavesOneRow(isAttended: Bool) throws {
    let b2 = Dialogue(from: "1001@192.0.2.101", to: "1002@192.0.2.2", callID: "nowhere")
    let rows = try rows(
      a.bye(at: 20), b.refer(to: "1002", replacing: isAttended ? b2 : nil, by: .callee, at: 5, answer: 603).bye(at: 20))
    #expect(rows.map(\.actionType) == ["DIAL"])
    #expect(rows.map(\.dst) == ["1001"])
    #expect(rows.map(\.end) == [moment(20)])
  }

  @Test func aReferSentAgainCutsOnce() throws {
    let rows = try rows(
      a.bye(at: 20), b.refer(to: "1002", by: .callee, at: 5).again(2, at: 6).bye(by: .callee, at: 6.2),
      rings("1002", showing: "1000", at: 5.1).ok(at: 7).bye(at: 20))
    #expect(rows.map(\.start) == [moment(0), moment(5)])
    #expect(rows.map(\.end) == [moment(5), moment(20)])
  }

  private func consultation(_ from: String, callID: String = "b2") -> Dialogue {
    Dialogue(from: "\(from)@192.0.2.1\(from.suffix(2))", to: "1002@192.0.2.2", callID: callID).invite(at: 5)
      .trying(at: 5.05).ok(at: 7)
  }

  /// Asterisk (attended_by_callee): the consultation is a session of its own; the joined row keeps what was dialled.
  @Test func anAttendedTransferByTheCalleeIsAConsultationAndTwoRows() throws {
    let b2 = consultation("1001")
    let rows = try rows(
      a.bye(at: 20), b.refer(to: "1002", replacing: b2, by: .callee, at: 10).bye(by: .callee, at: 10.2),
      b2.bye(at: 10.2),
      rings("1002", showing: "1001", at: 5.1).ok(at: 6.9).bye(at: 20))
    #expect(rows.map(\.src) == ["1001", "1000", "1000"])
    #expect(rows.map(\.dst) == ["1002", "1001", "1001"])
    #expect(rows.map(\.channelExt) == ["1001", "1000", "1000"])
    #expect(rows.map(\.dstchannelExt) == ["1002", "1001", "1002"])
    #expect(rows.map(\.actionType) == ["DIAL", "DIAL", "TRANSFER"])
    #expect(rows.map(\.actionOwner) == ["1001", "1000", "1001"])
    #expect(rows.map(\.lastapp) == ["Dial", "Dial", "Dial"])
    #expect(rows.map(\.disposition) == [.answered, .answered, .answered])
    #expect(rows.map(\.start) == [moment(5), moment(0), moment(10)])
    #expect(rows.map(\.answer) == [moment(6.9), moment(1.9), moment(10)])
    #expect(rows.map(\.end) == [moment(10), moment(10), moment(20)])
    #expect(Set(rows.map(\.session)).count == 2)
  }

  /// Asterisk (attended_by_caller): `AppDial`, no `dst`, and the first callee as `src`.
  @Test func anAttendedTransferByTheCallerLeavesTheFirstCalleeAsCaller() throws {
    let a2 = consultation("1000")
    let rows = try rows(
      a.refer(to: "1002", replacing: a2, by: .caller, at: 10).bye(at: 10.2), b.bye(at: 20), a2.bye(at: 10.2),
      rings("1002", showing: "1000", at: 5.1).ok(at: 6.9).bye(at: 20))
    let joined = try #require(rows.last)
    #expect(rows.count == 3)
    #expect(joined.src == "1001" && joined.dst == "" && joined.lastapp == "AppDial")
    #expect(joined.channelExt == "1001" && joined.dstchannelExt == "1002")
    #expect(joined.actionType == "TRANSFER" && joined.actionOwner == "1000")
    #expect(joined.start == moment(10) && joined.answer == moment(10) && joined.end == moment(20))
  }

  /// Asterisk (attended_while_ringing): the joined row begins when the target lifts and has its number as `dst`.
  @Test func whoIsPutThroughRingingIsConnectedWhenTheTargetLifts() throws {
    let b2 = Dialogue(from: "1001@192.0.2.101", to: "1002@192.0.2.2", callID: "b2").invite(at: 5).trying(at: 5.05)
      .ringing(at: 5.4)
    let rows = try rows(
      a.bye(at: 20), b.refer(to: "1002", replacing: b2, by: .callee, at: 8).bye(by: .callee, at: 8.2),
      b2.cancel(at: 8.2).refuse(487, at: 8.3), rings("1002", showing: "1001", at: 5.1).ok(at: 12).bye(at: 20))
    #expect(rows.map(\.disposition) == [.noAnswer, .answered, .answered])
    #expect(rows.map(\.dst) == ["1002", "1001", "1002"])
    #expect(rows.map(\.start) == [moment(5), moment(0), moment(12)])
    #expect(rows.map(\.end) == [moment(8), moment(8), moment(20)])
    #expect(rows.first?.dstanswer == "")
  }

  @Test func whoWasCalledTwiceLeavesTheTwoCallersTogether() throws {
    let d = Dialogue(from: "1003@192.0.2.103", to: "1001@192.0.2.2", callID: "d").invite(at: 4).trying(at: 4.05).ok(
      at: 6
    )
    .bye(at: 20)
    let b3 = rings("1001", showing: "1003", at: 4.1, callID: "b3").ok(at: 5.9)
    let rows = try rows(
      a.bye(at: 20), b.refer(to: "1003", replacing: b3, by: .callee, at: 10).bye(by: .callee, at: 10.2), d,
      b3.bye(by: .callee, at: 10.3))
    #expect(rows.map(\.src) == ["1003", "1000", "1000"])
    #expect(rows.map(\.dstchannelExt) == ["1001", "1001", "1003"])
    #expect(rows.map(\.end) == [moment(10), moment(10), moment(20)])
    #expect(rows.map(\.disposition) == [.answered, .answered, .answered])
  }

  @Test func aSessionReadLaterIsTheSessionThatWasWritten() throws {
    let b2 = Dialogue(from: "1001@192.0.2.101", to: "1002@192.0.2.2", callID: "b2").invite(at: 5).trying(at: 5.05)
    let messages = [
      a.bye(at: 20), b.refer(to: "1002", replacing: b2, by: .callee, at: 8).bye(by: .callee, at: 8.2),
      b2.cancel(at: 8.2).refuse(487, at: 8.3), rings("1002", showing: "1001", at: 5.1).ok(at: 12).bye(at: 20),
    ]
    var whole = Bench()
    try whole.play(messages, until: 100)
    var half = Bench()
    try half.play(messages.map { $0.before(9) }, until: 9)
    #expect(whole.sessions.first == half.sessions.first)
    #expect(half.sessions.count == 1)
  }
}
