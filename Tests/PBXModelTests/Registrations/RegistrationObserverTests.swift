import PBXModel
import Primitives
import TestSupport
import Testing

@Suite struct RegistrationObserverTests {
  private func observe(_ exchanges: Registering..., pbx: PBXAddresses = pbx, until: Bool = false) throws
    -> (events: [RegistrationEvent], observer: RegistrationObserver)
  {
    var observer = RegistrationObserver(pbx: pbx)
    var events: [RegistrationEvent] = []
    try deliver(exchanges.flatMap(\.messages)) { message in observer.receive(message) { events.append($0) } }
    if until { observer.finish { events.append($0) } }
    return (events, observer)
  }

  private let phone = Registering("1000@192.0.2.11", at: pbxAddress)
  private let own = "sip:1000@192.0.2.11:5060"

  @Test func aChallengeAndAnAcceptanceAreTwoEvents() throws {
    let exchange = phone.register(at: 0, expires: 120, credentials: false).reply(401, at: 0.1)
      .register(at: 0.2, expires: 120).reply(200, at: 0.3)
    let events = try observe(exchange).events
    #expect(events.map(\.outcome) == [.challenged, .accepted([.init(uri: own, expiresSeconds: 120)])])
    #expect(events.map(\.hasCredentials) == [false, true])
    #expect(events.map(\.time) == [moment(0.1), moment(0.3)])
    #expect(events.allSatisfy { $0.number == "1000" && $0.source.description == "192.0.2.11:5060" })
  }

  /// RFC 3261 section 10.2.4: what the registrar grants counts, then what was asked for.
  @Test(arguments: [
    ("<sip:1000@192.0.2.11:5060>;expires=300", 200, ["Contact: <sip:1000@192.0.2.11:5060>;expires=60"], 60),
    ("<sip:1000@192.0.2.11:5060>;expires=300", 200, ["Contact: <sip:1000@198.51.100.9:1024>;expires=61"], 61),
    ("<sip:1000@192.0.2.11:5060>;expires=300", 200, ["Expires: 90"], 90),
    ("<sip:1000@192.0.2.11:5060>;expires=300", 200, [], 300),
    ("<sip:1000@192.0.2.11:5060>", 200, [], 200),
    ("<sip:1000@192.0.2.11:5060>", nil, [], 3600),
    ("<sip:1000@192.0.2.11:5060>;expires=soon", nil, [], 3600),
    ("<sip:1000@192.0.2.11:5060>;expires=99999999999", 200, [], 200),
    ("<sip:1000@192.0.2.11:5060>;expires=0", 200, ["Expires: 200"], 0),
    ("<sip:1000@192.0.2.11:5060>", 0, [], 0),
  ])
  func theLifeOfABindingIsWhatWasGranted(contact: String, header: Int?, answer: [String], seconds: UInt32) throws {
    let exchange = phone.register(at: 0, contacts: [contact], expires: header).reply(200, at: 0.1, headers: answer)
    #expect(try observe(exchange).events.map(\.outcome) == [.accepted([.init(uri: own, expiresSeconds: seconds)])])
  }

  @Test func severalContactsKeepTheirOwnTimes() throws {
    let exchange = phone.register(at: 0, contacts: ["<sip:a@192.0.2.11>;expires=0, <sip:b@192.0.2.12>"], expires: 600)
      .reply(200, at: 0.1, headers: ["Contact: <sip:b@192.0.2.12>;expires=500, <sip:c@192.0.2.13>;expires=400"])
    let expected: RegistrationEvent.Outcome = .accepted([
      .init(uri: "sip:a@192.0.2.11", expiresSeconds: 0), .init(uri: "sip:b@192.0.2.12", expiresSeconds: 500),
    ])
    #expect(try observe(exchange).events.map(\.outcome) == [expected])
  }

  @Test func aWildcardRemovesAll() throws {
    let exchange = phone.register(at: 0, contacts: ["*"], expires: 0).reply(200, at: 0.1)
    #expect(try observe(exchange).events.map(\.outcome) == [.removedAll])
  }

  @Test(arguments: [nil, 60])
  func aWildcardThatDoesNotExpireRemovesNothing(expires: Int?) throws {
    let exchange = phone.register(at: 0, contacts: ["*"], expires: expires).reply(200, at: 0.1)
    #expect(try observe(exchange).events.map(\.outcome) == [.queried])
  }

  @Test func aRegisterWithoutContactOnlyAsks() throws {
    let exchange = phone.register(at: 0, contacts: []).reply(200, at: 0.1)
    #expect(try observe(exchange).events.map(\.outcome) == [.queried])
  }

  @Test(arguments: [400, 403, 404, 423, 503])
  func aRefusalKeepsItsStatus(status: Int) throws {
    let exchange = phone.register(at: 0).reply(status, at: 0.1)
    #expect(try observe(exchange).events.map(\.outcome) == [.refused(status: status)])
  }

  @Test func whatNobodyAnsweredIsReportedWithTheTimeItWasSent() throws {
    let events = try observe(phone.register(at: 0, expires: 120), until: true).events
    #expect(events.map(\.outcome) == [.unanswered([.init(uri: own, expiresSeconds: 120)])])
    #expect(events.first?.time == moment(0))
  }

  @Test func whatNobodyAnsweredIsReportedOnceTimerFHasRun() throws {
    let other = Registering("1001@192.0.2.12", at: pbxAddress)
    let before = other.register(at: 31.9)
    #expect(try observe(phone.register(at: 0), before).events.isEmpty)
    let after = other.register(at: 32)
    #expect(try observe(phone.register(at: 0), after).events.map(\.number) == ["1000"])
  }

  @Test func retransmissionsOfRequestAndResponseAreCountedOnly() throws {
    let request = phone.register(at: 0).again(at: 0.5)
    let (events, observer) = try observe(request.reply(200, at: 0.6).again(at: 0.7), request.again(at: 1).since(0.9))
    #expect(events.count == 1)
    #expect(observer.counts.retransmissions == 3)
    #expect(observer.counts.withoutRequest == 0)
  }

  @Test func aProvisionalResponseDecidesNothing() throws {
    #expect(try observe(phone.register(at: 0).reply(100, at: 0.1)).events.isEmpty)
  }

  @Test func registersThePBXSendsAreCountedOnly() throws {
    let carrier = Registering("trunk@192.0.2.2", at: "198.51.100.1").register(at: 0).reply(200, at: 0.1)
    let (events, observer) = try observe(carrier, until: true)
    #expect(events.isEmpty)
    #expect(observer.counts.byPBX == 1)
  }

  @Test func registersPastThePBXAreLeftAlone() throws {
    let elsewhere = Registering("x@192.0.2.77", at: "198.51.100.1").register(at: 0).reply(200, at: 0.1)
    #expect(try observe(elsewhere, until: true).events.isEmpty)
  }

  @Test func withoutAPBXEveryRegisterCounts() throws {
    let elsewhere = Registering("x@192.0.2.77", at: "198.51.100.1").register(at: 0).reply(200, at: 0.1)
    #expect(try observe(elsewhere, pbx: PBXAddresses([])).events.count == 1)
  }

  @Test func aResponseToNothingIsCounted() throws {
    let lost = phone.register(at: 0).reply(200, at: 1)
    let (events, observer) = try observe(lost.since(1))
    #expect(events.isEmpty)
    #expect(observer.counts.withoutRequest == 1)
  }

  @Test func aRegisterOfNobodyIsMalformed() throws {
    let nobody = Registering("192.0.2.11", at: pbxAddress).register(at: 0)
    let (events, observer) = try observe(nobody, until: true)
    #expect(events.isEmpty)
    #expect(observer.counts.malformed == 1)
  }

  @Test func tooManyOpenRegistersPushOutTheOldest() throws {
    var observer = RegistrationObserver(pbx: pbx)
    var unanswered = 0
    let messages = (0...RegistrationObserver.pendingMax).flatMap { index in
      Registering("\(index)@192.0.2.11", at: pbxAddress, callID: "r\(index)").register(at: 0).messages
    }
    try deliver(messages) { message in observer.receive(message) { _ in unanswered += 1 } }
    observer.finish { _ in unanswered += 1 }
    #expect(observer.counts.evicted == 1)
    #expect(unanswered == RegistrationObserver.pendingMax)
  }
}
