import CRMConnectors
import ConnectorCompatTest
import Testing

/// The suite finds what is broken: each expectation fails for something, and everything broken fails an expectation.
struct SabotageTests {
  @Test(arguments: SabotagedSubject.Sabotage.allCases)
  func isFound(sabotage: SabotagedSubject.Sabotage) {
    let subject = SabotagedSubject(original: ZohoSubject(.v2), sabotage: sabotage)
    let caught = CompatExpectation.all.filter { !$0.run(subject, on: subject.server).isEmpty }
    #expect(!caught.isEmpty)
    // What is broken in one place leaves something whole.
    #expect(caught.count < CompatExpectation.all.count || sabotage.breaksAll)
  }

  @Test func everyExpectationFailsForSomethingOfItsOwn() {
    var neverFailed = CompatExpectation.all
    for sabotage in SabotagedSubject.Sabotage.allCases where !sabotage.breaksAll {
      let subject = SabotagedSubject(original: ZohoSubject(.v2), sabotage: sabotage)
      neverFailed.removeAll { !$0.run(subject, on: subject.server).isEmpty }
    }
    #expect(neverFailed.map(\.name) == [])
  }

  @Test func aCloudThatDoesNotTakeItsContentsIsAFinding() {
    struct NoCloud: Error {}
    for expectation in CompatExpectation.all {
      #expect(expectation.run(ZohoSubject(.v2)) { _ in throw NoCloud() }.count == 1)
    }
  }

  @Test func findingsNameTheSystemAndTheExpectation() throws {
    let subject = SabotagedSubject(original: ZohoSubject(.v2), sabotage: .findsNobody)
    let expectation = try #require(CompatExpectation.all.first)
    let finding = try #require(expectation.run(subject, on: subject.server).first)
    #expect(finding.description.hasPrefix("zoho-v2: \(expectation.name): "))
  }
}
