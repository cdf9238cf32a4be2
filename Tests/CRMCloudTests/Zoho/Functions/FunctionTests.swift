import CRMCloud
import HTTPTypes
import Primitives
import Testing

struct FunctionTests {
  private let world: ZohoWorld
  private let browser: Browser

  init() throws {
    world = try Developers.world()
    browser = Developers.connectedToMailChimp(world)
  }

  /// Connects the CRM to itself as `crm`.
  private func connectCRM(_ scopes: String = "ZohoCRM.modules.ALL") {
    browser.open(Developers.connections + "/new/zoho_oauth")
    browser.submit("new-connection", ["connection_name": "CRM", "scopes": scopes])
    browser.submit("tenant")
    browser.submit("consent", button: "Accept")
  }

  @Test("Seed row 51: a function asks with invokeurl, parameters and a connection, and returns the body")
  func aFunctionAsksWithParametersThroughAConnection() throws {
    let script = #"""
      // The guide's form: no commas between the entries.
      response = invokeurl
      [
        url :"https://us6.api.mailchimp.com/3.0/lists/" + list + "/members"
        type :GET
        parameters:{"count":count, "offset":"1"}
        connection:"my_chimp"
      ];
      info response.get("total_items");
      return response;
      """#
    let page = Developers.run(browser, script, [("list", "a1b2c3d4e5"), ("count", "1")])
    #expect(page.problem == "–" && page.log == "2")
    #expect(page.output?.contains("otto@example.com") ?? false)
    #expect(!(page.output?.contains("ida@example.com") ?? true))
  }

  @Test("Seed row 56: MailChimp's token does not expire, has no scopes, and its metadata name the data centre")
  func mailChimpsTokenLastsAndItsMetadataNameTheDataCentre() throws {
    let script = #"""
      m = invokeurl [ url :"https://login.mailchimp.com/oauth2/metadata" type :GET connection:"my_chimp" ];
      base = m.get("api_endpoint") + "/3.0";
      r = invokeurl [ url :base + "/campaigns" type :GET connection:"my_chimp" ];
      return m.get("dc") + " " + r.get("campaigns").get(0).get("settings").get("title");
      """#
    #expect(Developers.run(browser, script).output == "us6 Spring offers")
    world.wait(86_400 * 365 * 5)
    browser.signIn(Developers.ann, Developers.password)
    browser.open(Developers.functions + "/test")
    #expect(browser.submit("run").output == "us6 Spring offers")
  }

  @Test("Seed row 57: a function posts the CRM's contacts to MailChimp")
  func aFunctionPostsContactsToMailChimp() throws {
    connectCRM()
    let script = #"""
      contacts = invokeurl [ url :"https://www.zohoapis.com/crm/v2/Contacts" type :GET connection:"crm" ];
      for each contact in contacts.get("data")
      {
        member = Map();
        member.put("email_address", contact.get("Email"));
        member.put("status", "subscribed");
        member.put("merge_fields", {"LNAME": contact.get("Last_Name")});
        r = invokeurl
        [
          url :"https://us6.api.mailchimp.com/3.0/lists/a1b2c3d4e5/members"
          type :POST
          parameters:member.toString()
          connection:"my_chimp"
        ];
        info r.get("email_address");
      }
      l = invokeurl [ url :"https://us6.api.mailchimp.com/3.0/lists" connection:"my_chimp" ];
      return l.get("lists").get(0).get("stats").get("member_count");
      """#
    let page = Developers.run(browser, script)
    #expect(page.problem == "–" && page.log == "bo@example.com" && page.output == "3")
    // The second time MailChimp refuses the same address.
    #expect(browser.submit("run").output == "3")
  }

  @Test("Seed row 57: a function fetches a campaign's recipients into the CRM's leads")
  func aFunctionFetchesRecipientsIntoLeads() throws {
    connectCRM()
    let script = #"""
      sent = invokeurl
      [
        url :"https://us6.api.mailchimp.com/3.0/reports/42694e9e57/sent-to"
        type :GET
        connection:"my_chimp"
      ];
      for each member in sent.get("sent_to")
      {
        lead = Map();
        lead.put("Last_Name", member.get("merge_fields").get("LNAME"));
        lead.put("Company", "MailChimp");
        lead.put("Email", member.get("email_address"));
        list = List();
        list.add(lead);
        body = {"data": list};
        r = invokeurl
        [
          url :"https://www.zohoapis.com/crm/v2/Leads"
          type :POST
          body:body
          connection:"crm"
        ];
        info r.get("data").get(0).get("code");
      }
      """#
    let page = Developers.run(browser, script)
    #expect(page.problem == "–" && page.log == "SUCCESS")
    let leads = world.cloud.records(in: .leads)
    #expect(leads.count == 1)
  }

  @Test func detailedGivesStatusTextAndHeaders() throws {
    let script = #"""
      r = invokeurl [ url :"https://us1.api.mailchimp.com/3.0/lists" connection:"my_chimp" detailed:true ];
      return r.get("responseCode") + " " + r.get("responseText").toMap().get("title") + " "
        + r.get("responseHeader").get("content-type");
      """#
    #expect(Developers.run(browser, script).output == "403 WrongDatacenter application/problem+json; charset=utf-8")
  }

  @Test func aFunctionIsCalledThroughItsAddress() throws {
    Developers.run(browser, "return \"Hello \" + name;", [("name", "x")])
    let address = browser.page.text(id: "rest-key") ?? ""
    #expect(address.hasPrefix("https://www.zohoapis.com/crm/v2/functions/test/actions/execute?auth_type=apikey"))
    #expect(world.reply(.get, address + "&name=Bo").status == 401)
    browser.submit("edit", ["with_key": "on"])
    let reply = world.reply(.get, address + "&name=Bo")
    #expect(reply.status == 200 && reply.member("output") == "Hello Bo" && reply.code == "success")
    #expect(world.reply(.post, address, body: "arguments=%7B%22name%22%3A%22Al%22%7D").member("output") == "Hello Al")
    #expect(world.reply(.get, address + "0&name=Bo").status == 401)
    #expect(world.reply(.put, address).status == 400)
  }

  @Test func aFunctionIsCalledWithAnAccessToken() throws {
    Developers.run(browser, "return 1 + 2;")
    browser.submit("edit", ["with_token": "on"])
    connectCRM("ZohoCRM.functions.execute.READ")
    let script = #"""
      r = invokeurl [
        url :"https://www.zohoapis.com/crm/v2/functions/test/actions/execute?auth_type=oauth" connection:"crm" ];
      return r.get("details").get("output");
      """#
    #expect(Developers.run(browser, script, name: "outer").output == "3")
  }

  @Test(arguments: [("ZohoCRM.modules.ALL", "OAUTH_SCOPE_MISMATCH"), ("ZohoCRM.functions.execute.READ", "INVALID_URL")])
  func aFunctionThatIsNotOpenToTokensIsNotCalled(scope: String, code: String) throws {
    Developers.run(browser, "return 1;")
    connectCRM(scope)
    let script = #"""
      return invokeurl [
        url :"https://www.zohoapis.com/crm/v2/functions/test/actions/execute?auth_type=oauth" connection:"crm" ];
      """#
    #expect(Developers.run(browser, script, name: "outer").output?.contains(code) ?? false)
  }

  @Test(arguments: [
    ("1 + 2", "3"), ("1.5 + 2", "3.5"), ("1 + \"a\"", "1a"), ("\"a\" + null", "anull"), ("{1,2} + \"\"", "[1,2]"),
    ("{\"a\":{\"b\":5}}.get(\"a\").get(\"b\")", "5"), ("{1,2}.get(9)", ""), ("\" Ab \".trim().toLowerCase()", "ab"),
    ("\"[1,2]\".toJSONList().size()", "2"), ("'it''s'", ""), ("-4 + 1", "-3"), ("\"a\\\"b\"", "a\"b"),
  ])
  func valuesAreWorkedOut(expression: String, output: String) throws {
    let page = Developers.run(browser, "return \(expression);")
    #expect((page.output ?? "") == output)
  }

  @Test func functionsAreListedAndDeleted() throws {
    Developers.run(browser, "return 1;")
    browser.open(Developers.functions)
    #expect(browser.page.rows("functions") == [["test", "", "Ended"]])
    browser.follow("test")
    #expect(browser.submit("delete").rows("functions").isEmpty)
    #expect(browser.open(Developers.functions + "/test").status == 404)
  }
}
