import CRMCloud
import HTTPTypes
import Primitives
import Testing

struct ConnectionTests {
  private let world: ZohoWorld

  init() throws { world = try Developers.world() }

  @Test("Seed rows 47, 49 and 56: a custom service for MailChimp is defined, consented to and listed")
  func aCustomServiceIsCreatedConnectedAndListed() throws {
    let browser = Developers.browser(world)
    let app = Developers.registerApp(browser, at: "login.mailchimp.com")
    browser.open(Developers.connections)
    browser.follow("Create Connection")
    browser.follow("Create a custom service")
    #expect(browser.page.text(id: "redirect-url") == Developers.delugeCallback)
    let consent = Developers.defineMailChimp(browser, app)
    #expect(consent.title == "My CRM wants access to your MailChimp account")
    browser.submit("consent", ["account": "ann@example.com"], button: "Allow")
    #expect(browser.page.address == Developers.connections + "/connection/my_chimp")
    #expect(browser.page.text(id: "link-name") == "my_chimp" && browser.page.text(id: "service-name") == "MailChimp")
    #expect(browser.page.text(id: "status") == "Connected")
    browser.open(Developers.connections)
    #expect(browser.page.rows("connections") == [["My Chimp", "my_chimp", "MailChimp", "Connected"]])
    browser.open(Developers.connections + "/new")
    #expect(browser.page.link("MailChimp") == "/crm/settings/connections/new/mailchimp")
  }

  @Test("Seed row 50: picking the service and naming a connection gives link name, service, status and the code")
  func aPickedServiceGivesACodeBox() throws {
    let browser = Developers.connectedToMailChimp(world)
    browser.open(Developers.connections + "/new")
    browser.follow("MailChimp")
    browser.submit("new-connection", ["connection_name": "Second List!"])
    browser.submit("consent", ["account": "ann@example.com"], button: "Allow")
    #expect(browser.page.text(id: "link-name") == "second_list")
    #expect(
      browser.page.text(id: "code")
        == """
        response = invokeurl
        [
          url :"https://"
          type :GET
          parameters:{"name":"value"}
          connection:"second_list"
        ];
        """)
  }

  @Test("Seed row 48: a Zoho client registered with Deluge's redirect URL connects the CRM to itself")
  func aZohoClientOfTheOldConsoleServesAConnection() throws {
    let browser = Developers.browser(world)
    browser.open("https://accounts.zoho.com/developerconsole")
    browser.follow("Add Client ID")
    browser.submit(
      "add-client",
      [
        "name": "Connections", "homepage": "example.com", "redirect_uris": Developers.delugeCallback,
        "type": "serverBased",
      ])
    browser.open("https://accounts.zoho.com/developerconsole")
    browser.follow("Edit")
    let client = (id: browser.page.text(id: "client-id") ?? "", secret: browser.page.text(id: "client-secret") ?? "")
    #expect(client.id.hasPrefix("1000.") && client.secret.count == 42)
    let accounts = "https://accounts.zoho.com/oauth/v2/"
    browser.open(Developers.connections + "/custom")
    browser.submit(
      "custom-service",
      [
        "service_name": "Zoho by hand", "client_id": client.id, "client_secret": client.secret,
        "request_url": accounts + "auth?access_type=offline", "access_url": accounts + "token",
        "refresh_url": accounts + "token", "connection_name": "Self",
        "scopes": "ZohoCRM.modules.ALL, ZohoCRM.users.READ",
      ])
    #expect(browser.page.title == "Choose an organisation")
    browser.submit("tenant")
    browser.submit("consent", button: "Accept")
    #expect(browser.page.text(id: "status") == "Connected")
    let script = #"r = invokeurl [ url :"https://www.zohoapis.com/crm/v2/Contacts" connection:"self" ]; return r;"#
    #expect(Developers.run(browser, script).output?.contains(#""Last_Name":"Tester""#) ?? false)
    // An hour later the token is renewed with the refresh token that access_type=offline brought.
    world.wait(3601)
    browser.submit("run")
    #expect(browser.page.output?.contains(#""Last_Name":"Tester""#) ?? false && browser.page.problem == "–")
  }

  @Test("Seed rows 52 and 53: redirect, client id and response type are added, what the developer wrote stays")
  func theDevelopersParametersStayInTheAuthorizeURL() throws {
    let browser = Developers.browser(world)
    let app = Developers.registerApp(browser, at: "accounts.google.com")
    browser.open(Developers.connections + "/custom")
    browser.submit(
      "custom-service",
      [
        "service_name": "Google by hand", "client_id": app.id, "client_secret": app.secret,
        "request_url":
          "https://accounts.google.com/o/oauth2/v2/auth?scope=email%20profile&state=mine&access_type=offline",
        "access_url": "https://oauth2.googleapis.com/token", "refresh_url": "https://oauth2.googleapis.com/token",
        "connection_name": "Google",
      ])
    let address = browser.page.address
    #expect(address.parameter("scope") == "email profile" && address.parameter("access_type") == "offline")
    #expect(address.parameter("state") == "mine" && address.parameter("response_type") == "code")
    #expect(address.parameter("redirect_uri") == Developers.delugeCallback)
    #expect(address.parameter("client_id") == app.id)
    browser.submit("consent", ["account": "ann@gmail.example"], button: "Allow")
    #expect(browser.page.text(id: "status") == "Connected")
    let script = #"""
      r = invokeurl [ url :"https://www.googleapis.com/oauth2/v2/userinfo" type :GET connection:"google" ];
      return r.get("email");
      """#
    #expect(Developers.run(browser, script).output == "ann@gmail.example")
    world.wait(4000)
    #expect(browser.submit("run").output == "ann@gmail.example")
  }

  @Test(
    "Seed row 54: the services supported natively are listed and connect without a form of addresses",
    arguments: [
      ("Google Contacts", "Google"), ("Google Calendar", "Google"), ("Google Ads", "Google"),
      ("Microsoft Office", "Microsoft"), ("Microsoft Outlook", "Microsoft"),
    ])
  func builtInServicesConnect(service: String, provider: String) throws {
    let browser = Developers.browser(world)
    browser.open(Developers.connections + "/new")
    browser.follow(service)
    browser.submit("new-connection", ["connection_name": "Mine"])
    #expect(browser.page.title == "Zoho wants access to your \(provider) account")
    browser.submit("consent", ["account": "ann@example.org"], button: "Allow")
    #expect(browser.page.text(id: "status") == "Connected" && browser.page.text(id: "service-name") == service)
    // The refresh token outlives the access token.
    world.wait(100_000)
    browser.open(browser.page.address)
    #expect(browser.page.text(id: "status") == "Connected")
  }

  @Test("Seed row 54: Google Contacts are read through the connection")
  func googleContactsAreRead() throws {
    let browser = Developers.browser(world)
    browser.open(Developers.connections + "/new/google_contacts")
    browser.submit("new-connection", ["connection_name": "People"])
    browser.submit("consent", ["account": "ann@example.org"], button: "Allow")
    let script = #"""
      r = invokeurl [
        url :"https://people.googleapis.com/v1/people/me/connections"
        type :GET
        parameters:{"personFields":"names,phoneNumbers"}
        connection:"people"
      ];
      return r.get("connections").get(0).get("phoneNumbers").get(0).get("value");
      """#
    #expect(Developers.run(browser, script).output == "+49 30 00000077")
  }

  struct Custom: Sendable {
    let name: String
    let host: String
    let request: String
    let token: String
    let scopes: String
    let script: String
    let expected: String
  }

  static let customs = [
    Custom(
      name: "Dropbox", host: "www.dropbox.com",
      request: "https://www.dropbox.com/oauth2/authorize?token_access_type=offline",
      token: "https://api.dropboxapi.com/oauth2/token", scopes: "",
      script: #"url :"https://api.dropboxapi.com/2/users/get_current_account" type :POST"#,
      expected: "ann@example.org"),
    Custom(
      name: "PandaDoc", host: "app.pandadoc.com", request: "https://app.pandadoc.com/oauth2/authorize",
      token: "https://api.pandadoc.com/oauth2/access_token", scopes: "read write",
      script: #"url :"https://api.pandadoc.com/public/v1/documents" type :GET"#, expected: "Contract"),
    Custom(
      name: "Google Drive", host: "accounts.google.com",
      request: "https://accounts.google.com/o/oauth2/v2/auth?access_type=offline",
      token: "https://oauth2.googleapis.com/token", scopes: "https://www.googleapis.com/auth/drive.readonly",
      script: #"url :"https://www.googleapis.com/drive/v3/files" type :GET"#, expected: "Offer.pdf"),
  ]

  @Test("Seed row 55: services that are not native connect through a custom service", arguments: customs)
  func otherServicesConnectThroughCustomServices(custom: Custom) throws {
    let browser = Developers.browser(world)
    let app = Developers.registerApp(browser, at: custom.host)
    browser.open(Developers.connections + "/custom")
    browser.submit(
      "custom-service",
      [
        "service_name": custom.name, "client_id": app.id, "client_secret": app.secret, "request_url": custom.request,
        "access_url": custom.token, "refresh_url": custom.token, "connection_name": "Own", "scopes": custom.scopes,
      ])
    browser.submit("consent", ["account": "ann@example.org"], button: "Allow")
    #expect(browser.page.text(id: "status") == "Connected")
    let script = "r = invokeurl [ \(custom.script) connection:\"own\" ]; return r;"
    #expect(Developers.run(browser, script).output?.contains(custom.expected) ?? false)
    world.wait(40_000_000)
    #expect(browser.submit("run").output?.contains(custom.expected) ?? false)
  }

  @Test func zohosOwnServiceConnectsWithoutAClientOfTheUsers() throws {
    let browser = Developers.browser(world)
    browser.open(Developers.connections + "/new/zoho_oauth")
    browser.submit("new-connection", ["connection_name": "CRM", "scopes": "ZohoCRM.modules.ALL"])
    browser.submit("tenant")
    browser.submit("consent", button: "Accept")
    #expect(browser.page.text(id: "status") == "Connected")
    browser.open("https://api-console.zoho.com/")
    #expect(browser.page.link("GET STARTED") != nil)
  }

  @Test func aConnectionIsRevokedAndDeleted() throws {
    let browser = Developers.connectedToMailChimp(world)
    #expect(browser.submit("revoke").text(id: "status") == "Not connected")
    #expect(browser.submit("delete").rows("connections").isEmpty)
    #expect(browser.open(Developers.connections + "/connection/my_chimp").status == 404)
  }
}
