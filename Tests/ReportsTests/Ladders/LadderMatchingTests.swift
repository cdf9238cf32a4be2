import PBXModel
import Primitives
import Reports
import TestSupport
import Testing

/// Which messages belong to the call.
struct LadderMatchingTests {
  @Test func aCallIDThatThePBXPassesOnKeepsItsTwoHopsApart() throws {
    let ladder = try draw([
      incoming("1000", dials: "1001", callID: "same").invite(at: 0).ringing(at: 1).ok(at: 2).bye(at: 3),
      outgoing("1000", to: "1001", callID: "same").invite(at: 0.1).ringing(at: 0.9).ok(at: 1.9).bye(at: 3.1),
    ])
    #expect(ladder.call.legs.count == 2)
    #expect(ladder.rows.filter { $0.message.leg == 0 }.count == 6)
    #expect(ladder.rows.filter { $0.message.leg == 1 }.count == 6)
    #expect(ladder.rows[1].notes == ["leg 2, joined by the same Call-ID (100%)"])
  }

  @Test func phonesThatShareAnAddressAreToldApartByTheirPorts() throws {
    let ladder = try draw([
      Dialogue(from: "1000@192.0.2.11:5071", to: "1001@192.0.2.2", callID: "same").invite(at: 0).ok(at: 2).bye(at: 3),
      Dialogue(from: "1000@192.0.2.2", to: "1001@192.0.2.11:5072", callID: "same").invite(at: 0.1).ok(at: 1.9).bye(
        at: 3.1),
    ])
    #expect(ladder.columns.map(\.address) == ["192.0.2.11:5071", "192.0.2.2:5060", "192.0.2.11:5072"])
    #expect(ladder.rows.map(\.message.leg) == [0, 1, 1, 1, 0, 0, 0, 0, 1, 1])
  }

  @Test func anotherCallUnderTheSameCallIDIsNotDrawn() throws {
    let first = incoming("1000", dials: "1001").invite(at: 0).refuse(486, at: 1)
    var second = incoming("1000", dials: "1002").invite(at: 60).refuse(404, at: 61)
    second.fromTag = "tag-of-later"
    let third = incoming("1000", dials: "1001").invite(at: 200).refuse(603, at: 201)
    let all = [first, second, third]
    #expect(try draw(all, number: 1).labels == ["> INVITE", "< 486 Reason (INVITE)", "> ACK"])
    #expect(try draw(all, number: 2).labels == ["> INVITE", "< 404 Reason (INVITE)", "> ACK"])
    #expect(try draw(all, number: 3).labels == ["> INVITE", "< 603 Reason (INVITE)", "> ACK"])
  }

  @Test func theChallengedAttemptBelongsToItsCallEvenUnderAnotherTag() throws {
    let first = incoming("1000", dials: "1001").invite(at: 0).challenge(at: 0.1)
    var second = incoming("1000", dials: "1001").invite(at: 0.15)
    second.messages = []
    second.fromTag = "another"
    second = second.invite(at: 0.2, credentials: true).refuse(486, at: 1)
    let ladder = try draw([first, second])
    #expect(
      ladder.labels == [
        "> 1 INVITE", "< 401 Reason (1 INVITE)", "> 1 ACK", "> 2 INVITE", "< 486 Reason (2 INVITE)", "> 2 ACK",
      ])
  }

  @Test func registersUnderTheCallIDAreNoneOfIt() throws {
    let ladder = try draw([
      Registering("1000@192.0.2.11", at: pbxAddress, callID: "in-1").register(at: -1).reply(200, at: -0.9),
      incoming("1000", dials: "1001").invite(at: 0).refuse(486, at: 1),
      Registering("1000@192.0.2.11", at: pbxAddress, callID: "in-1").register(at: 2).reply(200, at: 2.1),
    ])
    #expect(ladder.rows.count == 3)
  }

  @Test func messagesPastThePBXAreCountedOnly() throws {
    let past = Dialogue(from: "1000@192.0.2.11", to: "1001@192.0.2.12", callID: "in-1").invite(at: 1).reply(180, at: 2)
    let ladder = try draw([incoming("1000", dials: "1001").invite(at: 0).refuse(486, at: 4), past])
    #expect(ladder.rows.count == 3)
    #expect(ladder.messagesOnOtherHops == 2)
  }

  @Test func aCallThatRanWhenTheTraceBeganIsDrawnFromThereOn() throws {
    let ladder = try draw(
      answeredCall().map { ($0 as? Dialogue)?.since(5) ?? Dialogue(from: "", to: "", callID: "") })
    #expect(ladder.call.ranAtStart)
    #expect(ladder.rows.map(\.label) == ["BYE", "200 Reason (BYE)", "BYE", "200 Reason (BYE)"])
    #expect(ladder.rows[0].notes.contains("the dialog was up when the trace began"))
  }

  @Test func messagesBeyondTheLimitAreCounted() throws {
    let whole = try draw(answeredCall())
    for limit in 1..<whole.rows.count {
      let ladder = try draw(answeredCall(), messagesMax: limit)
      #expect(ladder.rows.count == limit)
      #expect(ladder.messagesLeftOut == whole.rows.count - limit)
    }
  }

  @Test func aCallIDThatIsNoUTF8FindsItsMessages() throws {
    let messages = [
      incoming("1000", dials: "1001", callID: "in\u{1}").invite(at: 0).refuse(486, at: 1),
      incoming("1000", dials: "1001", callID: "in\u{fffd}").invite(at: 60).refuse(404, at: 61),
      incoming("1000", dials: "1001", callID: "other").invite(at: 90).refuse(404, at: 91),
    ].flatMap(\.messages)
    let pbx = PBXAddresses([IPEndpoint("192.0.2.2:5060")].compactMap(\.self))
    let ladder = try draw(messages, pbx: pbx) { messages, body in
      try deliverAsWritten(messages, changing: { $0 == 1 ? 0xff : $0 }, to: body)
    }
    #expect(ladder.labels == ["> INVITE", "< 486 Reason (INVITE)", "> ACK"])
    #expect(ladder.messagesOnOtherHops == 0)
  }

  @Test func withoutAPBXTheTwoEndsAreDrawn() throws {
    let ladder = try draw([incoming("1000", dials: "1001").invite(at: 0).ok(at: 1).bye(at: 2)], pbx: PBXAddresses([]))
    #expect(ladder.columns.map(\.name) == ["1000", "callee"])
    #expect(ladder.labels == ["> INVITE", "< 200 Reason (INVITE)", "> ACK", "> BYE", "< 200 Reason (BYE)"])
  }
}
