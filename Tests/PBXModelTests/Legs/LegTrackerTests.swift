import PBXModel
import Primitives
import SIPCapture
import TestSupport
import Testing

@Suite struct LegTrackerTests {
  @Test func anAnsweredLegHasItsTimesAndNumbers() throws {
    let dialogue = incoming("1000", host: 11, dials: "1001").invite(at: 0).trying(at: 0.1).ringing(at: 1).ok(at: 3)
      .bye(at: 9)
    let (events, tracker) = try track(dialogue)
    #expect(events.names == ["attempted", "accepted", "ringing", "answered", "ended"])
    let leg = try #require(events.ended.first)
    #expect(leg.role == .incoming)
    #expect(leg.fromUser == "1000")
    #expect(leg.requestUser == "1001")
    #expect(leg.start == moment(0))
    #expect(leg.ringing == moment(1))
    #expect(leg.answer == moment(3))
    #expect(leg.end == moment(9))
    #expect(leg.outcome == .hungUp(byCaller: true))
    #expect(tracker.counts.retransmissions + tracker.counts.withoutDialog + tracker.counts.pastPBX == 0)
  }

  @Test func retransmissionsAreCountedAndChangeNothing() throws {
    let dialogue = incoming("1000", host: 11, dials: "1001").invite(at: 0).again(at: 0.5).trying(at: 0.6)
      .reply(200, at: 3).again(at: 3.5).again(at: 4.5).ack(at: 4.6).bye(at: 9).again(2, at: 9.5)
    let (events, tracker) = try track(dialogue)
    #expect(events.names == ["attempted", "accepted", "answered", "ended"])
    #expect(events.ended.first?.answer == moment(3))
    #expect(events.ended.first?.end == moment(9))
    #expect(tracker.counts.retransmissions == 4)
  }

  @Test func aChallengedLegStartsWithItsCredentials() throws {
    let dialogue = incoming("1000", host: 11, dials: "1001").invite(at: 0).challenge(at: 0.1)
      .invite(at: 2, credentials: true).trying(at: 2.1).ok(at: 5).bye(at: 6)
    let events = try track(dialogue).events
    #expect(events.names == ["attempted", "renewed", "accepted", "answered", "ended"])
    #expect(events.ended.first?.start == moment(2))
    #expect(events.ended.first?.wasChallenged == true)
  }

  @Test func aChallengeNobodyAnswersLeavesTheLegUnauthenticated() throws {
    let dialogue = incoming("1000", host: 11, dials: "1001").invite(at: 0).trying(at: 0.05).challenge(at: 0.1)
    let (events, tracker) = try track(dialogue, until: 100)
    #expect(events.names == ["attempted", "ended"])
    #expect(events.ended.first?.outcome == .unauthenticated)
    #expect(tracker.liveLegs == 0)
  }

  @Test func aLongerSessionTimerIsAskedForWithoutEndingTheLeg() throws {
    let dialogue = incoming("1000", host: 11, dials: "1001").invite(at: 0).refuse(422, at: 0.1).invite(at: 0.2)
      .trying(at: 0.3).ok(at: 2).bye(at: 5)
    let legs = try track(dialogue).events.ended
    #expect(legs.map(\.outcome) == [.hungUp(byCaller: true)])
    #expect(legs.first?.start == moment(0.2))
    #expect(legs.first?.wasChallenged == false)
  }

  @Test func aSessionTimerRefusalNobodyAnswersStaysARefusal() throws {
    let dialogue = incoming("1000", host: 11, dials: "1001").invite(at: 0).refuse(422, at: 0.1)
    #expect(try track(dialogue, until: 60).events.ended.map(\.outcome) == [.rejected(status: 422)])
  }

  @Test func anInviteTriedAgainAfterARefusalIsAnotherLeg() throws {
    let dialogue = incoming("1000", host: 11, dials: "1001").invite(at: 0).refuse(486, at: 0.1).invite(at: 5)
      .ok(at: 6).bye(at: 9)
    let legs = try track(dialogue).events.ended
    #expect(legs.map(\.outcome) == [.rejected(status: 486), .hungUp(byCaller: true)])
    #expect(legs.map(\.start) == [moment(0), moment(5)])
  }

  @Test func aCancelledLegEndsWhenTheCallerGaveUp() throws {
    let dialogue = incoming("1000", host: 11, dials: "1001").invite(at: 0).ringing(at: 1).cancel(at: 4)
      .refuse(487, at: 4.2)
    let leg = try #require(try track(dialogue).events.ended.first)
    #expect(leg.outcome == .cancelled)
    #expect(leg.end == moment(4))
  }

  @Test func aCancelWhoseFinalResponseIsLostStillEndsTheLeg() throws {
    let dialogue = incoming("1000", host: 11, dials: "1001").invite(at: 0).ringing(at: 1).cancel(at: 4)
    let leg = try #require(try track(dialogue, until: 60).events.ended.first)
    #expect(leg.outcome == .cancelled)
    #expect(leg.end == moment(4))
  }

  @Test func anAnswerThatCrossesACancelWins() throws {
    let dialogue = incoming("1000", host: 11, dials: "1001").invite(at: 0).ringing(at: 1).cancel(at: 4).ok(at: 4.1)
      .bye(at: 4.5)
    let leg = try #require(try track(dialogue).events.ended.first)
    #expect(leg.answer == moment(4.1))
    #expect(leg.outcome == .hungUp(byCaller: true))
  }

  @Test func aCancelOfAChallengedInviteIsNoCall() throws {
    let dialogue = incoming("1000", host: 11, dials: "1001").invite(at: 0).cancel(at: 0.1).challenge(at: 0.2)
    #expect(try track(dialogue, until: 60).events.ended.map(\.outcome) == [.unauthenticated])
  }

  @Test(arguments: [(Dialogue.Side.caller, true), (.callee, false)])
  func eitherSideMayHangUp(side: Dialogue.Side, byCaller: Bool) throws {
    let dialogue = incoming("1000", host: 11, dials: "1001").invite(at: 0).ok(at: 1).bye(by: side, at: 5)
    #expect(try track(dialogue).events.ended.first?.outcome == .hungUp(byCaller: byCaller))
  }

  @Test(arguments: [Dialogue.Side.caller, .callee])
  func aReInviteChangesNothing(side: Dialogue.Side) throws {
    let dialogue = incoming("1000", host: 11, dials: "1001").invite(at: 0).ok(at: 1).reInvite(by: side, at: 3)
      .bye(at: 5)
    let (events, tracker) = try track(dialogue)
    #expect(events.names == ["attempted", "accepted", "answered", "ended"])
    #expect(events.ended.first?.answer == moment(1))
    #expect(tracker.counts.retransmissions == 0)
  }

  @Test func aForkedInviteIsOneLegThatRangFirstWhenItsFirstBranchDid() throws {
    let dialogue = outgoing("1000", to: "1001", host: 12).invite(at: 0).reply(180, at: 1, toTag: "a")
      .reply(180, at: 2, toTag: "b").reply(183, at: 2.5, toTag: "c").reply(200, at: 4, toTag: "b").ack(at: 4.1)
      .bye(by: .callee, at: 8)
    let (events, _) = try track(dialogue)
    #expect(events.names == ["attempted", "accepted", "ringing", "answered", "ended"])
    #expect(events.ended.first?.ringing == moment(1))
    #expect(events.ended.first?.answer == moment(4))
    #expect(events.ended.first?.role == .outgoing)
  }

  @Test(arguments: [302, 404, 480, 486, 503, 603])
  func aRefusalKeepsItsStatus(status: Int) throws {
    let dialogue = outgoing("1000", to: "1001", host: 12).invite(at: 0).trying(at: 0.1).refuse(status, at: 2)
    let leg = try #require(try track(dialogue).events.ended.first)
    #expect(leg.outcome == .rejected(status: status))
    #expect(leg.end == moment(2))
  }

  @Test func anInviteNobodyAnswersIsLostAfterTimerBHoweverOftenItIsSent() throws {
    var dialogue = outgoing("1000", to: "1001", host: 12).invite(at: 0)
    for time in [0.5, 1.5, 3.5, 7.5, 15.5, 31.5] { dialogue = dialogue.again(at: time) }
    #expect(try track(dialogue, until: 31.9).events.ended.isEmpty)
    let leg = try #require(try track(dialogue, until: 32).events.ended.first)
    #expect(leg.outcome == .lost)
    #expect(leg.end == moment(32))
  }

  @Test func aByeOfAnUnknownDialogStandsForALegThatRanAtTheStart() throws {
    let dialogue = incoming("1000", host: 11, dials: "1001").invite(at: 0).ok(at: 1).bye(at: 50).since(40)
    let (events, _) = try track(dialogue)
    #expect(events.names == ["answered", "ended"])
    #expect(events.ended.first?.isMidDialog == true)
    #expect(events.ended.first?.outcome == .hungUp(byCaller: true))
  }

  @Test func aReInviteOfAnUnknownDialogStandsForALegThatRanAtTheStart() throws {
    let dialogue = incoming("1000", host: 11, dials: "1001").invite(at: 0).ok(at: 1).reInvite(at: 40)
      .bye(by: .callee, at: 50).since(40)
    let (events, _) = try track(dialogue)
    #expect(events.names == ["answered", "ended"])
    #expect(events.ended.first?.outcome == .hungUp(byCaller: false))
  }

  @Test func anAckOfAnUnknownDialogIsCountedOnly() throws {
    let dialogue = incoming("1000", host: 11, dials: "1001").invite(at: 0).reply(200, at: 1).ack(at: 2).since(2)
    let (events, tracker) = try track(dialogue)
    #expect(events.isEmpty)
    #expect(tracker.counts.withoutDialog == 1)
  }

  @Test func aLegStillUpIsRunning() throws {
    let dialogue = incoming("1000", host: 11, dials: "1001").invite(at: 0).ok(at: 1)
    let tracker = try track(dialogue, until: 3000).tracker
    #expect(tracker.running.map(\.callID) == ["in-1"])
  }

  @Test func aProxyThatPassesTheCallIDOnMakesTwoLegs() throws {
    let caller = incoming("1000", host: 11, dials: "1001", callID: "same").invite(at: 0).trying(at: 0.1).ok(at: 2.1)
      .bye(at: 5)
    let callee = outgoing("1000", to: "1001", host: 12, callID: "same").invite(at: 0.2).ok(at: 2).bye(at: 5.1)
    let legs = try track(caller, callee).events.ended
    #expect(legs.map(\.role) == [.incoming, .outgoing])
    #expect(legs.map(\.answer) == [moment(2.1), moment(2)])
    #expect(legs.map(\.end) == [moment(5), moment(5.1)])
  }

  @Test func aProxyBetweenTwoPhonesOnOneAddressMakesTwoLegs() throws {
    let caller = Dialogue(from: "1000@192.0.2.11:5060", to: "1001@192.0.2.2", callID: "same").invite(at: 0).ok(at: 2.1)
      .bye(at: 5)
    let callee = Dialogue(from: "1000@192.0.2.2", to: "1001@192.0.2.11:5062", callID: "same").invite(at: 0.2).ok(at: 2)
      .bye(at: 5.1)
    let legs = try track(caller, callee).events.ended
    #expect(legs.map(\.role) == [.incoming, .outgoing])
    #expect(legs.map(\.end) == [moment(5), moment(5.1)])
  }

  @Test func aCallIDUsedAgainIsAnotherLegAndLateCopiesGoToTheFirst() throws {
    var first = incoming("1000", host: 11, dials: "1001", callID: "reused")
    first.fromTag = "first"
    first = first.invite(at: 0).ok(at: 1).bye(at: 5).again(2, at: 7)
    var second = incoming("1000", host: 11, dials: "1002", callID: "reused")
    second.fromTag = "second"
    second = second.invite(at: 6).ok(at: 8).bye(at: 9)
    let (events, tracker) = try track(first, second)
    #expect(events.ended.map(\.end) == [moment(5), moment(9)])
    #expect(events.ended.map(\.requestUser) == ["1001", "1002"])
    #expect(tracker.counts.retransmissions == 1)
  }

  @Test func withoutAPBXEveryDialogIsOneLegHoweverManyHopsWereCaptured() throws {
    let first = incoming("1000", host: 11, dials: "1001", callID: "same").invite(at: 0).ok(at: 2.1).bye(at: 5)
    let second = outgoing("1000", to: "1001", host: 12, callID: "same").invite(at: 0.2).ok(at: 2).bye(at: 5.1)
    let legs = try track(first, second, pbx: PBXAddresses([])).events.ended
    #expect(legs.map(\.role) == [.passing])
    #expect(legs.first?.answer == moment(2))
  }

  @Test func whatPassesThePBXByIsCountedOnly() throws {
    let dialogue = Dialogue(from: "a@198.51.100.1", to: "b@198.51.100.2", callID: "x").invite(at: 0).ok(at: 1)
    let (events, tracker) = try track(dialogue)
    #expect(events.isEmpty)
    #expect(tracker.counts.pastPBX == 3)
    #expect(tracker.liveLegs == 0)
  }

  @Test func thePBXIsKnownByItsAddressWhereItConnectsFromAnotherPort() throws {
    let dialogue = Dialogue(from: "1000@192.0.2.2:49152", to: "1001@192.0.2.12:5062", callID: "tcp").invite(at: 0)
      .ok(at: 1).bye(by: .callee, at: 2)
    #expect(try track(dialogue).events.ended.first?.role == .outgoing)
  }

  @Test func aByeMayComeFromAnotherPortThanTheInvite() throws {
    var dialogue = Dialogue(from: "1000@192.0.2.11:40000", to: "1001@192.0.2.2", callID: "tcp").invite(at: 0).ok(at: 1)
    let moved = Dialogue(from: "1000@192.0.2.11:40001", to: "1001@192.0.2.2", callID: "tcp").bye(at: 4)
    dialogue = dialogue.since(0)
    let leg = try #require(try track(dialogue, moved).events.ended.first)
    #expect(leg.end == moment(4))
    #expect(leg.isMidDialog == false)
  }

  @Test func addressesMayBeIPv6() throws {
    let ipv6 = PBXAddresses([IPEndpoint("[2001:db8::2]:5060")].compactMap(\.self))
    let dialogue = Dialogue(from: "1000@[2001:db8::11]:5060", to: "1001@[2001:db8::2]:5060", callID: "six")
      .invite(at: 0).ok(at: 1).bye(at: 2)
    let leg = try #require(try track(dialogue, pbx: ipv6).events.ended.first)
    #expect(leg.role == .incoming)
    #expect(leg.source.description == "[2001:db8::11]:5060")
    #expect(leg.requestUser == "1001")
  }

  @Test func aFullTableLetsGoOfEndedLegsFirst() throws {
    var limits = LegTracker.Limits()
    limits.legsMax = 2
    let talking = incoming("1000", host: 11, dials: "1001", callID: "a").invite(at: 0).ok(at: 1)
    let over = incoming("1002", host: 12, dials: "1001", callID: "b").invite(at: 2).refuse(486, at: 3)
    let next = incoming("1003", host: 13, dials: "1001", callID: "c").invite(at: 4)
    let (events, tracker) = try track(talking, over, next, limits: limits)
    #expect(tracker.counts.evicted == 1)
    #expect(tracker.running.map(\.callID) == ["a", "c"])
    #expect(events.ended.map(\.callID) == ["b"])
  }

  @Test func aFullTableOfLiveLegsLosesOneAndSaysSo() throws {
    var limits = LegTracker.Limits()
    limits.legsMax = 2
    let dialogues = (0..<5).map {
      incoming("100\($0)", host: 11 + $0, dials: "1009", callID: "c\($0)").invite(at: Double($0))
    }
    var tracker = LegTracker(pbx: pbx, limits: limits)
    var events: [LegEvent] = []
    try deliver(dialogues.flatMap(\.messages)) { message in tracker.receive(message) { events.append($0) } }
    #expect(tracker.liveLegs == 2)
    #expect(tracker.counts.evicted == 3)
    #expect(events.ended.map(\.outcome) == [.lost, .lost, .lost])
  }

  @Test func everyLegIsLetGoOfAfterItsRetransmissions() throws {
    let dialogue = incoming("1000", host: 11, dials: "1001").invite(at: 0).ok(at: 700).bye(at: 2000)
    #expect(try track(dialogue, until: 2031).tracker.liveLegs == 1)
    #expect(try track(dialogue, until: 2032).tracker.liveLegs == 0)
  }

  @Test(arguments: [
    ("INVITE sip:1@h SIP/2.0\r\n\r\n", "no headers at all"),
    ("INVITE sip:1@h SIP/2.0\r\nCall-ID: a\r\n\r\n", "no CSeq"),
    ("INVITE sip:1@h SIP/2.0\r\nCSeq: 1 INVITE\r\n\r\n", "no Call-ID"),
    ("SIP/2.0 200 OK\r\nCall-ID: a\r\nCSeq: 1 INVITE\r\n\r\n", "an answer to nothing"),
    ("SIP/2.0 200 OK\r\nCall-ID: a\r\nCSeq: 99999999999 INVITE\r\n\r\n", "a CSeq that does not fit"),
    ("CANCEL sip:1@h SIP/2.0\r\nCall-ID: a\r\nCSeq: 1 CANCEL\r\n\r\n", "a CANCEL of nothing"),
    ("BYE sip:1@h SIP/2.0\r\nCall-ID: a\r\nCSeq: 1 BYE\r\n\r\n", "a BYE without tags"),
  ])
  func aMessageThatFitsNowhereMakesNoLeg(text: String, what: Comment) throws {
    var tracker = LegTracker(pbx: pbx)
    var events: [LegEvent] = []
    let phone = try #require(IPEndpoint("192.0.2.11:5060"))
    let message = WrittenMessage(time: moment(0), source: phone, destination: pbx.endpoints[0], text: text)
    try deliver([message]) { captured in tracker.receive(captured) { events.append($0) } }
    #expect(events.isEmpty, what)
    #expect(tracker.liveLegs == 0, what)
  }

  @Test(arguments: [
    ("+49-30.0000(1)", "+493000001"), ("100%30", "1000"), ("alice.smith", "alice.smith"), ("%zz", "%zz"),
    ("1000;phone-context=example.com", "1000"),
  ])
  func aNumberIsReadWithoutItsSeparators(written: String, read: String) throws {
    let dialogue = incoming("1000", host: 11, dials: written).invite(at: 0)
    #expect(try track(dialogue).tracker.running.first?.requestUser == read)
  }
}
