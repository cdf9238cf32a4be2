import CRMConnectors
import ConfigurationFiles
import Testing

/// The admin's page, Value-Added Features > CRM, as a site file has it.
struct CRMPageTests {
  private func read(_ page: String) throws(ConfigurationErrors) -> SiteFile {
    let text =
      "extensions: [{number: 1000}]\ncrm:\n" + page + """

          users:
            1000: {clientID: 1000.EXAMPLE, clientSecret: example-secret, refreshToken: 1000.example.refresh}
        """
    return try SiteFile.read(text: text, path: "site.yaml")
  }

  @Test("Seed row 4: system, server address, Add Unknown Number and Contact Lookups in their order")
  func theAdminsPageIsTakenAsItIsFilledIn() throws {
    let file = try read(
      """
        system: zoho-v2
        serverAddress: https://crm.zohoapis.com
        addUnknownNumber: leads
        contactLookups: [accounts, leads]
      """)
    let page = try #require(file.crm)
    #expect(page.system == .zohoV2 && page.serverAddress == "https://crm.zohoapis.com")
    #expect(page.addUnknownNumber == .leads && page.contactLookups == [.accounts, .leads])
  }

  @Test(
    "Seed row 2: systems beside Zoho are no choice yet, and the error says which are",
    arguments: ["sugarcrm", "salesforce", "vtiger", "act"])
  func otherSystemsAreRefusedWithTheirPlace(system: String) throws {
    let error = #expect(throws: ConfigurationErrors.self) {
      try read("  system: \(system)\n  serverAddress: https://crm.example.com\n  contactLookups: [contacts]")
    }
    let text = try #require(error).description
    #expect(text.contains("site.yaml:3:11: crm.system: expected one of") && text.contains("zoho-v2"))
    #expect(!text.contains("example-secret"))
  }

  @Test(arguments: [
    ("contactLookups: []", "contactLookups"), ("contactLookups: [tickets]", "tickets"),
    ("contactLookups: [contacts]\n  addUnknownNumber: leads", "addUnknownNumber"),
    ("contactLookups: [contacts, contacts]", "contacts"),
  ])
  func whatThePageWouldNotTakeIsRefused(lookups: String, named: String) throws {
    let error = #expect(throws: ConfigurationErrors.self) {
      try read("  system: zoho-v2\n  serverAddress: https://www.zohoapis.com\n  \(lookups)")
    }
    #expect(try #require(error).description.contains(named))
  }
}
