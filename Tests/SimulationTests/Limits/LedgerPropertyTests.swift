import HardwareProfiles
import PBXModel
import Primitives
import SIPCapture
import Simulation
import TestSupport
import Testing

/// What holds whatever the traffic is.
@Suite struct LedgerPropertyTests {
  /// Everything that can be taken, in small numbers.
  private static func limits(_ random: inout SeededGenerator) -> Profile {
    var limits: [LimitName: Int] = [:]
    for name in [
      LimitName.concurrentCalls, .concurrentSRTPCalls, .users, .conferenceRooms, .conferenceAttendees,
      .videoParticipants, .simultaneousRecordings, .fxoPorts,
    ] where Int.random(in: 0..<4, using: &random) > 0 {
      limits[name] = Int.random(in: 0...5, using: &random)
    }
    return profile(limits: limits)
  }

  private static let site = benchSite { site in
    site.conferenceRooms = ["6300", "6301"]
    site.trunks.append(Trunk(index: 4, name: "Spare", addresses: [IPEndpoint("198.51.100.2")].compactMap(\.self)))
    site.trunks[0].line = .fxo
    site.trunks[0].outgoingCallsMax = 2
    site.trunks[1].incomingCallsMax = 2
    site.trunks[1].concurrentCallsAlert = 2
    var route = OutboundRoute(
      index: 1, name: "out", patterns: [DialPattern("0.")].compactMap(\.self), trunk: "Carrier")
    route.failover = ["Spare"]
    site.outboundRoutes = [route]
    site.ringGroups = [RingGroup(number: "6400", members: ["1002", "1003", "1004"])]
    site.localNetworks = [IPNetwork("192.0.2.0/24")].compactMap(\.self)
    for index in site.extensions.indices where index % 2 == 0 { site.extensions[index].autoRecord = .all }
    site.extensions[1].hasVoicemail = true
  }

  private static func traffic(_ random: inout SeededGenerator) -> [WrittenMessage] {
    var messages: [WrittenMessage] = []
    for number in 0..<40 {
      let start = Double(Int.random(in: 0..<300, using: &random))
      let end = start + Double(Int.random(in: 5..<120, using: &random))
      let caller = String(Int.random(in: 1000...1009, using: &random))
      let callee = String(Int.random(in: 1000...1009, using: &random))
      let callerHost = "192.0.2.\(100 + (Int(caller) ?? 0) % 100)"
      switch Int.random(in: 0..<6, using: &random) {
      case 0:
        let host = Bool.random(using: &random) ? callerHost : "203.0.113.9"
        messages +=
          Registering("\(caller)@\(host)", at: pbxAddress)
          .register(at: start, expires: 90).reply(200, at: start).messages
      case 1:
        messages += internalCall(caller, to: callee, from: start, ring: 1, answer: 3, end: end - start)
          .flatMap(\.messages)
      case 2:
        messages += inboundCall(
          from: "+4930\(number)", phones: ["1002", "1003"], answering: Bool.random(using: &random) ? "1003" : nil,
          start: start, end: end - start
        ).flatMap(\.messages)
      case 3:
        var offer = audio(at: callerHost, port: 4000 + 2 * number)
        if Bool.random(using: &random) { offer = offer.replacingAVP() }
        if Bool.random(using: &random) { offer += "m=video 5000 RTP/AVP 99\r\n" }
        messages +=
          Dialogue(from: "\(caller)@\(callerHost)", to: "630\(number % 2)@\(pbxAddress)", callID: "c\(number)")
          .invite(at: start).carrying(offer).ok(at: start + 1).bye(at: end).messages
      case 4:
        messages +=
          Dialogue(from: "\(caller)@\(callerHost)", to: "0\(number)@\(pbxAddress)", callID: "oa\(number)")
          .invite(at: start).ringing(at: start + 1).ok(at: start + 2).bye(at: end).messages
        messages +=
          Dialogue(from: "\(caller)@\(pbxAddress)", to: "0\(number)@198.51.100.1", callID: "ob\(number)")
          .invite(at: start + 0.1).ringing(at: start + 1).ok(at: start + 2).bye(at: end).messages
      default:
        messages +=
          Dialogue(from: "\(caller)@\(callerHost)", to: "6400@\(pbxAddress)", callID: "ga\(number)")
          .invite(at: start).ringing(at: start + 1).ok(at: start + 2).bye(at: end).messages
        for member in ["1002", "1003"] {
          let leg = Dialogue(
            from: "\(caller)@\(pbxAddress)", to: "\(member)@192.0.2.\(100 + (Int(member) ?? 0) % 100)",
            callID: "g\(member)-\(number)"
          ).invite(at: start + 0.1).ringing(at: start + 1)
          messages +=
            member == "1002"
            ? leg.ok(at: start + 2).bye(at: end).messages
            : leg.cancel(at: start + 2).refuse(487, at: start + 2).messages
        }
      }
    }
    return messages
  }

  @Test(arguments: 0..<60)
  func nothingIsOverItsLimitAndAllIsGivenBackAtTheEnd(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let profile = Self.limits(&random)
    let remote = RemoteAllowance(users: profile.limit(.users), calls: profile.limit(.concurrentCalls))
    var bench = Bench(profile: profile, site: Self.site, remote: remote)
    var broken: [String] = []
    func check(_ appliance: Appliance) {
      for resource in Resource.allCases {
        let use = appliance.ledger[resource]
        if use.inUse < 0 || use.limit.map({ use.inUse > $0.value }) ?? false {
          broken.append("\(resource) \(use.inUse)")
        }
      }
      for trunk in appliance.trunks.uses {
        if trunk.outgoing.inUse > trunk.outgoingMax ?? .max || trunk.incoming.inUse > trunk.incomingMax ?? .max {
          broken.append(trunk.name)
        }
      }
    }
    var effects: [Effect] = []
    let messages = Self.traffic(&random)
    try deliver(messages) { message in
      bench.model.receive(message) { event in
        bench.appliance.receive(event, at: message.time, effects: &effects)
        check(bench.appliance)
      }
    }
    bench.model.finish(at: moment(2000)) { bench.appliance.receive($0, at: moment(2000), effects: &effects) }
    bench.appliance.advance(to: moment(2000), effects: &effects)
    #expect(broken.isEmpty)
    #expect(bench.model.calls.runningCalls.isEmpty)
    for resource in Resource.allCases { #expect(bench.appliance.ledger[resource].inUse == 0, "\(resource)") }
    for trunk in bench.appliance.trunks.uses { #expect(trunk.inUse == 0, "\(trunk.name)") }
    let tally = bench.appliance.tally
    #expect(tally.callsByDisposition.values.reduce(0, +) + tally.callsJoined == tally.calls)
  }

  /// Of two models that lack the same of what an event may take, each answers it as the other.
  @Test(arguments: 0..<40)
  func modelsThatLackTheSameAnswerAlike(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(1000 + seed))
    let (one, other) = (Self.limits(&random), Self.limits(&random))
    var appliance = Appliance(profile: one, site: Self.site, isRecorded: false)
    #expect(appliance.behavesAs(other))
    var model = Bench(site: Self.site).model
    var asked = 0
    var different: [String] = []
    var effects: [Effect] = []
    try deliver(Self.traffic(&random)) { message in
      model.receive(message) { event in
        appliance.advance(to: message.time, effects: &effects)
        let demand = appliance.demand(of: event)
        var (left, right) = (appliance, appliance)
        left.adopt(one)
        right.adopt(other)
        if left.ledger.shortage(of: demand) == right.ledger.shortage(of: demand) {
          asked += 1
          left.receive(event, at: message.time, effects: &effects)
          right.receive(event, at: message.time, effects: &effects)
          let isAlike =
            left.tally == right.tally
            && Resource.allCases.allSatisfy { left.ledger[$0].inUse == right.ledger[$0].inUse }
          if !isAlike { different.append("\(event)") }
        }
        appliance.receive(event, at: message.time, effects: &effects)
      }
    }
    #expect(asked > 50)
    #expect(different.isEmpty)
  }

  @Test func aClockThatIsPutBackTakesNothingFromTheLedger() throws {
    var bench = Bench(profile: profile(calls: 1))
    let first = internalCall("1000", to: "1001", from: 100, end: 10).flatMap(\.messages)
    let second = internalCall("1002", to: "1003", from: 50, end: 10).flatMap(\.messages)
    try bench.playInOrder(
      first.sorted { $0.time < $1.time } + second.sorted { $0.time < $1.time }, until: 200)
    #expect(bench.appliance.ledger.calls.inUse == 0)
    #expect(bench.appliance.ledger.calls.peak == 1)
    #expect(bench.appliance.ledger.calls.time(abovePercent: 80, of: 1) >= .zero)
  }
}
