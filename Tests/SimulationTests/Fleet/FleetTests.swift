import HardwareProfiles
import PBXModel
import Primitives
import SIPCapture
import TestSupport
import Testing

@testable import Simulation

/// Many models on one pass come to what each comes to alone.
@Suite struct FleetTests {
  /// A random afternoon: calls among ten extensions and from outside, phones that register and go.
  private static func traffic(_ random: inout SeededGenerator) -> [WrittenMessage] {
    var messages: [WrittenMessage] = []
    for number in 0..<Int.random(in: 4...30, using: &random) {
      let start = Double(Int.random(in: 0...600, using: &random)) / 10
      let caller = Int.random(in: 1000...1009, using: &random)
      let callee = 1000 + (caller - 1000 + Int.random(in: 1...9, using: &random)) % 10
      let length = Double(Int.random(in: 4...300, using: &random)) / 10
      let isAnswered = Bool.random(using: &random)
      let calls =
        Bool.random(using: &random)
        ? internalCall(
          "\(caller)", to: "\(callee)", from: start + Double(number) / 1000, answer: isAnswered ? 3 : nil,
          end: max(4, length))
        : inboundCall(
          from: "+4930555\(1000 + number)", phones: ["\(callee)", "\(caller)"],
          answering: isAnswered ? "\(callee)" : nil, start: start, end: max(4, length))
      messages += calls.flatMap(\.messages)
    }
    for number in 1000...1009 where Bool.random(using: &random) {
      let start = Double(Int.random(in: 0...400, using: &random)) / 10
      let phone = Registering("\(number)@192.0.2.\(number - 900)", at: pbxAddress)
      messages += phone.register(at: start, expires: random.pick([5, 20, 3600])).reply(200, at: start + 0.1).messages
    }
    return messages
  }

  private static let models: [Profile] =
    (0...8).map { profile(calls: $0, users: 8 - $0) }
    + [profile(calls: 2), profile(users: 1), profile(), profile(calls: 1000, users: 1000)]

  private struct Pass {
    var fleet: Fleet
    var cohortsMax = 1

    init(_ messages: [WrittenMessage], _ models: [Profile], inOrder: Bool = false, until end: Double = 200) throws {
      fleet = Fleet(members: models.map { Fleet.Member(profile: $0) }, site: benchSite())
      var model = TraceModel(
        site: benchSite(), pbx: PBXAddresses([IPEndpoint("\(pbxAddress):5060")].compactMap(\.self)))
      fleet.boot(at: traceStart)
      try (inOrder ? deliverInOrder : deliver)(messages) { message in
        fleet.passTime(until: message.time)
        model.receive(message) { fleet.receive($0, at: message.time) }
        cohortsMax = max(cohortsMax, fleet.cohorts.count)
      }
      model.finish(at: moment(end)) { fleet.receive($0, at: moment(end)) }
      fleet.finish(
        at: moment(end), running: model.calls.runningCalls, endedWithoutBye: model.calls.callsEndedWithoutBye)
    }
  }

  private static func alone(
    _ messages: [WrittenMessage], _ model: Profile, inOrder: Bool = false, isRecorded: Bool = false,
    until end: Double = 200
  ) throws -> Bench {
    var bench = Bench(profile: model, isRecorded: isRecorded)
    if inOrder { try bench.playInOrder(messages, until: end) } else { try bench.play(messages, until: end) }
    var effects: [Effect] = []
    bench.appliance.finish(
      running: bench.model.calls.runningCalls, endedWithoutBye: bench.model.calls.callsEndedWithoutBye,
      effects: &effects)
    return bench
  }

  @Test(arguments: 1...16) func everyMemberComesToWhatItComesToAlone(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let messages = Self.traffic(&random)
    let pass = try Pass(messages, Self.models)
    #expect(pass.fleet.results.count == Self.models.count)
    for (result, model) in zip(pass.fleet.results, Self.models) {
      let bench = try Self.alone(messages, model)
      #expect(result.tally == bench.appliance.tally)
      for resource in Resource.allCases {
        #expect(result.ledger[resource] == bench.appliance.ledger[resource], "\(resource)")
      }
    }
  }

  /// The clock of the capture is put back half way.
  @Test(arguments: 1...6) func aClockThatIsPutBackChangesNothingInThat(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var messages = Self.traffic(&random).sorted { $0.time < $1.time }
    for index in messages.indices.dropFirst(messages.count / 2) {
      messages[index].time = messages[index].time + .seconds(-40)
    }
    let pass = try Pass(messages, Self.models, inOrder: true)
    for (result, model) in zip(pass.fleet.results, Self.models) {
      let bench = try Self.alone(messages, model, inOrder: true)
      #expect(result.tally == bench.appliance.tally)
      #expect(result.ledger.calls == bench.appliance.ledger.calls)
      #expect(result.ledger.users == bench.appliance.ledger.users)
    }
  }

  @Test(arguments: 1...10) func rowsThatDifferAreThoseThatAreWrittenOtherwise(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let messages = Self.traffic(&random)
    let models = Self.models + (0...6).map { profile(calls: $0) }
    let pass = try Pass(messages, models, until: 50)
    let reference = Dictionary(
      grouping: try Self.alone(messages, profile(), isRecorded: true, until: 50).rows, by: \.session)
    for (result, model) in zip(pass.fleet.results, models) {
      let own = Dictionary(
        grouping: try Self.alone(messages, model, isRecorded: true, until: 50).rows, by: \.session)
      var (changed, missing, added) = (0, 0, 0)
      for session in Set(reference.keys).union(own.keys) {
        let (theirs, ours) = (reference[session] ?? [], own[session] ?? [])
        let isOther = ours.contains { $0.lastapp == "Congestion" }
        changed += isOther ? min(theirs.count, ours.count) : 0
        missing += max(0, theirs.count - ours.count)
        added += max(0, ours.count - theirs.count)
      }
      // Of an extension that could not register other rows change than those of refused calls.
      if model.users == nil { #expect(result.rows.changed == changed) }
      #expect(result.rows.changed >= changed)
      #expect(result.rows.missing == missing)
      #expect(result.rows.added == added)
      #expect(result.tally.rows == pass.fleet.withoutLimits.tally.rows + added - missing)
    }
  }

  @Test func modelsThatRefuseNothingShareOneAppliance() throws {
    let messages = (internalCall("1000", to: "1001") + internalCall("1002", to: "1003", from: 1)).flatMap(\.messages)
    let pass = try Pass(messages, (2...17).map { profile(calls: $0, users: $0) })
    #expect(pass.cohortsMax == 1)
    #expect(pass.fleet.results.allSatisfy { $0.tally.callsRefused == 0 && $0.rows.total == 0 })
    #expect(pass.fleet.results.map { $0.ledger.calls.limit?.value } == Array(2...17))
  }

  @Test func modelsPartWhereSomeOfThemLackAPlaceAndNotEarlier() throws {
    let calls = (0..<4).flatMap { internalCall("\(1000 + 2 * $0)", to: "\(1001 + 2 * $0)", from: Double($0), end: 50) }
    let pass = try Pass(calls.flatMap(\.messages), [1, 1, 3, 3, 4, 9].map { profile(calls: $0) })
    #expect(pass.cohortsMax == 3)
    #expect(pass.fleet.results.map(\.tally.callsRefused) == [3, 3, 1, 1, 0, 0])
    #expect(pass.fleet.results.map { $0.refusals.first } == [1.02, 1.02, 3.02, 3.02].map(moment) + [nil, nil])
    #expect(pass.fleet.results[0].refusals.entries.map { $0.call.id.rawValue } == [2, 3, 4])
    #expect(pass.fleet.results[0].refusals.entries.allSatisfy { $0.resource == .calls })
  }

  @Test func aModelWithoutAnyPlaceRefusesEverything() throws {
    let pass = try Pass(internalCall().flatMap(\.messages), [profile(calls: 0, users: 0), profile()])
    #expect(pass.fleet.results.map(\.tally.callsRefused) == [1, 0])
    #expect(pass.fleet.results[0].rows.changed == 1)
    #expect(pass.fleet.withoutLimits.tally.callsRefused == 0)
  }

  @Test func aFleetWithoutMembersIsTheApplianceWithoutLimits() throws {
    let pass = try Pass(internalCall().flatMap(\.messages), [])
    #expect(pass.fleet.results.isEmpty)
    #expect(pass.fleet.withoutLimits.tally.calls == 1)
    #expect(pass.fleet.withoutLimits.tally.rows == 1)
  }

  @Test func theRefusalsKeptAreBounded() throws {
    let calls = (0...FleetRefusals.entriesMax).flatMap {
      internalCall("1000", to: "1001", from: Double($0) * 20, answer: nil, end: 4)
    }
    let pass = try Pass(calls.flatMap(\.messages), [profile(calls: 0)], until: 30_000)
    let refusals = pass.fleet.results[0].refusals
    #expect(refusals.entries.count == FleetRefusals.entriesMax)
    #expect(refusals.leftOut == 1)
  }
}
