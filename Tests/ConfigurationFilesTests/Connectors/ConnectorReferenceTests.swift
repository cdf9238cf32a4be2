import CRMCloud
import CRMConnectors
import ConfigurationFiles
import Testing

@Suite("The connector that a site file names")
struct ConnectorReferenceTests {
  private static func site(_ crm: String) -> String {
    """
    extensions: [{number: "1001"}]
    crm:
      system: described
      connector: connectors/crm.yaml
      contactLookups: [contacts]
      addUnknownNumber: contacts
      users: {"1001": {parameters: {key: k-1, region: us}}}

    """.replacing("      ", with: "  ") + crm
  }

  private static func read(_ site: String, connector: String = BrokenConnectorTests.sound) throws -> SiteFile {
    try SiteFile.read(text: site, path: "site.yaml") { named in
      named == "connectors/crm.yaml" ? ("connectors/crm.yaml", connector) : nil
    }
  }

  @Test("Is read with it, and its users' parameters make a client")
  func stands() throws {
    let file = try Self.read(Self.site(""))
    let settings = try #require(file.crm)
    let user = try #require(file.crmUsers["1001"])
    #expect(settings.connector?.name == "Example CRM")
    #expect(throws: Never.self) { try settings.connector(for: user) }
    #expect(try file.connector?.cloud(for: []).hosts == ["eu.crm.example.com"])
  }

  @Test(
    "Is refused where the two do not fit",
    arguments: [
      ("connectors/crm.yaml", "elsewhere.yaml", "site.yaml:4:14: crm.connector: the connector's file cannot be read"),
      ("  connector: connectors/crm.yaml\n", "", "crm: the key `connector` is missing"),
      (
        "system: described", "system: vtiger\n  serverAddress: https://crm.example.com",
        "is for the system `described` alone"
      ),
      ("contactLookups: [contacts]", "contactLookups: [contacts, leads]", "the connector looks nobody up in `leads`"),
      (
        "[contacts]\n  addUnknownNumber: contacts", "[contacts, accounts]\n  addUnknownNumber: accounts",
        "the connector adds nobody to `accounts`"
      ),
      ("key: k-1, ", "", "the parameter `key` is missing"),
      ("region: us", "region: moon", "the parameter `region` is not one of eu, us"),
      ("region: us", "regoin: us", "the connector has no parameter `regoin`; did you mean `region`?"),
    ])
  func refused(_ from: String, _ to: String, _ error: String) throws {
    let text = Self.site("").replacing(from, with: to, maxReplacements: 1)
    #expect(text != Self.site(""))
    let thrown = #expect(throws: ConfigurationErrors.self) { try Self.read(text) }
    #expect(thrown?.description.contains(error) == true, "\(thrown?.description ?? "")")
  }

  @Test("A mistake in the connector's file has that file's place")
  func elsewhere() throws {
    let broken = BrokenConnectorTests.sound.replacing("is: miss", with: "is: mis")
    let thrown = #expect(throws: ConfigurationErrors.self) { try Self.read(Self.site(""), connector: broken) }
    #expect(thrown?.first.file == "connectors/crm.yaml")
    #expect(thrown?.first.line == 13)
  }
}
