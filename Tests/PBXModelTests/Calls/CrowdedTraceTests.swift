import PBXModel
import Primitives
import SIPCapture
import TestSupport
import Testing

/// Many calls at once whose numbers are the same on purpose. The true pairs are known by a tag in the Call-IDs, which
/// joining does not look at: `in-7` and `out-7` belong together.
@Suite struct CrowdedTraceTests {
  /// One call: who calls whom, as the phones or the carrier spell it, and marks for both INVITEs.
  struct Pair {
    var caller: String
    var dialled: String
    var shown: String
    var called: String
    var headers: [String] = []
    var sdp: String?

    init(_ caller: String, _ dialled: String, shown: String? = nil, called: String? = nil) {
      (self.caller, self.dialled) = (caller, dialled)
      (self.shown, self.called) = (shown ?? caller, called ?? dialled)
    }
  }

  struct Result {
    var right = 0
    var wrong = 0
    /// Calls no leg was joined to.
    var alone = 0
    var confidences: [Double] = []
    var candidatesLookedAt = 0
  }

  private let trunk = "198.51.100.1"

  private func site() -> Site {
    var site = Site()
    site.extensions = (1000...1999).map { Extension(number: String($0)) }
    site.trunks = [Trunk(index: 1, name: "carrier", addresses: [IPEndpoint("198.51.100.1")].compactMap(\.self))]
    site.ringGroups = [RingGroup(number: "6400", members: (1100...1111).map(String.init))]
    return site
  }

  /// All calls come within `seconds`, in order; the PBX dials for each after a chance delay of 5 to 150 ms, and all
  /// are still up when the trace ends.
  private func play(_ pairs: [Pair], within seconds: Double, seed: UInt64 = 1) throws -> Result {
    var generator = SeededGenerator(seed: seed)
    var invites: [WrittenMessage] = []
    for (index, pair) in pairs.enumerated() {
      let at = seconds * Double(index) / Double(pairs.count)
      var caller = Dialogue(from: "\(pair.caller)@\(trunk)", to: "\(pair.dialled)@\(pbxAddress)", callID: "in-\(index)")
      var callee = Dialogue(
        from: "\(pair.shown)@\(pbxAddress)", to: "\(pair.called)@203.0.113.9", callID: "out-\(index)")
      (caller.extraHeaders, callee.extraHeaders) = (pair.headers, pair.headers)
      caller = caller.invite(at: at)
      callee = callee.invite(at: at + Double.random(in: 0.005...0.15, using: &generator))
      if let sdp = pair.sdp { (caller, callee) = (caller.carrying(sdp), callee.carrying(sdp)) }
      invites += caller.messages + callee.messages
    }
    let assembler = try model(invites, site: site()).model.calls
    var result = Result(candidatesLookedAt: assembler.candidatesLookedAt)
    var joined = 0
    for call in assembler.runningCalls {
      guard let caller = call.callerLeg else { continue }
      joined += 1
      let tag = caller.leg.callID.split(separator: "-").last
      for member in call.calleeLegs {
        if tag == member.leg.callID.split(separator: "-").last { result.right += 1 } else { result.wrong += 1 }
        result.confidences.append(member.join.confidence)
      }
    }
    result.alone = pairs.count - joined
    return result
  }

  private func expectAllRight(_ result: Result, _ count: Int, confidence: Double = 0.9) {
    #expect(result.right == count)
    #expect(result.wrong == 0)
    #expect(result.alone == 0)
    #expect((result.confidences.min() ?? 0) >= confidence)
  }

  @Test func thousandsOfCallersOfOneHotlineFindTheirLegs() throws {
    let pairs = (0..<3000).map { Pair("+4930\(1_000_000 + $0)", "1005") }
    expectAllRight(try play(pairs, within: 0.3), 3000)
  }

  @Test func thousandsOfCallsOfOneCallerFindTheirLegs() throws {
    let pairs = (0..<3000).map { Pair("+493055501", "+4989\(1_000_000 + $0)") }
    expectAllRight(try play(pairs, within: 0.3), 3000)
  }

  /// A hundred callers each call the same hundred numbers: every number of a call is on ninety-nine others.
  @Test func aHundredCallersOfTheSameHundredNumbersFindTheirLegs() throws {
    var pairs = (0..<10_000).map { Pair("+4930\(5_550_000 + $0 / 100)", String(1100 + $0 % 100)) }
    var generator = SeededGenerator(seed: 3)
    pairs.shuffle(using: &generator)
    expectAllRight(try play(pairs, within: 1), 10_000)
  }

  @Test func callersAlikeInTheirLastSevenDigitsAreToldApartByTheRest() throws {
    let pairs = (0..<1000).map { Pair("+\(49_000 + $0)5550100", "1005") }
    expectAllRight(try play(pairs, within: 0.1), 1000)
  }

  @Test func aNumberThatIsSpeltAnotherWayOnTheOtherLegIsFoundInACrowd() throws {
    var pairs = (0..<1000).map {
      Pair(
        "+49\(30_555_000 + $0 / 25)", "+49\(89_700_000 + $0 % 25)", shown: "0\(30_555_000 + $0 / 25)",
        called: "0\(89_700_000 + $0 % 25)")
    }
    var generator = SeededGenerator(seed: 4)
    pairs.shuffle(using: &generator)
    expectAllRight(try play(pairs, within: 0.1), 1000)
  }

  @Test func membersOfAGroupManyCallAtOnceFindTheirCallers() throws {
    var pairs = (0..<600).map { Pair("+493055\(50_000 + $0)", "6400", called: String(1100 + $0 % 12)) }
    var generator = SeededGenerator(seed: 5)
    pairs.shuffle(using: &generator)
    expectAllRight(try play(pairs, within: 0.1), 600)
  }

  private func marked(_ count: Int, _ mark: (inout Pair, Int) -> Void) -> [Pair] {
    (0..<count).map {
      var pair = Pair("anonymous", "1005")
      mark(&pair, $0)
      return pair
    }
  }

  @Test func equalNumbersAreToldApartBySessionID() throws {
    let pairs = marked(3000) {
      let text = String($1, radix: 16)
      $0.headers = ["Session-ID: " + String(repeating: "0", count: 32 - text.count) + text]
    }
    expectAllRight(try play(pairs, within: 0.3), 3000, confidence: 0.5)
  }

  @Test func equalNumbersAreToldApartByAHeaderThatNamesTheCall() throws {
    let pairs = marked(1000) { $0.headers = ["X-Call-ID: call-\($1)"] }
    expectAllRight(try play(pairs, within: 0.1), 1000, confidence: 0.5)
  }

  @Test func equalNumbersAreToldApartByMediaThatPassesThePBX() throws {
    let pairs = marked(1000) { $0.sdp = audio(at: "203.0.113.\(1 + $1 / 2000)", port: 20_000 + 2 * ($1 % 2000)) }
    expectAllRight(try play(pairs, within: 0.1), 1000, confidence: 0.5)
  }

  @Test func aMarkOutweighsNumbersThatFitAnotherCallBetter() throws {
    var pairs = [Pair("+493055501", "1005"), Pair("+493055502", "1006", shown: "+493055501", called: "1005")]
    pairs[1].headers = ["X-Call-ID: second"]
    let result = try play(pairs, within: 0.01)
    #expect(result.right == 2 && result.wrong == 0)
  }

  /// Nothing on the wire tells these apart, and the joins say so.
  @Test(arguments: [2, 50, 500])
  func equalCallsWithoutMarksAreJoinedWithAtMostHalfAConfidence(count: Int) throws {
    let result = try play((0..<count).map { _ in Pair("anonymous", "1005") }, within: 0.1)
    #expect(result.right + result.wrong == count)
    #expect(result.confidences.allSatisfy { $0 <= 0.5 })
    #expect(result.alone == 0)
  }

  @Test func equalCallsAreDialledInTheOrderInWhichTheyWereTaken() throws {
    let callers = (0..<40).map { index in
      Dialogue(from: "anonymous@\(trunk)", to: "1005@\(pbxAddress)", callID: "in-\(index)")
        .invite(at: Double(index) * 0.001).trying(at: 0.05).ok(at: 2).bye(at: 9)
    }
    let callees = (0..<40).map { index in
      outgoing("anonymous", to: "1005", host: 105, callID: "out-\(index)").invite(at: 0.06 + Double(index) * 0.001)
        .ok(at: 2).bye(at: 9)
    }
    let calls = try model((callers + callees).flatMap(\.messages), site: site()).events.endedCalls
    #expect(calls.count == 40)
    for call in calls {
      #expect(call.legs.map { $0.leg.callID.split(separator: "-").last }.uniqued == 1)
      #expect(call.confidence <= 0.5)
    }
  }

  @Test(
    arguments: [
      { (index: Int) in Pair("+4930\(1_000_000 + index)", "1005") }, { _ in Pair("anonymous", "1005") },
      { (index: Int) in Pair("+4930\(5_550_000 + index / 40)", String(1100 + index % 40)) },
    ] as [@Sendable (Int) -> Pair])
  func theWorkGrowsWithTheNumberOfCallsAndNoFaster(_ pair: @Sendable (Int) -> Pair) throws {
    let small = try play((0..<600).map(pair), within: 0.05).candidatesLookedAt
    let large = try play((0..<1200).map(pair), within: 0.05).candidatesLookedAt
    #expect(Double(large) < 2.2 * Double(small))
    #expect(large <= 1200 * 256)
  }
}

extension [Substring?] {
  fileprivate var uniqued: Int { Set(self).count }
}
