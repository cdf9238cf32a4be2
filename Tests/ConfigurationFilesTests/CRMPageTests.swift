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

  private func read(_ system: String, userPage: String) throws(ConfigurationErrors) -> SiteFile {
    try SiteFile.read(
      text: "extensions: [{number: 1001}]\ncrm:\n  system: \(system)\n  serverAddress: https://crm.example.com\n"
        + "  contactLookups: [contacts]\n  users:\n    1001:\n      \(userPage)\n", path: "site.yaml")
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
    "Seed row 2: a system the program has no client of is refused, and the error says which there are",
    arguments: ["act", "SugarCRM", "none"])
  func otherSystemsAreRefusedWithTheirPlace(system: String) throws {
    let error = #expect(throws: ConfigurationErrors.self) {
      try read("  system: \(system)\n  serverAddress: https://crm.example.com\n  contactLookups: [contacts]")
    }
    let text = try #require(error).description
    #expect(text.contains("site.yaml:3:11: crm.system:") && text.contains("zoho-v2"))
    #expect(!text.contains("example-secret"))
  }

  @Test(
    "Seed row 2: the other systems of the appliance are read with what their user pages ask for",
    arguments: [
      ("vtiger", "userName: admin\n      password: key", CRMSystem.vtiger),
      ("sugarcrm", "userName: admin\n      password: key", .sugarCRM),
      ("salesforce", "userName: a@example.com\n      password: p\n      securityToken: t", .salesforce),
      ("salesforce", "clientID: c\n      clientSecret: s\n      refreshToken: r", .salesforce),
    ])
  func otherSystemsAreRead(system: String, page: String, expected: CRMSystem) throws {
    let file = try read(system, userPage: page)
    #expect(file.crm?.system == expected)
    #expect(file.crmUsers["1001"]?.credentials.system == expected)
  }

  @Test(
    "what another system's user page asks for is refused at its place",
    arguments: [
      ("vtiger", "userName: admin\n      password: key\n      securityToken: t", "securityToken"),
      ("salesforce", "userName: a\n      password: p", "securityToken"),
      ("salesforce", "userName: a\n      clientID: c\n      clientSecret: s\n      refreshToken: r", "userName"),
      ("sugarcrm", "userName: admin", "password"),
    ])
  func fieldsOfAnotherSystemAreRefused(system: String, page: String, field: String) throws {
    let error = #expect(throws: ConfigurationErrors.self) {
      try read(system, userPage: page)
    }
    #expect(try #require(error).description.contains(field))
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
