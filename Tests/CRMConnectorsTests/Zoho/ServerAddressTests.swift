import CRMConnectors
import Testing

struct ServerAddressTests {
  @Test(arguments: [
    ("https://www.zohoapis.com", "accounts.zoho.com", "www.zohoapis.com"),
    ("https://www.zohoapis.eu", "accounts.zoho.eu", "www.zohoapis.eu"),
    ("https://www.zohoapis.in", "accounts.zoho.in", "www.zohoapis.in"),
    ("https://www.zohoapis.com.cn", "accounts.zoho.com.cn", "www.zohoapis.com.cn"),
    ("https://www.zohoapis.com.au", "accounts.zoho.com.au", "www.zohoapis.com.au"),
    ("https://www.zohoapis.jp", "accounts.zoho.jp", "www.zohoapis.jp"),
    ("https://www.zohoapis.ca", "accounts.zohocloud.ca", "www.zohoapis.ca"),
    ("https://www.zohoapis.sa", "accounts.zoho.sa", "www.zohoapis.sa"),
    ("https://www.zohoapis.uk", "accounts.zoho.uk", "www.zohoapis.uk"),
    ("https://crm.zohoapis.com", "accounts.zoho.com", "www.zohoapis.com"),
    ("https://crm.zohoapis.com.cn", "accounts.zoho.com.cn", "www.zohoapis.com.cn"),
    ("HTTPS://WWW.ZohoAPIs.EU/", "accounts.zoho.eu", "www.zohoapis.eu"),
  ])
  func everyAddressOfTheGuideHasItsHosts(address: String, accounts: String, api: String) throws {
    let dataCentre = try ZohoDataCentre(serverAddress: address, of: .zohoV2)
    #expect(dataCentre.accountsHost == accounts)
    #expect(dataCentre.apiHost == api)
  }

  @Test(arguments: [
    "", "https://", "www.zohoapis.com", "http://www.zohoapis.com", "ftp://www.zohoapis.com",
    "https://www.zohoapis.com:8443", "https://www.zohoapis.com/crm", "https://www.zohoapis.com//",
    "https://user:hunter2@www.zohoapis.com", "https://www.zohoapis.com.example.net", "https://zohoapis.com",
    "https://crm.zohoapis.eu", "https://crm.zoho.com", "https://accounts.zoho.com", "https://www.zohoapis.com?x",
    "https://www.zohoapis.com#", " https://www.zohoapis.com", "https://www.zohoapis.com ",
  ])
  func anyOtherAddressIsRefused(address: String) {
    #expect(throws: ZohoServerAddressError.self) {
      try ZohoV2Connector(serverAddress: address, credentials: Dialogue.credentials)
    }
  }

  @Test func theRefusalNamesTheHostAndWhatToEnter() {
    let error = #expect(throws: ZohoServerAddressError.self) {
      try ZohoDataCentre(serverAddress: "https://crm.zohoapis.eu", of: .zohoV2)
    }
    #expect(
      error?.description.hasPrefix("\"crm.zohoapis.eu\" is no server of Zoho's for zoho-v2; enter one of ") == true)
    #expect(error?.description.contains("https://www.zohoapis.eu") == true)
  }

  @Test func theRefusalNeverRepeatsAPassword() {
    let error = #expect(throws: ZohoServerAddressError.self) {
      try ZohoDataCentre(serverAddress: "https://user:hunter2@www.zohoapis.com", of: .zohoV2)
    }
    #expect(error?.reason == .unknownHost)
    #expect(error?.description.contains("hunter2") == false)
  }
}
