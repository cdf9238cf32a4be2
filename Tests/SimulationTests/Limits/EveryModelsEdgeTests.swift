import BuiltInProfiles
import ConfigurationFiles
import HardwareProfiles
import PBXModel
import Primitives
import Simulation
import TestSupport
import Testing

/// The exact edge of every limit of every model that is built in: so many accepted and no more.
@Suite struct EveryModelsEdgeTests {
  struct Edge: CustomTestStringConvertible, Sendable {
    let model: String
    let resource: Resource
    let limit: Limit
    var testDescription: String { "\(model): \(limit.value) \(resource.words)" }
  }

  /// Resources that a model limits; the relay's plans limit the others.
  static let limited: [Resource] = [
    .calls, .srtpCalls, .users, .conferenceRooms, .conferenceAttendees, .videoParticipants, .recordings, .fxoPorts,
    .digitalChannels,
  ]

  static func edges() throws -> [Edge] {
    try ProfileFiles.catalog(files: BuiltInProfiles.files).models.flatMap { profile in
      limited.compactMap { resource in
        profile.limit(resource.limitName ?? .t1e1j1Ports).map {
          Edge(model: profile.model, resource: resource, limit: $0)
        }
      }
    }
  }

  @Test func allSixteenModelsAreLimitedInCallsUsersAndLines() throws {
    let edges = try Self.edges()
    for resource in [Resource.calls, .users, .fxoPorts, .digitalChannels] {
      #expect(edges.count { $0.resource == resource } >= 15, "\(resource)")
    }
    #expect(Set(edges.map(\.model)).count == 16)
  }

  @Test func soManyAreAcceptedOneMoreIsRefusedAndOneIsAcceptedWhenOneIsGone() throws {
    // What is played depends on nothing else of the model, so that equal numbers are played once.
    var played: Set<[Int]> = []
    for edge in try Self.edges() where played.insert([edge.resource.rawValue, edge.limit.value]).inserted {
      let channels = edge.resource == .digitalChannels ? 30 : 1
      try Self.hold(edge.resource, edge.limit, at: edge.limit.value * channels, edge.testDescription)
    }
  }

  /// Plays so many pieces, one more, and another after the first is gone.
  static func hold(_ resource: Resource, _ limit: Limit, at most: Int, _ what: String) throws {
    let traffic = LimitTraffic(resource: resource)
    var messages: [WrittenMessage] = []
    for number in 0..<most { messages += traffic.piece(number, from: 1, to: number == 0 ? 500 : 1000) }
    messages += traffic.piece(most, from: 400, to: 990)
    messages += traffic.piece(most + 1, from: 600, to: 995)
    var bench = Bench(profile: traffic.profile(limit), site: traffic.site(most + 2), isRecorded: false)
    try bench.play(messages, until: 2000)
    let use = bench.appliance.ledger[resource]
    #expect(use.limit?.value == most, "\(what)")
    #expect(use.peak == most, "\(what)")
    #expect(use.refusals == (most == 0 ? 2 : 1), "\(what)")
    #expect(use.firstRefusedAt == moment(400), "\(what)")
    #expect(use.inUse == 0, "\(what): all is given back")
    let others = Resource.allCases.filter { $0 != resource && bench.appliance.ledger[$0].refusals > 0 }
    #expect(others.isEmpty, "\(what): only that limit refuses")
  }

  @Test(arguments: limited, [0, 1, 2])
  func aMadeUpModelHasTheSameEdges(resource: Resource, most: Int) throws {
    let limit = Limit(value: most, unit: .calls, source: "test", certainty: .assumed, confidence: .low)
    try Self.hold(resource, limit, at: most * (resource == .digitalChannels ? 30 : 1), "\(resource)")
  }

  @Test(arguments: limited)
  func aLimitNobodyKnowsRefusesNothing(resource: Resource) throws {
    let traffic = LimitTraffic(resource: resource)
    var bench = Bench(profile: profile(), site: traffic.site(50), isRecorded: false)
    try bench.play((0..<50).flatMap { traffic.piece($0, from: 1, to: 100) }, until: 200)
    #expect(bench.appliance.ledger[resource].peak == 50)
    #expect(bench.appliance.ledger[resource].refusals == 0)
    #expect(bench.appliance.ledger[resource].inUse == 0)
  }

  @Test(arguments: limited)
  func aSmallerModelTakenOnMidwayRefusesUntilEnoughIsGivenBack(resource: Resource) throws {
    let traffic = LimitTraffic(resource: resource)
    let unit: (Int) -> Limit = {
      Limit(value: $0, unit: .calls, source: "test", certainty: .assumed, confidence: .low)
    }
    var bench = Bench(profile: traffic.profile(unit(40)), site: traffic.site(10), isRecorded: false)
    let before = (0..<5).flatMap { traffic.piece($0, from: 1, to: Double(100 + $0 * 100)) }
    try bench.play(before.filter { $0.time < moment(50) }, until: 50)
    bench.appliance.adopt(traffic.profile(unit(resource == .digitalChannels ? 0 : 2)))
    #expect(bench.appliance.ledger[resource].inUse == 5)
    let later = before.filter { $0.time >= moment(50) } + traffic.piece(5, from: 60, to: 700)
    try bench.play(later + traffic.piece(6, from: 450, to: 700), until: 1000)
    let use = bench.appliance.ledger[resource]
    #expect(use.refusals == (resource == .digitalChannels ? 2 : 1), "refused while 5 of 2 are in use")
    #expect(use.inUse == 0)
    #expect(use.peak == 5)
  }
}
