import CRMCloud
import ConnectorCompatTest
import Testing

/// The client of vTiger against coreBOS's manners, which are others than vTiger's.
struct CoreBOSTests {
  @Test(arguments: CompatExpectation.all.map(\.name))
  func meets(expectation name: String) throws {
    let expectation = try #require(CompatExpectation.all.first { $0.name == name })
    let findings = expectation.run(VtigerSubject(.sloppy))
    #expect(findings.isEmpty, "\(findings.map(\.text).joined(separator: "\n"))")
  }
}
