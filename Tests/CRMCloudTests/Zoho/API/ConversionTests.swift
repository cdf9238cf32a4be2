import CRMCloud
import HTTPTypes
import Primitives
import Testing

/// `POST /Leads/{id}/actions/convert`.
struct ConversionTests {
  private static func lead(_ organisation: inout Organisation, _ company: String = "Lead Ltd") -> String {
    organisation.add(
      "Leads",
      #"{"First_Name":"Lea","Last_Name":"Lead","Company":"\#(company)","Phone":"5550111","Email":"lea@example.com"}"#)
  }

  private static func convert(_ organisation: inout Organisation, _ id: String, _ wishes: String = "{}") -> Reply {
    organisation.api(.post, "v2/Leads/\(id)/actions/convert", #"{"data":[\#(wishes)]}"#)
  }

  @Test func aLeadBecomesAContactOfItsCompany() throws {
    var organisation = try Organisation.whole()
    let id = Self.lead(&organisation)
    let reply = Self.convert(&organisation, id)
    let contact = try #require(reply.member("Contacts")), account = try #require(reply.member("Accounts"))
    #expect(reply.status == 200)
    #expect(reply.text == #"{"data":[{"Contacts":"\#(contact)","Deals":null,"Accounts":"\#(account)"}]}"#)
    let made = organisation.api(.get, "v2/Contacts/" + contact).text
    #expect(made.contains(#""Account_Name":{"name":"Lead Ltd","id":"\#(account)"}"#))
    #expect(made.contains(#""Full_Name":"Lea Lead""#) && made.contains(#""Phone":"5550111""#))
    #expect(organisation.api(.get, "v2/Accounts/" + account).text.contains(#""Phone":"5550111""#))
    // A call of the number finds the contact and the lead no more.
    #expect(organisation.api(.get, "v2/Leads/" + id).status == 204)
    organisation.now = organisation.now + .seconds(600)
    #expect(organisation.api(.get, "v2/Contacts/search?phone=5550111").count == 1)
    #expect(organisation.api(.get, "v2/Leads/search?phone=5550111").status == 204)
  }

  @Test(arguments: ["v7", "v8"])
  func laterVersionsTellNamesBesidesIds(version: String) throws {
    var organisation = try Organisation.whole()
    let id = Self.lead(&organisation)
    let path = "\(version)/Leads/\(id)/actions/convert"
    let reply = organisation.api(
      .post, path, #"{"data":[{"Deals":{"Deal_Name":"First","Stage":"Qualification"}}]}"#)
    #expect(reply.status == 200)
    let pattern = try Regex(
      #"\{"data":\[\{"code":"SUCCESS","details":\{"Contacts":\{"name":"Lea Lead","id":"\d+"\},"#
        + #""Deals":\{"name":"First","id":"\d+"\},"Accounts":\{"name":"Lead Ltd","id":"\d+"\}\},"#
        + #""message":"The record has been converted successfully","status":"success"\}\]\}"#)
    #expect(reply.text.wholeMatch(of: pattern) != nil, "\(reply.text)")
    let again = organisation.api(.post, path, #"{"data":[{}]}"#)
    #expect(again.status == 400 && again.code == "ID_ALREADY_CONVERTED")
    #expect(again.text.contains(#""details":{"resource_path_index":1}"#), "\(again.text)")
  }

  @Test(arguments: [("", "Trade Show"), (#","Lead_Source":"Chat""#, "Chat")])
  func aDealHasTheSourceOfTheLeadUnlessItIsGivenAnother(given: String, source: String) throws {
    var organisation = try Organisation.whole()
    let id = organisation.add(
      "Leads", #"{"Last_Name":"Lead","Company":"Lead Ltd","Lead_Source":"Trade Show","Description":"met"}"#)
    let reply = Self.convert(
      &organisation, id, #"{"Deals":{"Deal_Name":"First","Stage":"Qualification"\#(given)}}"#)
    let deal = organisation.api(.get, "v2/Deals/" + (reply.member("Deals") ?? "")).text
    #expect(deal.contains(#""Lead_Source":"\#(source)""#), "\(deal)")
    let contact = organisation.api(.get, "v2/Contacts/" + (reply.member("Contacts") ?? "")).text
    #expect(contact.contains(#""Lead_Source":"Trade Show""#) && contact.contains(#""Description":"met""#))
  }

  @Test func whatIsThereAlreadyIsTaken() throws {
    var organisation = try Organisation.whole()
    let byName = Self.convert(&organisation, Self.lead(&organisation, "Acme"))
    #expect(byName.member("Accounts") == "4000000000000200001")
    let wishes = #"{"Contacts":"4000000000000123456","Accounts":{"id":"4000000000000200001"},"overwrite":true}"#
    let given = Self.convert(&organisation, Self.lead(&organisation), wishes)
    #expect(given.member("Contacts") == "4000000000000123456" && given.member("Accounts") == "4000000000000200001")
    let contact = organisation.api(.get, "v2/Contacts/4000000000000123456").text
    #expect(contact.contains(#""Account_Name":{"name":"Acme","id":"4000000000000200001"}"#))
  }

  @Test func aDealIsMadeWhereOneIsAskedFor() throws {
    var organisation = try Organisation.whole()
    let wishes = #"{"Deals":{"Deal_Name":"First","Stage":"Closed Won","Amount":5000}}"#
    let reply = Self.convert(&organisation, Self.lead(&organisation), wishes)
    let deal = organisation.api(.get, "v2/Deals/" + (reply.member("Deals") ?? "")).text
    #expect(deal.contains(#""Deal_Name":"First""#) && deal.contains(reply.member("Contacts") ?? "-"))
  }

  @Test(arguments: [
    (#"{"Contacts":"1"}"#, "INVALID_DATA"), (#"{"Accounts":"nobody"}"#, "INVALID_DATA"),
    (#"{"Accounts":"4000000000000123456"}"#, "INVALID_DATA"), (#"{"assign_to":"1"}"#, "INVALID_DATA"),
    (#"{"Deals":{"Deal_Name":"x"}}"#, "MANDATORY_NOT_FOUND"), (#"{"Deals":"x"}"#, "INVALID_DATA"),
  ])
  func aWishThatCannotBeMetLeavesEverythingAsItWas(wishes: String, code: String) throws {
    var organisation = try Organisation.whole()
    let id = Self.lead(&organisation)
    let counts = { (organisation: Organisation) in
      [ZohoModuleName.leads, .contacts, .accounts, .deals].map { organisation.cloud.records(in: $0).count }
    }
    let before = counts(organisation)
    let reply = Self.convert(&organisation, id, wishes)
    #expect(reply.status == 202 && reply.code == code, "\(reply)")
    #expect(counts(organisation) == before)
    #expect(Self.convert(&organisation, id).status == 200)
  }

  @Test func aLeadIsConvertedOnce() throws {
    var organisation = try Organisation.whole()
    let id = Self.lead(&organisation)
    #expect(Self.convert(&organisation, id).status == 200)
    let again = Self.convert(&organisation, id)
    #expect(again.status == 400 && again.code == "ID_ALREADY_CONVERTED")
  }

  @Test(arguments: [
    ("v2/Leads/1/actions/convert", #"{"data":[{}]}"#, 400, "INVALID_DATA"),
    ("v2/Leads/x/actions/convert", #"{"data":[{}]}"#, 400, "INVALID_DATA"),
    ("v2/Leads/1/actions/convert", "nonsense", 400, "INVALID_DATA"),
    ("v2/Leads/1/actions/convert", #"{"data":[{},{}]}"#, 400, "INVALID_DATA"),
    ("v2/Contacts/4000000000000123456/actions/convert", #"{"data":[{}]}"#, 404, "INVALID_URL_PATTERN"),
    ("v2/Leads/1/actions/explode", #"{"data":[{}]}"#, 404, "INVALID_URL_PATTERN"),
    ("v2/Leads/1/deeds/convert", #"{"data":[{}]}"#, 404, "INVALID_URL_PATTERN"),
    ("v2/Nonsense/1/actions/convert", #"{"data":[{}]}"#, 400, "INVALID_MODULE"),
  ])
  func whatIsNoConversionIsRefused(path: String, body: String, status: Int, code: String) throws {
    var organisation = try Organisation.whole()
    let reply = organisation.api(.post, path, body)
    #expect(reply.status == status && reply.code == code, "\(reply)")
    #expect(organisation.api(.get, "v2/Leads/1/actions/convert").code == "INVALID_REQUEST_METHOD")
  }

  @Test func aConversionCostsFiveCredits() throws {
    var settings = ZohoCloudSettings()
    settings.apiCredits = 100
    var organisation = try Organisation.whole(settings)
    let id = Self.lead(&organisation)
    let left = { (response: CloudResponse) -> Int in
      let name = HTTPField.Name("X-RATELIMIT-DAY-REMAINING")
      return name.flatMap { response.response.headerFields[$0] }.flatMap { Int($0) } ?? -1
    }
    let before = left(organisation.call(.get, "v2/Leads/" + id))
    let after = left(organisation.call(.post, "v2/Leads/\(id)/actions/convert", #"{"data":[{}]}"#))
    #expect(before - after == 5)
  }
}
