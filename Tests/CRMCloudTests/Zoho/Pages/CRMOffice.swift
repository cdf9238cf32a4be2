import CRMCloud
import HTTPTypes
import Primitives

/// Two tenants of one data centre, the first with an administrator, a standard user and a disabled one, and programs
/// that ask the API for it.
enum CRMOffice {
  static let ann = "ann@example.com"
  static let bob = "bob@example.com"
  static let eve = "eve@example.com"
  static let password = "p"
  static let contact = "4000000000000123456"
  static let account = "4000000000000200001"
  /// Of the other tenant.
  static let stranger = "4999999999999999999"
  static let home = "https://crm.zoho.com/crm/org600000001"

  static var data: ZohoCloudData {
    let user = { (id: String, name: String, email: String, profile: String) in
      ZohoCloudData.User(id: id, fullName: name, email: email, password: Secret(password), profile: profile)
    }
    var data = Organisation.data(scopes: ["PhoneBridge.call.log", "ZohoCRM.modules.ALL", "ZohoCRM.users.ALL"])
    // The rules of central Europe, which put their clock forward on 2027-03-28 and back on 2027-10-31.
    data.organisations[0].timeZone =
      (try? POSIXTimeZone("CET-1CEST,M3.5.0,M10.5.0/3").siteTimeZone(years: 2020...2030)) ?? .utc
    data.organisations[0].name = "First Ltd"
    data.organisations[0].users = [
      user("1001", "Ann Owner", ann, "Administrator"), user("1002", "Bob Two", bob, "Standard"),
      .init(id: "1003", fullName: "Cleo Closed", email: "cleo@example.com", profile: "No API Access", isActive: false),
    ]
    data.organisations.append(
      .init(
        name: "Second Ltd", edition: .free, users: [user("2001", "Ann Owner", ann, "Standard")],
        contacts: [.init(id: "4888888888888888888", lastName: "Second")]))
    data.organisations.append(
      .init(
        name: "Other Ltd", users: [user("3001", "Eve Other", eve, "Administrator")],
        contacts: [.init(id: stranger, lastName: "Stranger", phone: "5550101")]))
    return data
  }

  static func world(_ settings: ZohoCloudSettings = ZohoCloudSettings(), at seconds: Int64 = 1_800_000_000)
    throws -> ZohoWorld
  { try ZohoWorld(data, settings, at: seconds) }

  /// Somebody who has signed in.
  static func browser(_ world: ZohoWorld, _ email: String = ann) -> Browser {
    let browser = Browser(world)
    browser.signIn(email, password)
    return browser
  }
}

extension ZohoWorld {
  /// An access token of Ann's.
  func annsToken() -> String {
    let reply = token([
      ("grant_type", "refresh_token"), ("client_id", Organisation.clientID), ("client_secret", Organisation.secret),
      ("refresh_token", Organisation.refreshToken),
    ])
    return reply.member("access_token") ?? ""
  }

  @discardableResult func notify(_ parameters: String, _ token: String) -> Reply {
    reply(
      .post, "https://www.zohoapis.com/phonebridge/v3/callnotify", [.authorization: "Zoho-oauthtoken " + token],
      body: parameters)
  }

  @discardableResult func postCall(_ start: String, _ token: String, duration: String = "1:30", _ more: String = "")
    -> Reply
  {
    reply(
      .post, "https://www.zohoapis.com/crm/v2/Calls", [.authorization: "Zoho-oauthtoken " + token],
      body:
        #"{"data":[{"Subject":"Call at \#(start)","Call_Type":"Inbound","Call_Duration":"\#(duration)","#
        + #""Call_Start_Time":"\#(start)"\#(more)}]}"#)
  }
}
