import CRMConnectors
import Foundation
import PBXModel
import Primitives
import Reports
import Simulation
import TestSupport

extension UnusualCauseTests {
  static let busy = ExplainedCall([
    incoming("1000", dials: "1001").invite(at: 0).trying(at: 0.1).refuse(486, at: 1.1),
    outgoing("1000", to: "1001").invite(at: 0.2).refuse(486, at: 1),
  ])

  /// The caller's leg alone, refused.
  private static func refused(_ dialled: String, _ status: Int) -> ExplainedCall {
    ExplainedCall([incoming("1000", dials: dialled).invite(at: 0).trying(at: 0.1).refuse(status, at: 0.2)])
  }

  private static func calleeRefuses(_ status: Int) -> ExplainedCall {
    ExplainedCall([
      incoming("1000", dials: "1001").invite(at: 0).trying(at: 0.1).refuse(480, at: 1.1),
      outgoing("1000", to: "1001").invite(at: 0.2).ringing(at: 0.5).refuse(status, at: 1),
    ])
  }

  /// 1000 and 1001 talk from 2 s on; the caller hangs up at 9 s.
  private static let caller = incoming("1000", dials: "1001").invite(at: 0).trying(at: 0.1).ringing(at: 1).ok(at: 2)
  private static let callee = outgoing("1000", to: "1001").invite(at: 0.2).ringing(at: 1).ok(at: 2)

  static func answeredInbound(from number: String) -> ExplainedCall {
    ExplainedCall([
      fromTrunk(number, dials: "1001").invite(at: 0).trying(at: 0.1).ringing(at: 1).ok(at: 2).bye(at: 9),
      outgoing(number, to: "1001").invite(at: 0.2).ringing(at: 1).ok(at: 2).bye(at: 9.1),
    ])
  }

  /// A call from outside of which the CRM module journals `events`.
  private static func asked(_ events: JournalEvent..., user: String = "1001") -> ExplainedCall {
    answeredInbound(from: "+49301").with {
      $0.crmExtensions = [user]
      $0.journal = events
    }
  }

  private static let first = Call.ID(rawValue: 1)
  private static let anna = CRMRecordReference(table: .contacts, id: "c1", name: "Anna")
  private static let fault = CRMFailure(status: 400, code: "invalid_code")
  private static let found = JournalEvent.crmLookup(call: first, number: "+49301", outcome: .found(anna))

  static let plain: [Case] = [
    Case("within the office", plain: ExplainedCall(answeredCall())),
    Case(
      "challenged first",
      plain: ExplainedCall([
        incoming("1000", dials: "1001").invite(at: 0).challenge(at: 0.01).invite(at: 0.02, credentials: true)
          .trying(at: 0.03).ringing(at: 1).ok(at: 2).bye(at: 9),
        outgoing("1000", to: "1001").invite(at: 0.2).ringing(at: 1).ok(at: 2).bye(at: 9.1),
      ])),
    Case(
      "a second phone rang beside the one that answered",
      plain: ExplainedCall([
        caller.bye(at: 9), callee.bye(at: 9.1),
        outgoing("1000", to: "1001", host: 13, callID: "out-2").invite(at: 0.2).ringing(at: 1).cancel(at: 2)
          .refuse(487, at: 2),
      ])),
    Case("from outside, no CRM", plain: answeredInbound(from: "anonymous")),
    Case("found and recorded", plain: asked(found, .crmLog(call: first, outcome: .logged(id: "7")))),
    Case(
      "to the outside",
      plain: ExplainedCall([
        incoming("1000", dials: "0301").invite(at: 0).trying(at: 0.1).ringing(at: 1).ok(at: 2).bye(at: 9),
        toTrunk("1000", "0301").invite(at: 0.2).ringing(at: 1).ok(at: 2).bye(at: 9.1),
      ])),
    Case("the last of the model's places", plain: ExplainedCall(answeredCall()).with { $0.callsMax = 1 }),
  ]

  static let unusual: [Case] = ofTrace + ofCaller + ofCallee + ofTurns + ofCRM

  private static let callsFromOutside: [any WrittenExchange] = [
    fromTrunk("+49301", dials: "1001").invite(at: 0).ringing(at: 1).ok(at: 2).bye(at: 90),
    fromTrunk("+49302", dials: "1001", callID: "in-2").invite(at: 10).ringing(at: 11).ok(at: 12).bye(at: 90),
  ]

  private static let refusedPhone: [any WrittenExchange] = [
    Registering("1001@192.0.2.12", at: pbxAddress).register(at: -10, expires: 3600).reply(200, at: -10)
  ]

  private static let ofTrace: [Case] = [
    Case(
      "up at the start", .ranAtStart, "start is unknown",
      ExplainedCall([incoming("1000", dials: "1001").reInvite(at: 1).bye(at: 3)])),
    Case(
      "the callee's side alone", .oneSideOnly, "caller's side", ExplainedCall([callee.bye(at: 9)])),
    Case(
      "no PBX known", .oneSideOnly, "Neither end",
      ExplainedCall([caller.bye(at: 9)]).with { $0.pbx = PBXAddresses([]) }),
    Case(
      "cut by a power failure", .powerFailure, "failed while the call was up",
      ExplainedCall(answeredCall()).with { $0.powerCutAt = 4 }),
    Case(
      "while it is down", .powerFailure, "was down", ExplainedCall(answeredCall()).with { $0.powerCutAt = -1 }),
    Case("over the limit", .refusedByLimit, "all its 0 places", ExplainedCall(answeredCall()).with { $0.callsMax = 0 }),
    Case(
      "over a trunk's cap", .refusedByTrunkLimit, "trunk Carrier had as many calls in",
      ExplainedCall(callsFromOutside).with {
        $0.site.trunks[0].incomingCallsMax = 1
        $0.number = 2
      }),
    Case(
      "registered on the recorded box alone", .notRegisteredHere, "extension 1001 is not registered there",
      ExplainedCall(refusedPhone + answeredCall()).with { $0.site.concurrentRegistrations = 0 }),
    Case(
      "who answered is missing", .outcomeUnknown, "is not known",
      ExplainedCall(refusedPhone + [caller.bye(at: 9), callee.bye(at: 9)]).with {
        $0.site.concurrentRegistrations = 0
        $0.site.extensions[1].followMe = ["1002"]
      }),
    Case("a leg's end is missing", .messageMissing, "how leg 2 ended", ExplainedCall([caller.bye(at: 9), callee])),
    Case(
      "no final answer to the caller", .messageMissing, "no final answer",
      ExplainedCall([incoming("1000", dials: "1001").invite(at: 0).trying(at: 0.1)]).with { $0.end = 1000 }),
    Case("still up", .stillRunning, "still runs", ExplainedCall([caller, callee]).with { $0.end = 10 }),
  ]

  private static let ofCaller: [Case] = [
    Case(
      "no credentials", .unauthenticated, "credentials",
      ExplainedCall([incoming("1000", dials: "1001").invite(at: 0).ringing(at: 0.1).challenge(at: 0.2)]).with {
        $0.end = 1000
      }),
    Case(
      "no contact", .notRegistered, "No phone was registered at extension 1001",
      refused("1001", 480).with { $0.site = office { $0.extensions[1].registers = true } }),
    Case("no contact, by the PBX's word", .notRegistered, "knew no phone", refused("1001", 480)),
    Case("no such number", .unknownNumber, "4711 leads nowhere", refused("4711", 404)),
    Case("forbidden", .noPermission, "403", refused("0900", 403)),
    Case("congestion", .refusedByPBX, "503", refused("0301", 503)),
    Case(
      "gave up before anybody was dialled", .cancelledByCaller, "before anybody",
      ExplainedCall([
        incoming("1000", dials: "1001").invite(at: 0).trying(at: 0.1).cancel(at: 1).refuse(487, at: 1)
      ])),
    Case(
      "the PBX itself", .answeredByPBX, "does not say with what",
      ExplainedCall([incoming("1000", dials: "*97").invite(at: 0).trying(at: 0.1).ok(at: 0.2).bye(at: 9)])),
    Case(
      "a menu", .answeredByPBX, "voice menu 7000",
      ExplainedCall([incoming("1000", dials: "7000").invite(at: 0).trying(at: 0.1).ok(at: 0.2).bye(at: 9)]).with {
        $0.site.ivrs = [IVR(number: "7000")]
      }),
  ]

  private static let ofCallee: [Case] = [
    Case("busy", .busy, "Extension 1001 was busy: it answered 486", busy),
    Case("declined", .declined, "603", calleeRefuses(603)),
    Case("sent on", .forwarded, "302", calleeRefuses(302)),
    Case("refused", .refusedByCallee, "500", calleeRefuses(500)),
    Case(
      "forwarded always", .forwarded, "forwards all its calls to 1002",
      ExplainedCall([caller.bye(at: 9), outgoing("1000", to: "1002").invite(at: 0.2).ok(at: 2).bye(at: 9)]).with {
        $0.site = office { $0.extensions[1].forwardAlways = "1002" }
      }),
    Case(
      "silent phone", .noReaction, "1001",
      ExplainedCall([
        incoming("1000", dials: "1001").invite(at: 0).trying(at: 0.1).refuse(480, at: 12),
        outgoing("1000", to: "1001").invite(at: 0.2).cancel(at: 12),
      ])),
    Case(
      "nobody lifted", .noAnswer, "after 11 s",
      ExplainedCall([
        incoming("1000", dials: "1001").invite(at: 0).trying(at: 0.1).ringing(at: 0.5).refuse(480, at: 12),
        outgoing("1000", to: "1001").invite(at: 0.2).ringing(at: 0.4).cancel(at: 12).refuse(487, at: 12),
      ])),
    Case(
      "the caller gave up", .cancelledByCaller, "gave up after 4 s",
      ExplainedCall([
        incoming("1000", dials: "1001").invite(at: 0).trying(at: 0.1).ringing(at: 0.5).cancel(at: 5)
          .refuse(487, at: 5),
        outgoing("1000", to: "1001").invite(at: 0.2).ringing(at: 0.4).cancel(at: 5).refuse(487, at: 5),
      ])),
    Case(
      "answered too late", .answerNotPassedOn, "caller was gone",
      ExplainedCall([
        incoming("1000", dials: "1001").invite(at: 0).trying(at: 0.1).ringing(at: 0.5).cancel(at: 5)
          .refuse(487, at: 5),
        outgoing("1000", to: "1001").invite(at: 0.2).ringing(at: 0.4).ok(at: 4.99).bye(at: 5.1),
      ])),
  ]

  private static let ofTurns: [Case] = [
    Case(
      "blind transfer", .transferred, "1002 (blind transfer)",
      ExplainedCall([
        caller.bye(at: 9), callee.refer(to: "1002", by: .callee, at: 4).bye(by: .callee, at: 4.2),
        outgoing("1000", to: "1002", host: 13, callID: "out-2").invite(at: 4.1).ringing(at: 4.2).ok(at: 5).bye(at: 9),
      ])),
    Case(
      "parked", .parked, "at 701",
      ExplainedCall([caller.bye(at: 9), callee.refer(to: "700", by: .callee, at: 4).bye(by: .callee, at: 4.2)]).with {
        $0.site.parking = Parking(number: "700", slots: 701...720)
      }),
    Case(
      "consultation of an attended transfer", .transferred, "went over into call 1",
      consultation.with { $0.number = 2 }),
    Case("attended transfer", .transferred, "(attended transfer)", consultation),
    Case("picked up", .pickedUp, "picked the call up", pickup),
    Case("what picked it up", .joinedIntoAnother, "part of call 1", pickup.with { $0.number = 2 }),
  ]

  /// 1001, called by 1000, asks 1002 and puts the two together.
  private static let consultation = ExplainedCall([
    caller.bye(at: 9), callee.refer(to: "1002", by: .callee, at: 6).replacing("in-2").bye(by: .callee, at: 6.2),
    incoming("1001", host: 12, dials: "1002", callID: "in-2").invite(at: 3).trying(at: 3.05).ringing(at: 3.2)
      .ok(at: 4).bye(by: .callee, at: 6.3),
    outgoing("1001", to: "1002", host: 13, callID: "out-2").invite(at: 3.1).ringing(at: 3.2).ok(at: 4).bye(at: 9),
  ])

  /// 1002 takes what rings at 1001.
  private static let pickup = ExplainedCall([
    incoming("1000", dials: "1001").invite(at: 0).trying(at: 0.1).ringing(at: 1).ok(at: 3.1).bye(at: 9),
    outgoing("1000", to: "1001").invite(at: 0.2).ringing(at: 1).cancel(at: 3.1).refuse(487, at: 3.1),
    incoming("1002", host: 14, dials: "**1001", callID: "in-2").invite(at: 2.9).trying(at: 2.95).ok(at: 3)
      .bye(by: .callee, at: 9),
  ])

  private static let ofCRM: [Case] = [
    Case("no user", .noCRMUser, "1001 has no CRM user", asked(user: "1005")),
    Case(
      "withheld", .withheldNumber, "withheld",
      answeredInbound(from: "anonymous").with { $0.crmExtensions = ["1001"] }),
    Case(
      "no login", .crmLoginFailed, "invalid_code (400)",
      asked(.crmLookup(call: first, number: "+49301", outcome: .failed(fault))).with {
        $0.loginEvents = [.crmLogin(extensions: ["1001"], status: .loggedOut(.refreshTokenDead, fault))]
      }),
    Case(
      "lookup failed", .lookupFailed, "invalid_code",
      asked(.crmLookup(call: first, number: "+49301", outcome: .failed(fault)))),
    Case("lookup unanswered", .lookupFailed, "did not answer", asked()),
    Case("nobody", .lookupMissed, "nobody", asked(.crmLookup(call: first, number: "+49301", outcome: .missed))),
    Case(
      "added", .lookupAdded, "added to leads",
      asked(
        .crmLookup(
          call: first, number: "+49301",
          outcome: .added(CRMRecordReference(table: .leads, id: "n", name: "+49301"))))),
    Case(
      "several", .lookupAmbiguous, "2 records",
      asked(.crmLookup(call: first, number: "+49301", outcome: .ambiguous(anna, count: 2)))),
    Case("not recorded", .callLogFailed, "did not record", asked(found, .crmLog(call: first, outcome: .failed(fault)))),
  ]
}

extension Dialogue {
  /// The REFER takes over the dialog of that Call-ID (RFC 3891).
  fileprivate func replacing(_ callID: String) -> Dialogue {
    var next = self
    let replaces = "?Replaces=\(callID)%3Bto-tag%3Dtag-of-callee%3Bfrom-tag%3Dtag-of-\(callID)>"
    for index in next.messages.indices where next.messages[index].text.hasPrefix("REFER ") {
      let lines = next.messages[index].text.components(separatedBy: "\r\n").map { line in
        line.hasPrefix("Refer-To: ") ? String(line.dropLast()) + replaces : line
      }
      next.messages[index].text = lines.joined(separator: "\r\n")
    }
    return next
  }
}
