import Cases
import JSON
import Testing

@Suite struct FailureMarkTests {
  private let place = SourcePlace(line: 7, column: 3)

  private func records(_ rows: [[String]], total: Int64 = 2) -> RunRecords {
    RunRecords(
      columns: ["start", "src", "dst", "disposition", "duration"], rows: rows, events: [], exchanges: [],
      summary: ["calls": ["total": .integer(total)], "assumptions": [], "account": ["fates": [["name": "message"]]]])
  }

  private func field(_ name: String, _ value: String) -> Expectation.Field {
    .init(name: name, matcher: Matcher(scalar: value), place: place)
  }

  private func mark(_ claim: Expectation.Claim, _ records: RunRecords, _ others: Expectation.Claim...) -> FailureMark? {
    FailureMark(
      ofFirst: ([claim] + others).map { Expectation(label: "x", place: place, claim: $0) }, in: records)
  }

  private let one = ["10", "1001", "1002", "BUSY", "0"]
  private let two = ["20", "1003", "1004", "BUSY", "0"]
  private let other = ["30", "1001", "1002", "ANSWERED", "9"]

  @Test func fewerOfWhatIsThereTooOftenIsTheSameFailure() throws {
    let claim = Expectation.Claim.records(.cdr, fields: [field("disposition", "BUSY")], count: .exactly(0))
    let whole = try #require(mark(claim, records([one, two, other])))
    #expect(try #require(mark(claim, records([two]))).isPart(of: whole))
    #expect(mark(claim, records([other])) == nil)
  }

  @Test func aRowThatWasNotThereBeforeIsAnotherFailure() throws {
    let claim = Expectation.Claim.records(.cdr, fields: [field("disposition", "BUSY")], count: .exactly(0))
    let whole = try #require(mark(claim, records([one, other])))
    let made = ["30", "1001", "1002", "BUSY", "0"]
    #expect(!(try #require(mark(claim, records([made]))).isPart(of: whole)))
    #expect(!(try #require(mark(claim, records([one, made]))).isPart(of: whole)))
  }

  @Test func whatIsMissingKeepsWhatCameNearIt() throws {
    let claim = Expectation.Claim.records(
      .cdr, fields: [field("src", "1001"), field("disposition", "FAILED")], count: .exactly(1))
    let whole = try #require(mark(claim, records([one, two])))
    #expect(try #require(mark(claim, records([one]))).isPart(of: whole))
    #expect(!(try #require(mark(claim, records([two]))).isPart(of: whole)))
    #expect(!(try #require(mark(claim, records([]))).isPart(of: whole)))
  }

  @Test func tooFewIsNotTheSameAsTooMany() throws {
    let claim = Expectation.Claim.records(.cdr, fields: [field("disposition", "BUSY")], count: .exactly(1))
    let many = try #require(mark(claim, records([one, two])))
    let few = try #require(mark(claim, records([])))
    #expect(!few.isPart(of: many) && !many.isPart(of: few))
  }

  @Test func aNumberThatIsTooLargeMayShrink() throws {
    let claim = Expectation.Claim.summary(path: ["calls", "total"], .compares(.atMost, 3))
    let whole = try #require(mark(claim, records([], total: 9)))
    #expect(try #require(mark(claim, records([], total: 4))).isPart(of: whole))
    #expect(mark(claim, records([], total: 3)) == nil)
  }

  @Test func aNumberThatIsTooSmallStaysWhatItIs() throws {
    let claim = Expectation.Claim.summary(path: ["calls", "total"], .equals("5"))
    let whole = try #require(mark(claim, records([], total: 4)))
    #expect(try #require(mark(claim, records([], total: 4))).isPart(of: whole))
    #expect(!(try #require(mark(claim, records([], total: 3))).isPart(of: whole)))
    #expect(!(try #require(mark(claim, records([], total: 6))).isPart(of: whole)))
  }

  @Test func ofAnOrderTheSameStepIsMissing() throws {
    let claim = Expectation.Claim.order(
      .cdr, [[field("src", "1001")], [field("src", "1003")], [field("disposition", "FAILED")]])
    let whole = try #require(mark(claim, records([one, other, two])))
    #expect(try #require(mark(claim, records([one, other, two]))).isPart(of: whole))
    #expect(!(try #require(mark(claim, records([one]))).isPart(of: whole)))
  }

  @Test func whatNobodyWantsIsToldByTheOthersWishes() throws {
    let wish = Expectation.Claim.records(.cdr, fields: [field("disposition", "BUSY")], count: .exactly(1))
    let claim = Expectation.Claim.nothingUnexpected(.cdr)
    let whole = try #require(mark(claim, records([one, other]), wish))
    #expect(try #require(mark(claim, records([other]), wish)).isPart(of: whole))
    #expect(mark(claim, records([one]), wish) == nil)
  }

  @Test func whatCannotBeEvaluatedIsNoFailureToShrink() {
    #expect(mark(.summary(path: ["nothing"], .equals("1")), records([])) == nil)
    #expect(mark(.records(.cdr, fields: [field("service", "s")], count: .exactly(1)), records([one])) == nil)
    #expect(FailureMark(ofFirst: [], in: records([])) == nil)
  }

  @Test func aFocusedCaseHasTheOneExpectationAndWhatItMeans() throws {
    var testCase = TestCase(file: "case.yaml", name: "c")
    let claims: [Expectation.Claim] = [
      .records(.cdr, fields: [field("src", "1001")], count: .exactly(1)),
      .summary(path: ["calls", "total"], .equals("1")),
      .order(.cdr, [[field("src", "1")], [field("src", "2")]]), .nothingUnexpected(.cdr),
    ]
    testCase.expectations = claims.map { Expectation(label: "x", place: place, claim: $0) }
    #expect(testCase.focused(on: 0)?.expectations.map(\.claim) == [claims[0]])
    #expect(testCase.focused(on: 1, holding: [0])?.expectations.map(\.claim) == [claims[1], claims[0]])
    let rest = try #require(testCase.focused(on: 3)?.expectations)
    #expect(rest.first?.claim == claims[3] && rest.count == 4)
    #expect(testCase.focused(on: 4) == nil && testCase.focused(on: 0, holding: [9]) == nil)
  }
}
