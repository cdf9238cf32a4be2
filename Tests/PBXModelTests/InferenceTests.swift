import PBXModel
import Primitives
import TestSupport
import Testing

@Suite struct InferenceTests {
  private func infer(_ messages: [WrittenMessage]) throws -> (address: IPAddress, signs: PBXInference.Signs)? {
    var inference = PBXInference()
    try deliver(messages) { inference.receive($0) }
    return inference.best
  }

  @Test func thePBXIsWhoAnswersRegistersAndBridgesCalls() throws {
    let register = Registering("1000@192.0.2.11", at: "192.0.2.2").register(at: 0, credentials: false)
      .reply(401, at: 0.1).register(at: 0.2).reply(200, at: 0.3)
    let caller = incoming("1000", host: 11, dials: "1001").invite(at: 1).ok(at: 3)
    let callee = outgoing("1000", to: "1001", host: 12).invite(at: 2).ok(at: 2.5)
    let best = try #require(try infer(register.messages + caller.messages + callee.messages))
    #expect(best.address.description == "192.0.2.2")
    #expect(best.signs.registrationsAccepted == 1)
    #expect(best.signs.challengesSent == 1)
    #expect(best.signs.invitesReceived == 1)
    #expect(best.signs.invitesSent == 1)
    #expect(best.signs.weight == 4)
  }

  @Test func aNameIsASignToo() throws {
    let named = Registering("1000@192.0.2.11", at: "192.0.2.2").register(at: 0)
      .reply(200, at: 0.1, headers: ["Server: Asterisk PBX"]).register(at: 1)
      .reply(200, at: 1.1, headers: ["Server: Asterisk PBX"])
    #expect(try infer(named.messages)?.signs.namesItselfPBX == true)
  }

  @Test func phonesAloneAreNoPBX() throws {
    let call = Dialogue(from: "a@192.0.2.11", to: "b@192.0.2.12", callID: "x").invite(at: 0).ok(at: 1)
    #expect(try infer(call.messages) == nil)
    #expect(try infer([]) == nil)
  }

  @Test(arguments: [
    ("192.0.2.3", "192.0.2.2", "192.0.2.2"), ("192.0.2.2", "192.0.2.3", "192.0.2.2"),
    ("[2001:db8:2::1]:5060", "[2001:db8:1::1]:5060", "2001:db8:1::1"),
    ("[2001:db8::1]:5060", "192.0.2.9", "192.0.2.9"),
  ])
  func aTieGoesToTheLowerAddress(one: String, other: String, winner: String) throws {
    let first = Registering("1000@192.0.2.11", at: one).register(at: 0).reply(200, at: 0.1)
    let second = Registering("1000@192.0.2.12", at: other).register(at: 0).reply(200, at: 0.1)
    #expect(try infer(first.messages + second.messages)?.address.description == winner)
  }
}
