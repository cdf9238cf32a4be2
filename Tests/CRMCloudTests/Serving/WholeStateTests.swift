import CRMCloud
import Foundation
import HTTPTypes
import Primitives
import Testing

/// A cloud written down and read back goes on as if nothing had been: what `ucmsim cloud --state` rests on.
struct WholeStateTests {
  private typealias Asked = (
    method: HTTPRequest.Method, address: String, fields: [HTTPField.Name: String], body: String
  )

  /// A world in which something of everything has happened, and what is asked of it from then on.
  private static func lived() throws -> (world: ZohoWorld, asked: [Asked]) {
    var data = Developers.data
    data.organisations[0].contacts.append(.init(lastName: "Kept", phone: "+49 30 555", email: "kept@example.com"))
    data.clients.append(
      .init(
        id: "1000.KEPT", secret: Secret("kept-secret"),
        refreshTokens: [.init(token: Secret("1000.kept"), scopes: Organisation.allScopes + ["PhoneBridge.call.log"])]))
    let world = try ZohoWorld(data)
    let browser = Developers.connectedToMailChimp(world)
    Developers.run(browser, "return 1;")
    let refresh = [
      (name: "grant_type", value: "refresh_token"), ("client_id", "1000.KEPT"), ("client_secret", "kept-secret"),
      ("refresh_token", "1000.kept"),
    ]
    let token = world.token(refresh).member("access_token") ?? ""
    let fields: [HTTPField.Name: String] = [.authorization: "Zoho-oauthtoken " + token]
    let api = "https://www.zohoapis.com/crm/v2/"
    _ = world.reply(
      .post, api + "Leads", fields, body: #"{"data":[{"Last_Name":"Written","Company":"L","Phone":"5550777"}]}"#)
    world.wait(1)
    let cookies = browser.cookies.filter { $0.domain == "zoho.com" || $0.domain.hasSuffix(".zoho.com") }
    let cookie: [HTTPField.Name: String] = [
      .cookie: cookies.map { "\($0.name)=\($0.value)" }.joined(separator: "; ")
    ]
    let form = PercentEncoding.form(refresh)
    return (
      world,
      [
        (.get, api + "Contacts/search?phone=%2B4930555", fields, ""), (.get, api + "Leads", fields, ""),
        (.get, api + "Leads/search?phone=5550777", fields, ""), (.get, api + "users", fields, ""),
        (.post, api + "coql", fields, #"{"select_query":"select Last_Name from Contacts where Last_Name = 'Kept'"}"#),
        (.post, "https://accounts.zoho.com/oauth/v2/token", [:], form),
        (.post, api + "Contacts", fields, #"{"data":[{"Last_Name":"Next"}]}"#),
        (.get, "https://accounts.zoho.com/home", cookie, ""), (.get, "https://accounts.zoho.com/sessions", cookie, ""),
        (.get, Developers.connections, cookie, ""), (.get, Developers.functions + "/test", cookie, ""),
        (.get, "https://desk.zoho.com/", cookie, ""), (.get, "https://sigma.zoho.com/connectors", cookie, ""),
        (.get, "https://crm.zoho.com/crm/org600000001/settings/channels/telephony", cookie, ""),
        (.get, "https://www.zohoapis.com/phonebridge/v3/users", fields, ""),
        (.get, "https://api-console.zoho.com/", cookie, ""), (.get, "https://accounts.zoho.com/signin", [:], ""),
      ]
    )
  }

  private static func answers(_ world: ZohoWorld, _ asked: [Asked]) -> [String] {
    asked.map { method, address, fields, body in
      let answer = world.send(method, address, fields, body: body)
      return "\(answer.response.status.code) \(answer.response.headerFields[values: .setCookie]) "
        + String(decoding: answer.body, as: UTF8.self)
    }
  }

  private static func readBack(_ cloud: ZohoCloud) throws -> ZohoCloud {
    try JSONDecoder().decode(ZohoCloud.self, from: try JSONEncoder().encode(cloud))
  }

  @Test func whatIsReadBackAnswersTheSameBytes() throws {
    let (world, asked) = try Self.lived()
    let (again, _) = try Self.lived()
    again.cloud = try Self.readBack(again.cloud)
    let (answers, repeated) = (Self.answers(world, asked), Self.answers(again, asked))
    for (index, (answer, other)) in zip(answers, repeated).enumerated() {
      #expect(answer == other, "\(asked[index].address)")
    }
    // A list of refusals would be the same too.
    for (index, answer) in answers.enumerated() where !answer.hasPrefix("20") {
      Issue.record("\(asked[index].address): \(answer.prefix(200))")
    }
  }

  @Test func readingBackTwiceIsReadingBackOnce() throws {
    let (world, asked) = try Self.lived()
    let (again, _) = try Self.lived()
    world.cloud = try Self.readBack(world.cloud)
    again.cloud = try Self.readBack(try Self.readBack(again.cloud))
    #expect(Self.answers(world, asked) == Self.answers(again, asked))
  }

  @Test(arguments: ["", "{}", "null", "[]", #"{"settings":{}}"#])
  func whatIsNoCloudIsNotRead(text: String) {
    #expect(throws: (any Error).self) { try JSONDecoder().decode(ZohoCloud.self, from: Data(text.utf8)) }
  }
}
