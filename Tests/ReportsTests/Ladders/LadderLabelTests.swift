import PBXModel
import Primitives
import Reports
import SIPCapture
import TestSupport
import Testing

/// What stands on the arrows and beside them.
struct LadderLabelTests {
  @Test func anAnsweredCallIsToldMessageByMessage() throws {
    let ladder = try draw(answeredCall())
    #expect(
      ladder.rows.map { "\($0.message.leg + 1) \($0.label)" } == [
        "1 INVITE sdp", "1 100 Reason (INVITE)", "2 INVITE sdp", "2 180 Reason (INVITE)", "2 200 Reason (INVITE) sdp",
        "2 ACK", "1 200 Reason (INVITE) sdp", "1 ACK", "1 BYE", "1 200 Reason (BYE)", "2 BYE", "2 200 Reason (BYE)",
      ])
    #expect(
      ladder.rows.map(\.tone) == [
        .request, .provisional, .request, .provisional, .success, .request, .success, .request, .request, .success,
        .request, .success,
      ])
    #expect(ladder.rows.first?.delta == nil)
    #expect(ladder.rows[1].delta == .milliseconds(100))
  }

  @Test func mediaAreSaidOnceAndInPairsWhereTheyAreAnswered() throws {
    let notes = try draw(answeredCall()).rows.map(\.notes)
    #expect(notes[0] == ["leg 1", "audio 192.0.2.11:4000"])
    #expect(
      notes[2] == [
        "leg 2, joined by the caller's number, the number dialled, within 1 s, no callee before it, "
          + "the caller's only call (100%)", "audio 192.0.2.2:10002",
      ])
    #expect(notes[4] == ["audio 192.0.2.2:10002 ↔ 192.0.2.12:4000"])
    #expect(notes[6] == ["audio 192.0.2.11:4000 ↔ 192.0.2.2:10000"])
    #expect(notes[7...].allSatisfy { $0.isEmpty })
  }

  @Test func aChallengeIsNamedAndNumbersTellTheAttemptsApart() throws {
    let dialogue = incoming("1000", dials: "1001").invite(at: 0).reply(401, at: 0.1)
      .adding("WWW-Authenticate: Digest realm=\"office\", nonce=\"n\", stale=TRUE").ack(at: 0.1)
      .invite(at: 0.2).adding("Authorization: Digest username=\"1000\", response=\"0\"").trying(at: 0.3)
      .refuse(404, at: 0.4)
    let ladder = try draw([dialogue])
    #expect(
      ladder.labels == [
        "> 1 INVITE", "< 401 Reason (1 INVITE)", "> 1 ACK", "> 2 INVITE", "< 100 Reason (2 INVITE)",
        "< 404 Reason (2 INVITE)", "> 2 ACK",
      ])
    #expect(ladder.rows[1].notes == ["challenge of realm office, nonce too old"])
    #expect(ladder.rows[1].tone == .challenge)
    #expect(ladder.rows[3].notes == ["credentials of 1000"])
    #expect(ladder.rows[5].tone == .failure)
  }

  @Test(arguments: [
    (["a=sendonly"], "192.0.2.11", "hold: sendonly"), (["a=inactive"], "192.0.2.11", "hold: inactive"),
    ([], "0.0.0.0", "hold: address 0.0.0.0"),
  ])
  func holdAndResumeAreMarkedByTheDirection(_ lines: [String], _ address: String, _ note: String) throws {
    let held = (["v=0", "c=IN IP4 \(address)", "m=audio 4000 RTP/AVP 8"] + lines).map { $0 + "\r\n" }.joined()
    let dialogue = incoming("1000", dials: "1001").invite(at: 0).carrying(audio(at: "192.0.2.11"))
      .reply(200, at: 1).carrying(audio(at: pbxAddress)).ack(at: 1)
      .reInvite(at: 3, offer: held, answer: audio(at: pbxAddress, "a=recvonly"))
      .reInvite(at: 5, offer: audio(at: "192.0.2.11"), answer: audio(at: pbxAddress)).bye(at: 9)
    let ladder = try draw([dialogue])
    #expect(
      ladder.labels[3...6] == [
        "> 2 re-INVITE sdp hold", "< 200 Reason (2 INVITE) sdp", "> 3 re-INVITE sdp resume",
        "< 200 Reason (3 INVITE) sdp",
      ])
    #expect(ladder.rows[3].notes.first == note)
    #expect(ladder.rows[4].notes.first == "answer: recvonly")
  }

  @Test func aRetransmissionNamesTheFrameItRepeats() throws {
    let ladder = try draw([
      incoming("1000", dials: "1001").invite(at: 0).again(at: 0.5).again(at: 1.5).reply(486, at: 2)
    ])
    #expect(ladder.rows.map(\.retransmissionOf) == [nil, 1, 1, nil])
    #expect(ladder.rows[1].notes == ["retransmission of frame 1"])
    #expect(Set(ladder.rows.prefix(3).map(\.label)) == ["INVITE"])
  }

  @Test func anotherForksRingingIsNoRetransmission() throws {
    let ladder = try draw([
      outgoing("1000", to: "1001").invite(at: 0).reply(180, at: 1, toTag: "a").reply(180, at: 1.1, toTag: "b")
        .again(at: 1.2)
    ])
    #expect(ladder.rows.map(\.retransmissionOf) == [nil, nil, nil, 3])
  }

  @Test(arguments: [
    ("Refer-To: <sip:1002@192.0.2.2>", "transfer to 1002"),
    ("Refer-To: <sip:1002@192.0.2.2?Replaces=in-1%3Bto-tag%3Da%3Bfrom-tag%3Db>", "transfer to 1002, taking over leg 1"),
    (
      "Refer-To: <sip:192.0.2.9?Replaces=else%3Bto-tag%3Da%3Bfrom-tag%3Db>",
      "transfer to 192.0.2.9, taking over Call-ID else"
    ),
    ("Replaces: other@x;to-tag=a;from-tag=b", "takes over Call-ID other@x"),
    ("Referred-By: <sip:1001@192.0.2.2>", "referred by 1001"),
    ("Diversion: <sip:1003@192.0.2.2>;reason=user-busy", "diverted by 1003 (user-busy)"),
    ("Reason: Q.850;cause=16;text=\"Normal\"", "reason: Q.850 cause 16, Normal"),
  ])
  func headersThatExplainTheFlowBecomeNotes(_ header: String, _ note: String) throws {
    let ladder = try draw([incoming("1000", dials: "1001").invite(at: 0).adding(header).reply(486, at: 1)])
    #expect(ladder.rows[0].notes == [note])
  }

  @Test(arguments: [
    "Refer-To: <>", "Replaces: x", "Referred-By: ", "Diversion: ;", "Reason: ;cause=1", "Authorization: ",
  ])
  func headersThatCannotBeReadSayNothing(_ header: String) throws {
    let ladder = try draw([incoming("1000", dials: "1001").invite(at: 0).adding(header).reply(486, at: 1)])
    #expect(ladder.rows[0].notes.allSatisfy { $0 == "credentials" })
  }

  @Test func theTransportIsSaidWhereItIsNotUDP() throws {
    let ladder = try draw([incoming("1000", dials: "1001").invite(at: 0).ok(at: 1).bye(at: 2).over(.tls)])
    #expect(ladder.rows.map(\.notes) == [["over TLS"], [], [], [], []])
  }

  @Test func aClockThatStepsBackIsSaidAndSoIsANewDay() throws {
    let zone = SiteTimeZone(name: "West", offsets: [.init(since: .epoch, offsetSeconds: 35_190)])
    // The trace begins at 14:13:20 UTC, ten seconds before midnight there.
    let messages = incoming("1000", dials: "1001").invite(at: 0).reply(180, at: -3600).ok(at: 20).bye(at: 21).messages
    let pbx = PBXAddresses([IPEndpoint("192.0.2.2:5060")].compactMap(\.self))
    let ladder = try draw(messages, pbx: pbx, timeZone: zone, deliver: { try deliverAsWritten($0, to: $1) })
    #expect(
      ladder.rows.map(\.label) == [
        "INVITE", "180 Reason (INVITE)", "200 Reason (INVITE)", "ACK", "BYE", "200 Reason (BYE)",
      ])
    #expect(ladder.rows[1].delta == .seconds(-3600))
    #expect(ladder.rows[1].notes == ["earlier than the line above"])
    #expect(ladder.rows[2].notes == ["date 2026-09-22"])
  }
}
