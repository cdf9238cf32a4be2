import CRMCloud
import ConnectorCompatTest
import Primitives
import Testing

/// Salesforce logged in to by the page's other way, and organisations that are set up differently.
struct SalesforceVariantTests {
  private static let variants: [(name: String, subject: SalesforceSubject)] = {
    var quick = SalesforceCloudSettings()
    quick.indexDelay = .zero
    quick.phoneIndex = .digits
    var slow = SalesforceCloudSettings()
    slow.indexDelay = .seconds(3600)
    slow.manner = .sloppy
    return [
      ("OAuth", SalesforceSubject(.oauth)), ("an index that knows numbers", SalesforceSubject(settings: quick)),
      ("an index an hour behind", SalesforceSubject(settings: slow)),
    ]
  }()

  @Test(arguments: variants.map(\.name), CompatExpectation.all.map(\.name))
  func meets(variant: String, expectation name: String) throws {
    let expectation = try #require(CompatExpectation.all.first { $0.name == name })
    let subject = try #require(Self.variants.first { $0.name == variant }?.subject)
    let findings = expectation.run(subject)
    #expect(findings.isEmpty, "\(findings.map(\.text).joined(separator: "\n"))")
  }
}
