import CRMConnectors
import ConnectorCompatTest
import Testing

struct NumberMatrixTests {
  private static func matrix(_ stored: [String], _ callers: [String], _ manner: LookupManner = .verified)
    -> NumberMatrix
  {
    var matrix = NumberMatrix()
    (matrix.stored, matrix.callers) = (stored, callers)
    matrix.plan.manner = manner
    return matrix
  }

  @Test(arguments: CompatSubjects.all.map(\.system))
  func nobodyIsEverTakenForAnotherAndWhatIsDialledAsItIsStoredIsFound(system: CRMSystem) throws {
    let subject = try #require(CompatSubjects.all.first { $0.system == system })
    let trials = NumberMatrix().trials(of: subject)
    #expect(trials.count == NumberMatrix.storedByDefault.count * NumberMatrix.callersByDefault.count)
    #expect(trials.filter { $0.verdict == .wrongHit } == [])
    for trial in trials where trial.stored == trial.caller { #expect(trial.verdict == .hit, "\(trial)") }
    for trial in trials where trial.caller == "anonymous" {
      #expect(trial.verdict == .failed(code: "notANumber") && trial.requests == 0)
    }
  }

  /// Version 2 compares digits (assumed), version 1 the text (documented).
  @Test(arguments: [
    (ZohoSubject.Version.v2, "+1 (617) 555-0142", "6175550142", NumberTrial.Verdict.hit),
    (.v2, "(617) 555-0142", "+16175550142", .miss), (.v1, "+1 (617) 555-0142", "6175550142", .miss),
    (.v1, "6175550142", "6175550142", .hit), (.v2, "+16175550142", "42", .rightlyNobody),
    (.v2, "617<5>", "6175550142", .notStored), (.v2, "+16175550142", "0", .failed(code: "numberTooShort")),
  ])
  func aPairComesToWhatItsSystemMakesOfIt(
    version: ZohoSubject.Version, stored: String, caller: String, verdict: NumberTrial.Verdict
  ) {
    let trials = Self.matrix([stored], [caller]).trials(of: ZohoSubject(version))
    #expect(trials.map(\.verdict) == [verdict])
  }

  @Test func moreSpellingsCostMoreRequestsAndFindMore() {
    var matrix = Self.matrix(["(617) 555-0142"], ["+16175550142"])
    #expect(matrix.trials(of: ZohoSubject(.v2)).map(\.requests) == [1])
    matrix.plan.searchedDigits = 7
    let trials = matrix.trials(of: ZohoSubject(.v2))
    #expect(trials.map(\.verdict) == [.hit] && trials.map(\.requests) == [2])
  }

  /// The vendor's softphone compares the text (observed): what is spelt otherwise is missed, a quote breaks the query.
  @Test(arguments: [
    ("6175550142", "6175550142", NumberTrial.Verdict.hit), ("+1 (617) 555-0142", "6175550142", .miss),
    ("6175550142", "O'Brien", .failed(code: "SYNTAX_ERROR")), ("6175550142", "anonymous", .rightlyNobody),
  ])
  func theAddInsMannerIsTriedAsWell(stored: String, caller: String, verdict: NumberTrial.Verdict) {
    let trials = Self.matrix([stored], [caller], .vendorAddIn).trials(of: ZohoSubject(.v2))
    #expect(trials.map(\.verdict) == [verdict] && trials.map(\.requests) == [1])
  }

  /// Measured on a real server (reference section 1.6): without quotes numbers compare as numbers, so that a leading
  /// `+` or `0` does not matter, 0 is every empty field, and 1 is whatever begins so.
  @Test(arguments: [
    ("+442079460000", "442079460000", NumberTrial.Verdict.hit), ("07700900999", "7700900999", .hit),
    ("+1 (617) 555-0142", "6175550142", .miss), ("+1 (617) 555-0142", "1", .wrongHit),
    ("+1 (617) 555-0142", "0", .wrongHit), ("+1 (617) 555-0142", "anonymous", .rightlyNobody),
    ("+1 (617) 555-0142", "*97", .failed(code: "QUERY_SYNTAX_ERROR")),
    ("+1 (617) 555-0142", "+1 617", .failed(code: "QUERY_SYNTAX_ERROR")),
  ])
  func vtigerInTheAddInsMannerFindsWhatItShouldNot(stored: String, caller: String, verdict: NumberTrial.Verdict) {
    let trials = Self.matrix([stored], [caller], .vendorAddIn).trials(of: VtigerSubject())
    #expect(trials.map(\.verdict) == [verdict])
  }

  @Test func sugarsNewerInterfaceAsksNothingForATextWithoutDigits() {
    let trials = Self.matrix(["6175550142"], ["anonymous", "", "O'Brien"], .vendorAddIn).trials(of: SugarSubject(.v11))
    #expect(trials.allSatisfy { $0.verdict == .rightlyNobody && $0.requests == 0 })
  }

  @Test func noPairsAreNoTrials() {
    #expect(Self.matrix([], ["1"]).trials(of: ZohoSubject(.v2)).isEmpty)
    #expect(Self.matrix(["1"], []).trials(of: ZohoSubject(.v2)).isEmpty)
  }
}
