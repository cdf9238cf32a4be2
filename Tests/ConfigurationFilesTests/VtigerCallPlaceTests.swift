import CRMConnectors
import ConfigurationFiles
import Testing

/// Where vTiger keeps calls, as a site file says it.
struct VtigerCallPlaceTests {
  private func read(_ system: String, _ line: String) throws(ConfigurationErrors) -> SiteFile {
    try SiteFile.read(
      text: "extensions: [{number: 1001}]\ncrm:\n  system: \(system)\n  serverAddress: https://crm.example.com\n"
        + "  contactLookups: [contacts]\n\(line)", path: "site.yaml")
  }

  @Test(arguments: VtigerSettings.CallPlace.allCases)
  func thePlaceIsReadByItsName(place: VtigerSettings.CallPlace) throws {
    #expect(try read("vtiger", "  vtigerCalls: \(place.rawValue)\n").crm?.vtigerCalls == place)
  }

  @Test func unwrittenItIsTheClientsOwn() throws {
    #expect(try read("vtiger", "").crm?.vtigerCalls == nil)
  }

  @Test(arguments: [("vtiger", "potentials", "expected one of"), ("sugarcrm", "events", "is for the system `vtiger`")])
  func whatIsNoPlaceIsRefused(system: String, place: String, words: String) {
    let errors = #expect(throws: ConfigurationErrors.self) { try read(system, "  vtigerCalls: \(place)\n") }
    #expect(errors?.description.contains("site.yaml:6:16: crm.vtigerCalls: ") == true)
    #expect(errors?.description.contains(words) == true)
  }
}
