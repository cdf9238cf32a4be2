import CRMCloud
import HTTPTypes
import Primitives
import Testing

struct QueryTests {
  @Test(arguments: [
    ("select Last_Name from Contacts where Last_Name = 'Tester'", 1),
    ("SELECT Last_Name, Phone FROM Contacts WHERE Phone = '+1 (555) 010-0100' LIMIT 1", 1),
    ("select id from Contacts where Phone = '15550100100'", 0),
    (
      "select id from Contacts where Phone = '5550102' or (Mobile = '555-0101' or Home_Phone = '5550102') limit 1",
      1
    ),
    ("select Full_Name from Contacts where Mobile = '555-0101' or Other_Phone = '5550102'", 2),
    ("select id from Contacts where Last_Name like 'Te%'", 1),
    ("select id from Contacts where Last_Name like '%o%'", 1),
    ("select id from Contacts where Last_Name not like '%o%'", 1),
    ("select id from Contacts where Last_Name != 'Solo'", 1),
    ("select id from Contacts where Last_Name in ('Solo', 'Tester')", 2),
    ("select id from Contacts where Last_Name not in ('Solo')", 1), ("select id from Contacts where Mobile is null", 1),
    ("select id from Contacts where Mobile is not null", 1),
    ("select id from Contacts where Last_Name is not null limit 1, 1", 1),
    ("select id from Contacts where Last_Name is not null limit 5 offset 1", 1),
    ("select id from Contacts where Last_Name is not null offset 2", 0),
    ("select id from Contacts where Created_Time < '2020-01-01T00:00:00+00:00'", 2),
    ("select id from Contacts where Created_Time between '2020-01-01T00:00:00Z' and '2030-01-01T00:00:00Z'", 0),
    ("select Account_Name.Phone as p from Contacts where Account_Name.Account_Name = 'Acme'", 1),
    ("select id from Contacts where Account_Name = '4000000000000200001'", 1),
    ("select id from Contacts where id = 4000000000000123456", 1),
    ("select id from Leads where Company = 'Lead Ltd'", 1),
    ("select id from Leads where No_of_Employees > 5", 0), ("select id from Contacts where Last_Name = 'it''s'", 0),
    (#"select id from Contacts where Last_Name = 'it\'s'"#, 0),
    ("select id\nfrom\tContacts where(Last_Name='Solo')", 1),
    ("select id from Contacts where ((((Last_Name = 'Solo'))))", 1),
    (
      "select id from Contacts where (Last_Name = 'Solo' and Mobile is null) or (Last_Name = 'x' and Fax is null)",
      1
    ),
  ])
  func queriesFindWhatTheySay(text: String, count: Int) throws {
    var organisation = try Organisation.whole()
    let reply = organisation.query(text)
    #expect(reply.status == (count == 0 ? 204 : 200), "\(reply)")
    if count > 0 { #expect(reply.text.contains(#""info":{"count":\#(count),"#), "\(reply)") }
  }

  @Test(arguments: [
    ("", "SYNTAX_ERROR"), ("select", "SYNTAX_ERROR"), ("select * from Contacts", "SYNTAX_ERROR"),
    ("select id from Contacts", "SYNTAX_ERROR"), ("select id from Contacts where", "SYNTAX_ERROR"),
    ("select from Contacts where id = 1", "SYNTAX_ERROR"), ("select id Contacts where id = 1", "SYNTAX_ERROR"),
    ("select id from Contacts where Phone = 5550100 and Mobile = '1' and Fax = '1'", "SYNTAX_ERROR"),
    ("select id from Contacts where (Phone = '1' or Mobile = '1' or Fax = '1')", "SYNTAX_ERROR"),
    ("select id from Contacts where Phone = 'x", "SYNTAX_ERROR"),
    ("select id from Contacts where Phone == 'x'", "SYNTAX_ERROR"),
    ("select id from Contacts where Phone = 'x';", "SYNTAX_ERROR"),
    ("select id from Contacts where Phone = x", "SYNTAX_ERROR"),
    ("select id from Contacts where Phone in ()", "SYNTAX_ERROR"),
    ("select id from Contacts where (id = 1", "SYNTAX_ERROR"),
    ("select id from Contacts where id = 1 limit x", "SYNTAX_ERROR"),
    ("select id from Contacts where id = 1 limit -1", "SYNTAX_ERROR"),
    ("select id from Contacts where id = 1 order Phone", "SYNTAX_ERROR"), ("drop table Contacts", "SYNTAX_ERROR"),
    ("select id from Contacts where id = 1 limit 99999999999999999999", "SYNTAX_ERROR"),
    ("select id from Contacts where id = 1 limit 201", "LIMIT_EXCEEDED"),
    ("select id from Nonsense where id = 1", "INVALID_QUERY"),
    ("select Nonsense from Contacts where id = 1", "INVALID_QUERY"),
    ("select id from Contacts where Nonsense = 1", "INVALID_QUERY"),
    ("select id from Contacts where id = 1 order by Nonsense", "INVALID_QUERY"),
    ("select id from Leads where No_of_Employees = 'many'", "INVALID_QUERY"),
    ("select id from Contacts where Created_Time > 'yesterday'", "INVALID_QUERY"),
    ("select id from Contacts where " + String(repeating: "(", count: 500) + "id = 1", "SYNTAX_ERROR"),
    (
      "select id from Contacts where Phone in (" + (0..<101).map { "'\($0)'" }.joined(separator: ",") + ")",
      "INVALID_QUERY"
    ),
    ("select " + (0..<51).map { _ in "id" }.joined(separator: ",") + " from Contacts where id = 1", "SYNTAX_ERROR"),
    (String(repeating: "select ", count: 3000), "SYNTAX_ERROR"),
  ])
  func queriesThatAreNoneSayWhatIsWrong(text: String, code: String) throws {
    var organisation = try Organisation.whole()
    let reply = organisation.query(text)
    #expect(reply.status == 400 && reply.code == code, "\(reply)")
  }

  @Test(arguments: [
    ("", "INVALID_DATA"), ("[]", "INVALID_DATA"), ("{}", "MANDATORY_NOT_FOUND"),
    (#"{"select_query":7}"#, "INVALID_DATA"),
  ])
  func aBodyWithoutAQueryIsRefused(body: String, code: String) throws {
    var organisation = try Organisation.whole()
    let reply = organisation.api(.post, "v2/coql", body)
    #expect(reply.status == 400 && reply.code == code)
  }

  @Test func rowsShowTheColumnsAskedForAndTheId() throws {
    var organisation = try Organisation.whole()
    let reply = organisation.query(
      "select Full_Name, Account_Name, Account_Name.Phone as Number, Fax from Contacts where Last_Name = 'Tester'")
    #expect(
      reply.text == #"{"data":[{"Full_Name":"Bo Tester","Account_Name":{"name":"Acme","id":"4000000000000200001"},"#
        + #""Number":"+15550103","Fax":"555-0109","id":"4000000000000123456"}],"#
        + #""info":{"count":1,"more_records":false}}"#
    )
  }

  @Test func rowsComeInTheOrderAskedFor() throws {
    var organisation = try Organisation.whole()
    for (name, amount) in [("b", 10), ("a", 10), ("c", 5)] {
      _ = organisation.add("Deals", #"{"Deal_Name":"\#(name)","Stage":"Qualification","Amount":\#(amount)}"#)
    }
    let names = { (reply: Reply) in
      ["a", "b", "c"].sorted { left, right in
        let place = { (name: String) in
          reply.text.firstRange(of: "\"Deal_Name\":\"\(name)\"")?.lowerBound ?? reply.text.endIndex
        }
        return place(left) < place(right)
      }.joined()
    }
    let ask = { (order: String) in "select Deal_Name, Amount from Deals where Stage = 'Qualification' order by \(order)"
    }
    #expect(names(organisation.query(ask("Amount desc, Deal_Name"))) == "abc")
    #expect(names(organisation.query(ask("Amount asc, Deal_Name desc"))) == "cba")
    #expect(organisation.query(ask("Amount") + " limit 2").text.contains(#""more_records":true"#))
  }

  @Test(arguments: [("v2", 200), ("v3", 200), ("v4", 2000), ("v8", 2000)])
  func theVersionBoundsTheRows(version: String, most: Int) throws {
    var organisation = try Organisation.whole()
    let query = "select id from Contacts where Last_Name is not null limit "
    #expect(organisation.query(query + String(most), version: version).status == 200)
    #expect(organisation.query(query + String(most + 1), version: version).code == "LIMIT_EXCEEDED")
  }

  @Test(arguments: [
    (["ZohoCRM.coql.READ", "ZohoCRM.modules.contacts.READ"], "Contacts", "Last_Name", 200),
    (["ZohoCRM.coql.READ", "ZohoCRM.modules.leads.READ"], "Contacts", "Last_Name", 401),
    (["ZohoCRM.modules.ALL"], "Contacts", "Last_Name", 401), (["ZohoCRM.coql.READ"], "Contacts", "Last_Name", 401),
    (["ZohoCRM.coql.READ", "ZohoCRM.modules.contacts.READ"], "Contacts", "Account_Name.Phone", 401),
    (
      ["ZohoCRM.coql.READ", "ZohoCRM.modules.contacts.READ", "ZohoCRM.modules.accounts.READ"], "Contacts",
      "Account_Name.Phone", 200
    ),
  ])
  func aQueryNeedsItsScopeAndThoseOfItsModules(scopes: [String], module: String, column: String, status: Int) throws {
    var organisation = try Organisation.open(scopes: scopes)
    let reply = organisation.query("select \(column) from \(module) where Last_Name is not null")
    #expect(reply.status == status, "\(reply)")
    if status == 401 { #expect(reply.code == "OAUTH_SCOPE_MISMATCH") }
  }
}
