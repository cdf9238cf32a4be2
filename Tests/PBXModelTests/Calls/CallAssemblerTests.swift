import PBXModel
import Primitives
import SIPCapture
import TestSupport
import Testing

@Suite struct CallAssemblerTests {
  private func site(_ change: (inout Site) -> Void = { _ in }) -> Site {
    var site = Site()
    site.extensions = (1000...1009).map { Extension(number: String($0)) }
    site.trunks = [
      Trunk(index: 1, name: "carrier", addresses: [IPEndpoint("198.51.100.1:5060")].compactMap(\.self)),
      Trunk(index: 2, name: "second", addresses: [IPEndpoint("198.51.100.2")].compactMap(\.self)),
    ]
    change(&site)
    return site
  }

  private func fromTrunk(_ number: String, dials did: String, callID: String = "in-1") -> Dialogue {
    Dialogue(from: "\(number)@198.51.100.1", to: "\(did)@\(pbxAddress)", callID: callID)
  }

  private func toTrunk(_ caller: String, dials number: String, trunk: Int = 1, callID: String = "out-1") -> Dialogue {
    Dialogue(from: "\(caller)@\(pbxAddress)", to: "\(number)@198.51.100.\(trunk)", callID: callID)
  }

  private func callIDs(_ call: Call) -> [String] { call.legs.map(\.leg.callID) }

  @Test func twoLegsJoinByTheirNumbers() throws {
    let caller = incoming("1000", host: 11, dials: "1001").invite(at: 0).challenge(at: 0.1)
      .invite(at: 0.2, credentials: true).trying(at: 0.3).ringing(at: 1).ok(at: 3.1).bye(at: 10)
    let callee = outgoing("1000", to: "1001", host: 12).invite(at: 0.4).ringing(at: 0.9).ok(at: 3).bye(at: 10.1)
    let events = try model(caller, callee).events
    let call = try #require(events.endedCalls.first)
    #expect(events.endedCalls.count == 1)
    #expect(callIDs(call) == ["in-1", "out-1"])
    #expect(call.start == moment(0.2))
    #expect(call.answer == moment(3.1))
    #expect(call.end == moment(10))
    #expect(call.billable == .milliseconds(6900))
    #expect(call.disposition == .answered)
    #expect(call.direction == .internal)
    #expect(call.callerNumber == "1000")
    #expect(call.dialled == "1001")
    let join = try #require(call.calleeLegs.first?.join)
    #expect(join.evidence.contains(.callerNumber) && join.evidence.contains(.dialledNumber))
    #expect(join.confidence == 1)
  }

  @Test func aCallIsToldStepByStep() throws {
    let caller = incoming("1000", host: 11, dials: "1001").invite(at: 0).trying(at: 0.1).ok(at: 3.1).bye(at: 10)
    let callee = outgoing("1000", to: "1001", host: 12).invite(at: 0.4).ringing(at: 0.9).ok(at: 3).bye(at: 10.1)
    let names = try model(caller, callee).events.map { event in
      switch event {
      case .registration: "registration"
      case .call(let event): event.name
      }
    }
    #expect(names == ["started", "dialled", "ringing", "answered", "connected", "legEnded", "ended"])
  }

  @Test func aChallengeNobodyAnswersIsNoCall() throws {
    let caller = incoming("1000", host: 11, dials: "1001").invite(at: 0).trying(at: 0.05).challenge(at: 0.1)
    let (events, model) = try model(caller, until: 100)
    #expect(events.isEmpty)
    #expect(model.calls.runningCalls.isEmpty)
  }

  @Test func aCallWhoseHundredWasNotCapturedStartsWithItsCredentialsAllTheSame() throws {
    let caller = incoming("anna", host: 11, dials: "1001").invite(at: 0).challenge(at: 0.1)
      .invite(at: 5, credentials: true).ok(at: 6).bye(at: 9)
    let callee = outgoing("anna", to: "1001", host: 12).invite(at: 5.1).ok(at: 5.9).bye(at: 9)
    let call = try #require(try model(caller, callee).events.endedCalls.first)
    #expect(call.start == moment(5))
    #expect(call.callerParty == .account("anna"))
  }

  @Test func aLegJoinsByTheRouteOfItsDID() throws {
    let pattern = try #require(DialPattern("+4930000010"))
    let site = site { $0.inboundRoutes = [InboundRoute(pattern: pattern, destination: .account("1001"))] }
    let caller = fromTrunk("+493055501", dials: "+4930000010").invite(at: 0).trying(at: 0.1).ok(at: 3.1).bye(at: 10)
    let callee = outgoing("anonymous", to: "1001", host: 12).invite(at: 0.4).ok(at: 3).bye(at: 10.1)
    let call = try #require(try model(caller, callee, site: site).events.endedCalls.first)
    #expect(callIDs(call) == ["in-1", "out-1"])
    #expect(call.calleeLegs.first?.join.evidence.contains(.siteRoute) == true)
    #expect(call.direction == .inbound)
  }

  @Test func everyMemberOfAGroupJoins() throws {
    let site = site { $0.ringGroups = [RingGroup(number: "6400", members: ["1001", "1002"])] }
    let caller = incoming("1000", host: 11, dials: "6400").invite(at: 0).trying(at: 0.1).ok(at: 3.1).bye(at: 10)
    let first = outgoing("1000", to: "1001", host: 12, callID: "a").invite(at: 0.4).ringing(at: 0.5).cancel(at: 3)
      .refuse(487, at: 3.05)
    let second = outgoing("1000", to: "1002", host: 13, callID: "b").invite(at: 0.4).ringing(at: 0.5).ok(at: 3)
      .bye(at: 10.1)
    let calls = try model(caller, first, second, site: site).events.endedCalls
    #expect(calls.map(callIDs) == [["in-1", "a", "b"]])
    #expect(calls.first?.disposition == .answered)
  }

  @Test func aLegJoinsTheOnlyCallOfItsCaller() throws {
    let caller = incoming("1000", host: 11, dials: "7777").invite(at: 0).trying(at: 0.1).ok(at: 0.2).bye(at: 60)
    let callee = outgoing("1000", to: "1005", host: 12).invite(at: 30).ok(at: 33).bye(at: 60.1)
    let calls = try model(caller, callee, site: site()).events.endedCalls
    #expect(calls.map(callIDs) == [["in-1", "out-1"]])
    #expect(calls.first?.calleeLegs.first?.join.evidence.contains(.onlyCallOfCaller) == true)
  }

  @Test func twoCallsToOneCalleeAtOnceAreToldApart() throws {
    let one = incoming("1000", host: 11, dials: "1005", callID: "in-a").invite(at: 0).trying(at: 0.1).ok(at: 3)
      .bye(at: 9)
    let two = incoming("1001", host: 12, dials: "1005", callID: "in-b").invite(at: 0.01).trying(at: 0.1).ok(at: 4)
      .bye(at: 8)
    let toTwo = outgoing("1001", to: "1005", host: 15, callID: "out-b").invite(at: 0.2).ok(at: 3.9).bye(at: 8.1)
    let toOne = outgoing("1000", to: "1005", host: 15, callID: "out-a").invite(at: 0.3).ok(at: 2.9).bye(at: 9.1)
    let calls = try model(one, two, toTwo, toOne, site: site()).events.endedCalls
    #expect(Set(calls.map(callIDs)) == [["in-a", "out-a"], ["in-b", "out-b"]])
  }

  @Test func anUnrelatedLegStaysACallOfItsOwn() throws {
    let caller = incoming("1000", host: 11, dials: "1001").invite(at: 0).trying(at: 0.1).ok(at: 1).bye(at: 20)
    let other = outgoing("1007", to: "1008", host: 18, callID: "other").invite(at: 5).ok(at: 6).bye(at: 9)
    let calls = try model(caller, other, site: site()).events.endedCalls
    #expect(calls.map(callIDs) == [["other"], ["in-1"]])
    #expect(calls.first?.callerLeg == nil)
    #expect(calls.first?.callerParty == .account("1007"))
    #expect(calls.first?.confidence == 1)
  }

  @Test func aLegAfterTheCallersEndDoesNotJoin() throws {
    let caller = incoming("1000", host: 11, dials: "1001").invite(at: 0).trying(at: 0.1).cancel(at: 2)
      .refuse(487, at: 2.1)
    let callee = outgoing("1000", to: "1001", host: 12).invite(at: 5).ok(at: 6).bye(at: 9)
    #expect(try model(caller, callee, site: site()).events.endedCalls.map(callIDs) == [["in-1"], ["out-1"]])
  }

  @Test func aProxysLegJoinsByItsCallID() throws {
    let caller = incoming("1000", host: 11, dials: "1001", callID: "same").invite(at: 0).ok(at: 3.1).bye(at: 10)
    let callee = outgoing("1000", to: "1001", host: 12, callID: "same").invite(at: 0.4).ok(at: 3).bye(at: 10.1)
    let call = try #require(try model(caller, callee).events.endedCalls.first)
    #expect(call.calleeLegs.map(\.join.evidence) == [[.sameCallID]])
  }

  @Test func aCallWhoseCalleesByeIsMissingEndsWithItsCaller() throws {
    let caller = incoming("1000", host: 11, dials: "1001").invite(at: 0).trying(at: 0.1).ok(at: 3.1).bye(at: 10)
    let callee = outgoing("1000", to: "1001", host: 12).invite(at: 0.4).ok(at: 3)
    #expect(try model(caller, callee, until: 41).events.endedCalls.isEmpty)
    let (events, model) = try model(caller, callee, until: 42)
    #expect(events.endedCalls.map(\.end) == [moment(10)])
    #expect(events.endedCalls.first?.calleeLegs.first?.leg.outcome == .lost)
    #expect(model.calls.callsEndedWithoutBye == 1)
  }

  @Test func aCallAfterABlindTransferRunsUntilItsLastTwoPartiesHangUp() throws {
    let caller = incoming("1000", host: 11, dials: "1001").invite(at: 0).trying(at: 0.1).ok(at: 2).bye(at: 20)
    let callee = outgoing("1000", to: "1001", host: 12, callID: "first").invite(at: 0.4).ok(at: 1.9)
      .refer(to: "1002", by: .callee, at: 5).bye(by: .callee, at: 5.1)
    let target = outgoing("1000", to: "1002", host: 13, callID: "target").invite(at: 5.2).ok(at: 7).bye(at: 20.1)
    let calls = try model(caller, callee, target).events.endedCalls
    #expect(calls.map(callIDs) == [["in-1", "first", "target"]])
    #expect(calls.first?.end == moment(20))
    #expect(calls.first?.calleeLegs.last?.join.evidence.contains(.transfer) == true)
  }

  @Test func aTransferByTheCallerOutlivesTheCallersLeg() throws {
    let caller = incoming("1000", host: 11, dials: "1001").invite(at: 0).trying(at: 0.1).ok(at: 2)
      .refer(to: "1002", by: .caller, at: 5).bye(at: 5.1)
    let callee = outgoing("1000", to: "1001", host: 12, callID: "first").invite(at: 0.4).ok(at: 1.9).bye(at: 90)
    let target = outgoing("1001", to: "1002", host: 13, callID: "target").invite(at: 5.2).ok(at: 7)
      .bye(by: .callee, at: 89.9)
    let calls = try model(caller, callee, target).events.endedCalls
    #expect(calls.map(callIDs) == [["in-1", "first", "target"]])
    #expect(calls.first?.end == moment(89.9))
  }

  @Test func aCallThatRanAtTheStartIsOneCallWithoutAStart() throws {
    let caller = incoming("1000", host: 11, dials: "1001").invite(at: 0).ok(at: 1).bye(at: 50).since(40)
    let callee = outgoing("1000", to: "1001", host: 12).invite(at: 0.2).ok(at: 0.9).bye(at: 50.02).since(40)
    let calls = try model(caller, callee, until: 60).events.endedCalls
    #expect(calls.map(callIDs) == [["in-1", "out-1"]])
    #expect(calls.first?.ranAtStart == true)
  }

  @Test func halfACallThatRanAtTheStartEndsWithoutItsOtherLeg() throws {
    let caller = incoming("1000", host: 11, dials: "1001").invite(at: 0).ok(at: 1).bye(at: 50).since(40)
    let calls = try model(caller, until: 60).events.endedCalls
    #expect(calls.map(callIDs) == [["in-1"]])
    #expect(calls.first?.end == moment(50))
  }

  @Test func aCallThatRanAtTheStartAndGoesOnIsRunning() throws {
    let caller = incoming("1000", host: 11, dials: "1001").invite(at: 0).ok(at: 1).reInvite(at: 45).since(40)
    let (events, model) = try model(caller, until: 60)
    #expect(events.startedCalls.map(\.ranAtStart) == [true])
    #expect(model.calls.runningCalls.map(\.ranAtStart) == [true])
  }

  @Test func aQueueThatDialsWithoutEndIsCutOffAndCounted() throws {
    var limits = CallAssembler.Limits()
    limits.calleeLegsMax = 3
    var assembler = CallAssembler(site: site(), limits: limits)
    var tracker = LegTracker(pbx: pbx)
    let caller = incoming("1000", host: 11, dials: "1001").invite(at: 0).ok(at: 0.1)
    let rounds = (1...5).map { round in
      outgoing("1000", to: "1001", host: 12, callID: "r\(round)").invite(at: Double(round))
        .refuse(486, at: Double(round) + 0.5)
    }
    try deliver((caller.messages + rounds.flatMap(\.messages))) { message in
      var events: [LegEvent] = []
      tracker.receive(message) { events.append($0) }
      for event in events { assembler.receive(event, at: message.time) { _ in } }
    }
    #expect(assembler.runningCalls.map(\.calleeLegs.count) == [3])
    #expect(assembler.legsLeftOut == 2)
  }

  @Test func theDirectionSaysWhoIsAtTheTwoEnds() throws {
    let phone = incoming("1000", host: 11, dials: "1001").invite(at: 0).trying(at: 0.1).ok(at: 2).bye(at: 5)
    let toPhone = outgoing("1000", to: "1001", host: 12).invite(at: 0.2).ok(at: 1).bye(at: 5)
    let out = incoming("1000", host: 11, dials: "+493055501").invite(at: 0).trying(at: 0.1).ok(at: 2).bye(at: 5)
    let toCarrier = toTrunk("1000", dials: "+493055501").invite(at: 0.2).ok(at: 1).bye(at: 5)
    let inbound = fromTrunk("+493055502", dials: "1001").invite(at: 0).trying(at: 0.1).ok(at: 2).bye(at: 5)
    let fromOutside = outgoing("+493055502", to: "1001", host: 12).invite(at: 0.2).ok(at: 1).bye(at: 5)
    let through = fromTrunk("+493055502", dials: "+493055501").invite(at: 0).trying(at: 0.1).ok(at: 2).bye(at: 5)
    let onward = toTrunk("+493055502", dials: "+493055501", trunk: 2).invite(at: 0.2).ok(at: 1).bye(at: 5)
    let pairs: [(Dialogue, Dialogue, CallDirection)] = [
      (phone, toPhone, .internal), (out, toCarrier, .outbound), (inbound, fromOutside, .inbound),
      (through, onward, .external),
    ]
    for (caller, callee, direction) in pairs {
      let calls = try model(caller, callee, site: site()).events.endedCalls
      #expect(calls.map(\.direction) == [direction])
      #expect(calls.map(\.legs.count) == [2])
    }
  }

  @Test func withoutASiteTrunksAreNamedAfterTheirAddress() throws {
    let inbound = fromTrunk("+493055502", dials: "1001").invite(at: 0).ok(at: 2).bye(at: 5)
    let call = try #require(try model(inbound).events.endedCalls.first)
    #expect(call.callerParty == .trunk(name: "198.51.100.1", index: 1))
  }

  @Test func aNumberThatRegisteredIsAnExtensionWhateverItsLook() throws {
    let registering = Registering("reception-desk@192.0.2.11", at: pbxAddress).register(at: 0).reply(200, at: 0.1)
    let caller = Dialogue(from: "reception-desk@192.0.2.11", to: "1001@192.0.2.2", callID: "x").invite(at: 1).ok(at: 2)
      .bye(at: 3)
    let call = try #require(try model(registering.messages + caller.messages).events.endedCalls.first)
    #expect(call.callerParty == .account("reception-desk"))
  }

  @Test func aRegisterNobodyAnsweredAndNobodySignedMakesNoExtension() throws {
    let scanner = Registering("scanner-x@192.0.2.11", at: pbxAddress).register(at: 0, credentials: false)
    let caller = Dialogue(from: "scanner-x@192.0.2.11", to: "1001@192.0.2.2", callID: "x").invite(at: 40).ok(at: 41)
      .bye(at: 43)
    let call = try #require(try model(scanner.messages + caller.messages).events.endedCalls.first)
    #expect(call.callerParty.isTrunk)
  }

  /// What is told of a trace, with how each call stood at that moment.
  private func story(_ messages: [WrittenMessage]) throws -> [String] {
    var model = TraceModel(site: Site(), pbx: pbx)
    var lines: [String] = []
    try deliver(messages) { message in
      model.receive(message) { event in
        guard case .call(let event) = event else { return }
        let call = event.call
        let legs = call.legs.map { "\($0.leg.callID) \($0.join.confidence) \(String(describing: $0.leg.outcome))" }
        lines.append("\(event.name) \(call.id.rawValue) \(call.disposition) \(legs)")
      }
    }
    return lines
  }

  @Test func theSameTraceGivesTheSameEvents() throws {
    let caller = incoming("1000", host: 11, dials: "6400").invite(at: 0).trying(at: 0.1).ok(at: 3.1).bye(at: 10)
    let legs = (1...8).map {
      outgoing("1000", to: "100\($0)", host: 11 + $0, callID: "m\($0)").invite(at: 0.4).refuse(486, at: 2)
    }
    let messages = caller.messages + legs.flatMap(\.messages)
    #expect(try story(messages) == story(messages))
  }
}
