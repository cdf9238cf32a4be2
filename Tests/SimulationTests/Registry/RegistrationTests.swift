import PBXModel
import Primitives
import Simulation
import TestSupport
import Testing

@Suite struct RegistrationTests {
  private let phone = Registering("1000@192.0.2.11", at: pbxAddress)
  private let own = "sip:1000@192.0.2.11:5060"

  @Test func aBindingIsAddedRefreshedAndRemoved() throws {
    var bench = Bench()
    let exchange = phone.register(at: 0, expires: 60).reply(200, at: 1).register(at: 30, expires: 60).reply(200, at: 31)
      .register(at: 40, expires: 0).reply(200, at: 41)
    try bench.play(exchange.messages, until: 200)
    #expect(
      bench.journal == [
        .init(time: moment(1), event: .registered(number: "1000", contact: own, expiresSeconds: 60, isRefresh: false)),
        .init(time: moment(1), event: .extensionState(number: "1000", state: .idle)),
        .init(time: moment(31), event: .registered(number: "1000", contact: own, expiresSeconds: 60, isRefresh: true)),
        .init(time: moment(41), event: .unregistered(number: "1000", contact: own, reason: .removed)),
        .init(time: moment(41), event: .extensionState(number: "1000", state: .unavailable)),
      ])
    #expect(bench.appliance.ledger.users.inUse == 0)
    #expect(bench.appliance.ledger.users.peak == 1)
  }

  @Test func aBindingExpiresAtItsInstant() throws {
    var bench = Bench()
    try bench.play(phone.register(at: 0, expires: 60).reply(200, at: 1).messages, until: 60.999999)
    #expect(bench.appliance.registry.isRegistered("1000"))
    var effects: [Effect] = []
    bench.appliance.advance(to: moment(500), effects: &effects)
    #expect(!bench.appliance.registry.isRegistered("1000"))
    #expect(
      effects.prefix(1) == [
        .journal(.init(time: moment(61), event: .unregistered(number: "1000", contact: own, reason: .expired)))
      ])
    #expect(bench.appliance.tally.bindingsExpired == 1)
    #expect(bench.appliance.tally.systemEvents == 1)
    #expect(bench.appliance.ledger.users.inUse == 0)
  }

  @Test func aRefreshPutsTheEndOff() throws {
    var bench = Bench()
    let exchange = phone.register(at: 0, expires: 60).reply(200, at: 0).register(at: 50, expires: 60).reply(200, at: 50)
    try bench.play(exchange.messages, until: 109)
    #expect(bench.appliance.registry.bindings(of: "1000").map(\.expires) == [moment(110)])
  }

  private func contacts(_ count: Int) -> [String] { (0..<count).map { "<sip:1000@192.0.2.\(20 + $0)>" } }

  @Test(arguments: [(nil, nil, 3), (2, nil, 2), (2, 1, 1), (nil, 5, 5), (0, nil, 0)])
  func concurrentRegistrationsAreLimited(site limit: Int?, extension own: Int?, allowed: Int) throws {
    let site = benchSite { site in
      site.concurrentRegistrations = limit
      for index in site.extensions.indices { site.extensions[index].concurrentRegistrations = own }
    }
    var bench = Bench(site: site)
    var exchange = phone
    for (index, contact) in contacts(allowed + 1).enumerated() {
      exchange = exchange.register(at: Double(index), contacts: [contact], expires: 600).reply(200, at: Double(index))
    }
    try bench.play(exchange.messages, until: 50)
    #expect(bench.appliance.registry.bindings(of: "1000").count == allowed)
    let refusal = JournalEvent.registrationRefused(number: "1000", reason: .concurrentRegistrations, status: 403)
    #expect(bench.count { $0 == refusal } == 1)
    #expect(bench.appliance.tally.assumptions[.excessRegistrationIsRefused] == 1)
    let leant = bench.appliance.tally.assumptions[.concurrentRegistrationsDefault] != nil
    #expect(leant == (limit == nil && own == nil))
    #expect(bench.appliance.ledger.users.inUse == (allowed == 0 ? 0 : 1))
  }

  @Test func aRegisterOverTheLimitIsRefusedAsAWhole() throws {
    var bench = Bench()
    try bench.play(phone.register(at: 0, contacts: contacts(4), expires: 60).reply(200, at: 0).messages, until: 1)
    #expect(bench.appliance.registry.registeredExtensions == 0)
    #expect(bench.appliance.tally.registrationsRefused == 1)
  }

  @Test func aPhoneMayChangeItsContactWithinTheLimit() throws {
    var bench = Bench(profile: profile(users: 1), site: benchSite { $0.concurrentRegistrations = 1 })
    let exchange = phone.register(at: 0, contacts: ["<sip:1000@192.0.2.20>"], expires: 60).reply(200, at: 0)
      .register(at: 1, contacts: ["<sip:1000@192.0.2.21>", "<sip:1000@192.0.2.20>;expires=0"], expires: 60)
      .reply(200, at: 1)
    try bench.play(exchange.messages, until: 2)
    #expect(bench.appliance.registry.bindings(of: "1000").map(\.contact) == ["sip:1000@192.0.2.21"])
    #expect(bench.appliance.tally.registrationsRefused == 0)
    #expect(bench.appliance.ledger.users.inUse == 1)
  }

  @Test func aWildcardGivesOnePlaceBackHoweverManyContactsGo() throws {
    var bench = Bench(profile: profile(users: 2))
    let other = Registering("1001@192.0.2.12", at: pbxAddress).register(at: 0, expires: 600).reply(200, at: 0)
    let exchange = phone.register(at: 1, contacts: contacts(3), expires: 600).reply(200, at: 1)
      .register(at: 2, contacts: ["*"], expires: 0).reply(200, at: 2)
    try bench.play(other.messages + exchange.messages, until: 3)
    #expect(bench.appliance.ledger.users.inUse == 1)
    #expect(bench.appliance.tally.bindingsRemoved == 3)
  }

  @Test func oneExtensionMoreThanTheUsersIsRefused() throws {
    var bench = Bench(profile: profile(users: 1))
    let second = Registering("1001@192.0.2.12", at: pbxAddress)
    let messages =
      phone.register(at: 0, expires: 20).reply(200, at: 0).messages
      + second.register(at: 1, expires: 60).reply(200, at: 1).register(at: 30, expires: 60).reply(200, at: 30).messages
    try bench.play(messages, until: 31)
    #expect(bench.count { $0 == .registrationRefused(number: "1001", reason: .users, status: 403) } == 1)
    #expect(bench.appliance.tally.assumptions[.userLimitRefusesRegistration] == 1)
    #expect(bench.appliance.registry.isRegistered("1001"))
    #expect(bench.appliance.ledger.users.refusals == 1)
  }

  @Test func anUnknownNumberOfUsersRefusesNobody() throws {
    var bench = Bench()
    let phones = (0..<40).flatMap { index in
      Registering("20\(10 + index)@192.0.2.\(index)", at: pbxAddress).register(at: 0).reply(200, at: 0).messages
    }
    try bench.play(phones, until: 1)
    #expect(bench.appliance.ledger.users.inUse == 40)
    #expect(bench.appliance.tally.registrationsRefused == 0)
  }

  @Test func whatTheRecordedBoxRefusedStaysRefused() throws {
    var bench = Bench()
    try bench.play(phone.register(at: 0).reply(403, at: 0.1).messages, until: 1)
    #expect(bench.count { $0 == .registrationRefused(number: "1000", reason: .asRecorded, status: 403) } == 1)
    #expect(bench.states(of: "1000").isEmpty)
    #expect(bench.appliance.registry.registeredExtensions == 0)
  }

  @Test(arguments: [(true, true, true), (true, false, false), (false, true, false)])
  func aRegisterNobodyAnsweredCountsWithCredentials(setting: Bool, credentials: Bool, counts: Bool) throws {
    var settings = ApplianceSettings()
    settings.countsUnansweredRegister = setting
    var bench = Bench(settings: settings)
    try bench.play(phone.register(at: 0, expires: 600, credentials: credentials).messages, until: 40)
    #expect(bench.appliance.registry.isRegistered("1000") == counts)
    #expect((bench.appliance.tally.assumptions[.unansweredRegisterCounts] != nil) == counts)
  }

  @Test func aRegistrationThatIsRefreshedForEverKeepsTheQueueSmall() throws {
    var registry = ExtensionRegistry()
    let source = try #require(IPEndpoint("192.0.2.11:5060"))
    for second in 0..<5000 {
      let contact = RegistrationEvent.ContactChange(uri: "sip:1000@192.0.2.11", expiresSeconds: 4_000_000_000)
      _ = registry.apply(contact, to: "1000", source: source, bindingsMax: 1, at: moment(Double(second)))
    }
    #expect(registry.popExpired(at: moment(4_000_004_998)) == nil)
    #expect(registry.popExpired(at: moment(4_000_004_999))?.number == "1000")
    #expect(registry.popExpired(at: .distantFuture) == nil)
  }
}
