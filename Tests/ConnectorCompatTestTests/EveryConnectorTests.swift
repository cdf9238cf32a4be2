import CRMConnectors
import ConnectorCompatTest
import Testing

/// Every connector against its own cloud, one table of expectations for all.
struct EveryConnectorTests {
  @Test(arguments: CompatExpectation.all.map(\.name), CompatSubjects.all.map(\.system))
  func meets(expectation name: String, system: CRMSystem) throws {
    let expectation = try #require(CompatExpectation.all.first { $0.name == name })
    let subject = try #require(CompatSubjects.all.first { $0.system == system })
    let findings = expectation.run(subject)
    #expect(findings.isEmpty, "\(findings.map(\.text).joined(separator: "\n"))")
  }

  @Test(arguments: CompatExpectation.all.map(\.name), [SugarAPI.v10, .v11])
  func sugarsNewerInterfacesMeetThemToo(expectation name: String, api: SugarAPI) throws {
    let expectation = try #require(CompatExpectation.all.first { $0.name == name })
    let findings = expectation.run(SugarSubject(api))
    #expect(findings.isEmpty, "\(findings.map(\.text).joined(separator: "\n"))")
  }

  @Test func noTwoExpectationsShareAName() {
    let names = CompatExpectation.all.map(\.name)
    #expect(Set(names).count == names.count)
  }
}
