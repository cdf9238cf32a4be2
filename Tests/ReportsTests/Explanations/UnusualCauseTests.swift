import CRMConnectors
import PBXModel
import Primitives
import Reports
import Simulation
import TestSupport
import Testing

/// The first thing that made a call differ from a plain answered one.
struct UnusualCauseTests {
  struct Case: CustomTestStringConvertible {
    let what: String
    let kind: UnusualCause.Kind?
    /// In the sentence.
    let words: String
    let call: ExplainedCall

    init(_ what: String, _ kind: UnusualCause.Kind, _ words: String, _ call: ExplainedCall) {
      (self.what, self.kind, self.words, self.call) = (what, kind, words, call)
    }

    init(_ what: String, plain call: ExplainedCall) {
      (self.what, kind, words, self.call) = (what, nil, "", call)
    }

    var testDescription: String { what }
  }

  @Test(arguments: plain)
  func aPlainCallHasNone(_ plain: Case) throws {
    let cause = try plain.call.explanation().cause
    #expect(cause == nil, "\(String(describing: cause))")
  }

  @Test(arguments: unusual)
  func theFirstOfAnUnusualCallIsNamed(_ unusual: Case) throws {
    let cause = try #require(try unusual.call.explanation().cause)
    #expect(cause.kind == unusual.kind, "\(cause.sentence)")
    #expect(cause.sentence.contains(unusual.words), "\(cause.sentence)")
    #expect(cause.sentence.hasSuffix("."))
  }

  @Test func everyKindIsMetByACase() {
    let met = Set(Self.unusual.compactMap(\.kind))
    // Two calls that fit a leg equally well cannot be told from one another in a trace this short; see the last test.
    #expect(UnusualCause.Kind.allCases.filter { !met.contains($0) } == [.ambiguousJoin])
  }

  @Test func aLegThatFitsTwoCallsIsAGuess() throws {
    let trace: [any WrittenExchange] = [
      incoming("1000", dials: "1001", callID: "a").invite(at: 0).trying(at: 0.01).ringing(at: 1).ok(at: 2).bye(at: 9),
      incoming("1000", host: 13, dials: "1001", callID: "b").invite(at: 0.02).trying(at: 0.03).ringing(at: 1)
        .ok(at: 2).bye(at: 9),
      outgoing("1000", to: "1001", callID: "c").invite(at: 0.1).ringing(at: 1).ok(at: 2).bye(at: 9),
    ]
    let causes = try [1, 2].map { number in
      try ExplainedCall(trace).with { $0.number = number }.explanation().cause?.kind
    }
    #expect(causes.contains(.ambiguousJoin), "\(causes)")
  }

  @Test func theFirstInTheChainCounts() throws {
    let busy = Self.busy.with { $0.callsMax = 0 }
    #expect(try busy.explanation().cause?.kind == .refusedByLimit)
    let withheld = Self.answeredInbound(from: "anonymous").with {
      $0.crmExtensions = []
      $0.callsMax = 0
    }
    #expect(try withheld.explanation().cause?.kind == .refusedByLimit)
  }

  @Test func theFrameIsThatOfTheMessage() throws {
    let cause = try #require(try Self.busy.explanation().cause)
    // INVITE, 100, INVITE, 486.
    #expect(cause.frame == 4)
  }
}
