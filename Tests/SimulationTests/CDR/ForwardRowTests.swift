import HardwareProfiles
import PBXModel
import Primitives
import Simulation
import TestSupport
import Testing

/// Calls that reach somebody else than was dialled: forwards, Follow Me, a second trunk, and the phones' own names.
@Suite struct ForwardRowTests {
  private let caller = Dialogue(from: "1000@192.0.2.100", to: "1001@192.0.2.2", callID: "a").invite(at: 0)
    .trying(at: 0.1)

  private func leg(to number: String, host: String, id: String) -> Dialogue {
    Dialogue(from: "1000@192.0.2.2", to: "\(number)@\(host)", callID: id)
  }

  private func site(_ change: (inout Extension) -> Void) -> Site {
    benchSite { site in
      guard let index = site.extensions.firstIndex(where: { $0.number == "1001" }) else { return }
      change(&site.extensions[index])
    }
  }

  private func rows(_ calls: [Dialogue], site: Site) throws -> [CDRRecord] {
    var bench = Bench(site: site)
    try bench.play(calls, until: 200)
    return bench.rows
  }

  @Test(arguments: [
    ("always", "CALLFORWARD"), ("busy", "CALLFORWARD"), ("noAnswer", "CALLFORWARD"), ("followMe", "FOLLOWME"),
    ("elsewhere", "DIAL"),
  ])
  func whoIsRungInsteadIsRungForTheExtensionThatSaysSo(kind: String, action: String) throws {
    let site = site { account in
      switch kind {
      case "always": account.forwardAlways = "1002"
      case "busy": account.forwardBusy = "1002"
      case "noAnswer": account.forwardNoAnswer = "1002"
      case "followMe": account.followMe = ["1003", "1002"]
      default: account.followMe = ["1003"]
      }
    }
    let target = leg(to: "1002", host: "192.0.2.102", id: "b").invite(at: 0.2).ok(at: 3).bye(at: 9)
    let row = try #require(try rows([caller.ok(at: 3.1).bye(at: 9), target], site: site).first)
    #expect(row.actionType == action)
    #expect(row.actionOwner == (action == "DIAL" ? "1000" : "1001"))
    #expect(row.dst == "1002" && row.disposition == .answered)
  }

  @Test func anExtensionRungItselfIsNoForward() throws {
    let own = leg(to: "1001", host: "192.0.2.101", id: "b").invite(at: 0.2).ok(at: 3).bye(at: 9)
    let rows = try rows([caller.ok(at: 3.1).bye(at: 9), own], site: site { $0.forwardAlways = "1002" })
    #expect(rows.map(\.actionType) == ["DIAL"])
  }

  @Test func theSecondTrunkHasARowBehindThatOfTheFirst() throws {
    let site = benchSite {
      $0.trunks.append(
        Trunk(index: 4, name: "Second", addresses: [IPEndpoint("198.51.100.2")].compactMap(\.self)))
    }
    let dialled = Dialogue(from: "1000@192.0.2.100", to: "0305550001@192.0.2.2", callID: "a").invite(at: 0)
      .trying(at: 0.1).ok(at: 4).bye(at: 9)
    let first = leg(to: "0305550001", host: "198.51.100.1", id: "b").invite(at: 0.2).refuse(503, at: 0.4)
    let second = leg(to: "0305550001", host: "198.51.100.2", id: "c").invite(at: 0.5).ok(at: 3.9).bye(at: 9)
    let rows = try rows([dialled, first, second], site: site)
    #expect(rows.map(\.dstchannelExt) == ["trunk_3", "trunk_4"])
    #expect(rows.map(\.dstTrunkName) == ["Carrier", "Second"])
    #expect(rows.map(\.disposition) == [.failed, .answered])
    #expect(rows.map(\.userfield) == [.outbound, .outbound])
  }

  @Test(arguments: [
    ("Grandstream GXP2170 1.0.11.64", "Grandstream GXP2170"), ("Yealink SIP-T46S 66.85.0.5", "Yealink SIP-T46S"),
    ("Linphone/4.2", "Linphone/4.2"), ("", ""), ("1.2.3 odd", "1.2.3 odd"),
    (String(repeating: "x", count: 500), String(repeating: "x", count: 64)),
  ])
  func the63xxNamesThePhonesThatRegistered(userAgent: String, model: String) throws {
    var traits = ModelTraits()
    traits.cdrSchema = ModelTrait(value: .fields43, source: "test", certainty: .assumed, confidence: .low)
    let profile = Profile(
      model: "Bench", family: Family(name: "bench", displayName: "Bench"), limits: [:], traits: traits)
    var bench = Bench(profile: profile)
    var effects: [Effect] = []
    let source = try #require(IPEndpoint("192.0.2.101:5060"))
    let contact = RegistrationEvent.ContactChange(uri: "sip:1001@10.0.0.7:5060", expiresSeconds: 3600)
    bench.appliance.receive(
      .registration(
        RegistrationEvent(
          number: "1001", source: source, frame: 1, time: moment(0), hasCredentials: true, userAgent: userAgent,
          outcome: .accepted([contact]))), at: moment(0), effects: &effects)
    let own = leg(to: "1001", host: "192.0.2.101", id: "b").invite(at: 0.2).ok(at: 3).bye(at: 9)
    try bench.play([caller.ok(at: 3.1).bye(at: 9), own], until: 100)
    let row = try #require(bench.rows.first)
    #expect(row.deviceInfoPeer == model && row.deviceInfo.isEmpty)
    #expect(row.isNATCallOfPeer == true && row.isNATCall == false)
  }
}
