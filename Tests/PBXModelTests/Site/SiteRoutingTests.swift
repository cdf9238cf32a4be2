import PBXModel
import Testing

@Suite struct SiteRoutingTests {
  private let phone = Party.account("1000")
  private let trunk = Party.trunk(name: "Carrier", index: 1)

  private func route(_ pattern: String, _ destination: Destination) throws -> InboundRoute {
    InboundRoute(pattern: try #require(DialPattern(pattern)), destination: destination)
  }

  @Test func aNumberNobodyKnowsReachesItself() {
    #expect(Site().reachable(from: "1000", by: phone) == ["1000"])
    #expect(Site().reachable(from: "", by: phone).isEmpty)
  }

  @Test func forwardsInACircleComeToAnEnd() {
    var site = Site()
    for (number, next) in [("1000", "1001"), ("1001", "1002"), ("1002", "1000")] {
      var account = Extension(number: number)
      account.forwardAlways = next
      account.forwardBusy = number
      site.extensions.append(account)
    }
    #expect(Set(site.reachable(from: "1000", by: phone)) == ["1000", "1001", "1002"])
  }

  @Test func aGroupThatHoldsItselfComesToAnEnd() {
    var site = Site()
    site.ringGroups = [RingGroup(number: "6400", members: ["6400", "1000"])]
    var queue = Queue(number: "6500", members: ["6400"])
    queue.timeoutDestination = .queue("6500")
    site.queues = [queue]
    #expect(Set(site.reachable(from: "6500", by: phone)) == ["6500", "6400", "1000"])
  }

  @Test func aMenuReachesWhatItsKeysLeadTo() {
    var site = Site()
    var ivr = IVR(number: "7000")
    ivr.keys = ["0": .account("1000"), "1": .ringGroup("6400"), "9": .hangUp]
    site.ivrs = [ivr]
    site.ringGroups = [RingGroup(number: "6400", members: ["1001"])]
    #expect(Set(site.reachable(from: "7000", by: phone)) == ["7000", "1000", "6400", "1001"])
  }

  @Test func whatIsReachableHasALimit() {
    var site = Site()
    site.ringGroups = [RingGroup(number: "6400", members: (1000..<2000).map(String.init))]
    #expect(site.reachable(from: "6400", by: phone).count == 64)
  }

  /// A leading `+` goes with the digits removed and is not counted.
  @Test(arguments: [
    ("+493000001000", 8, "1000"), ("493000001000", 8, "1000"), ("1000", 0, "1000"), ("12", 5, ""), ("12", -1, "12"),
  ])
  func aDIDLosesItsFirstDigits(did: String, strip: Int, number: String) {
    #expect(Site().numbers(of: .byDID(strip: strip), dialled: did) == [number])
  }

  @Test func aDIDTakesTheRouteThatSpellsOutMostOfIt() throws {
    var site = Site()
    site.inboundRoutes = [
      try route("+4930.", .account("1")), try route("+493000XX", .account("2")), try route("+49.", .account("3")),
    ]
    #expect(site.inboundRoute(for: "+49300012", from: trunk)?.destination == .account("2"))
    #expect(site.inboundRoute(for: "+4930001", from: trunk)?.destination == .account("1"))
    #expect(site.inboundRoute(for: "+33000000", from: trunk) == nil)
    #expect(Set(site.reachable(from: "+49300012", by: trunk)) == ["+49300012", "2"])
  }

  @Test func aRouteServesOnlyItsTrunks() throws {
    var site = Site()
    var own = try route("+49300012", .account("1"))
    own.trunks = ["Other"]
    site.inboundRoutes = [own, try route("+49.", .account("2"))]
    #expect(site.inboundRoute(for: "+49300012", from: trunk)?.destination == .account("2"))
    #expect(site.inboundRoute(for: "+49300012", from: .trunk(name: "Other", index: 2))?.destination == .account("1"))
    #expect(site.inboundRoute(for: "+49300012", from: phone) == nil)
  }

  @Test func anOutboundRouteStripsAndPrepends() throws {
    var site = Site()
    var route = OutboundRoute(index: 2, name: "out", patterns: [try #require(DialPattern("9."))], trunk: "carrier")
    route.strip = 1
    route.prepend = "+49"
    site.outboundRoutes = [route]
    #expect(Set(site.reachable(from: "930000001", by: phone)) == ["930000001", "+4930000001"])
    #expect(site.outboundRoute(for: "1000") == nil)
  }
}
