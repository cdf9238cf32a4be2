import PBXModel
import Primitives
import Simulation
import TestSupport
import Testing

/// One phone more than an extension may have: refused, or the oldest makes room.
@Suite struct ExcessRegistrationTests {
  private func bench(_ policy: ExcessRegistration?, most: Int, settings: ApplianceSettings = ApplianceSettings())
    -> Bench
  {
    Bench(
      site: benchSite { site in
        site.whenRegistrationsExceed = policy
        site.concurrentRegistrations = most
      }, settings: settings)
  }

  private func phones(_ count: Int) -> [WrittenMessage] {
    (0..<count).flatMap { place in
      Registering("1000@192.0.2.\(20 + place)", at: pbxAddress)
        .register(at: Double(place), expires: 3600).reply(200, at: Double(place)).messages
    }
  }

  private func contacts(_ bench: Bench) -> [String] {
    bench.appliance.registry.bindings(of: "1000").map(\.source.address.description)
  }

  @Test(arguments: [ExcessRegistration?.none, .reject])
  func theNewestIsRefused(policy: ExcessRegistration?) throws {
    var bench = bench(policy, most: 2)
    try bench.play(phones(3), until: 100)
    #expect(contacts(bench) == ["192.0.2.20", "192.0.2.21"])
    #expect(bench.appliance.tally.registrationsRefused == 1)
    #expect(bench.appliance.extensions.exceeded.map(\.refused) == [1])
    #expect(bench.appliance.extensions.exceeded.map(\.bindingsMax) == [2])
  }

  @Test func theOldestMakesRoom() throws {
    var bench = bench(.dropOldest, most: 2)
    try bench.play(phones(4), until: 100)
    #expect(contacts(bench) == ["192.0.2.22", "192.0.2.23"])
    #expect(bench.appliance.tally.registrationsRefused == 0)
    #expect(bench.appliance.tally.bindingsDisplaced == 2)
    #expect(bench.appliance.ledger.users.inUse == 1)
    #expect(bench.appliance.extensions.exceeded.map(\.displaced) == [2])
    let oldest = JournalEvent.unregistered(
      number: "1000", contact: "sip:1000@192.0.2.20:5060", reason: .displaced)
    #expect(bench.count { $0 == oldest } == 1)
  }

  @Test func theSettingDecidesWhereTheSiteSaysNothing() throws {
    var settings = ApplianceSettings()
    settings.whenRegistrationsExceed = .dropOldest
    var bench = bench(nil, most: 1, settings: settings)
    try bench.play(phones(2), until: 100)
    #expect(contacts(bench) == ["192.0.2.21"])
    var rejecting = self.bench(.reject, most: 1, settings: settings)
    try rejecting.play(phones(2), until: 100)
    #expect(contacts(rejecting) == ["192.0.2.20"])
  }

  @Test(arguments: [ExcessRegistration.reject, .dropOldest])
  func anExtensionThatMayHaveNoneIsRefusedEveryTime(policy: ExcessRegistration) throws {
    var bench = bench(policy, most: 0)
    try bench.play(phones(3), until: 100)
    #expect(contacts(bench).isEmpty)
    #expect(bench.appliance.tally.registrationsRefused == 3)
    #expect(bench.appliance.ledger.users.inUse == 0)
    #expect(bench.alerts.map(\.name) == [.registerFailed], "told once, not three times")
  }

  @Test func aRefreshOfAFullExtensionDisplacesNobody() throws {
    var bench = bench(.dropOldest, most: 2)
    let again = Registering("1000@192.0.2.20", at: pbxAddress).register(at: 50, expires: 60).reply(200, at: 50)
    try bench.play(phones(2) + again.messages, until: 100)
    #expect(contacts(bench).count == 2)
    #expect(bench.appliance.tally.bindingsDisplaced == 0)
  }

  @Test func aDisplacedPhoneIsNotDialled() throws {
    var bench = bench(.dropOldest, most: 1)
    let caller = Dialogue(from: "1005@192.0.2.105", to: "1000@\(pbxAddress)", callID: "a")
      .invite(at: 10).ringing(at: 11).ok(at: 15).bye(at: 60)
    let legs = ["192.0.2.20", "192.0.2.21"].map { host in
      let leg = Dialogue(from: "1005@\(pbxAddress)", to: "1000@\(host)", callID: host).invite(at: 10.1).ringing(at: 11)
      return host == "192.0.2.20" ? leg.ok(at: 15).bye(at: 60) : leg.cancel(at: 15).refuse(487, at: 15)
    }
    try bench.play(phones(2) + ([caller] + legs).flatMap(\.messages), until: 500)
    #expect(bench.appliance.tally.legsNotDialled == 1)
    #expect(bench.appliance.tally.outcomesUnknown == 1, "the displaced one had answered")
    #expect(bench.rows.map(\.disposition) == [.noAnswer])
  }
}
