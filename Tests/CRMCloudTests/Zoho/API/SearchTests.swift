import CRMCloud
import HTTPTypes
import Primitives
import Testing

struct SearchTests {
  /// Three people and what tells them apart.
  private func people(_ settings: ZohoCloudSettings = ZohoCloudSettings()) throws -> Organisation {
    var organisation = try Organisation.whole(settings)
    for record in [
      #"{"Last_Name":"Burns, B","First_Name":"Mary","Email":"mary@example.com","#
        + #""Phone":"5550201","Email_Opt_Out":true}"#,
      #"{"Last_Name":"Boyle (Jr)","First_Name":"Ann","Email":"ann@example.org","Mobile":"555-0202"}"#,
      #"{"Last_Name":"Öztürk","First_Name":"Bo","Secondary_Email":"bo@example.com","Date_of_Birth":"1990-02-03"}"#,
    ] { #expect(organisation.api(.post, "v2/Contacts", "{\"data\":[\(record)]}").status == 201) }
    return organisation
  }

  @Test(
    arguments: [
      ("(Last_Name:equals:Tester)", ["Tester"]), ("(Last_Name:equals:tester)", ["Tester"]),
      ("(Last_Name:equals:Test)", []), ("(Last_Name:starts_with:Test)", ["Tester"]),
      (#"(Last_Name:equals:Burns\, B)"#, ["Burns, B"]), (#"(Last_Name:equals:Boyle \(Jr\))"#, ["Boyle (Jr)"]),
      ("((Last_Name:starts_with:B)and(First_Name:starts_with:M))", ["Burns, B"]),
      ("((Last_Name:starts_with:T)or(First_Name:starts_with:M))", ["Tester", "Burns, B"]),
      ("(((First_Name:starts_with:Bo)or(First_Name:starts_with:M))and(Last_Name:starts_with:B))", ["Burns, B"]),
      ("((First_Name:starts_with:A)or(First_Name:starts_with:M)and(Last_Name:starts_with:X))", ["Boyle (Jr)"]),
      ("( (Last_Name:starts_with:T) AND (First_Name:starts_with:B) )", ["Tester"]),
      ("(Email:equals:MARY@example.com)", ["Burns, B"]), ("(Email_Opt_Out:equals:true)", ["Burns, B"]),
      ("(Date_of_Birth:equals:1990-02-03)", ["Öztürk"]), ("(Phone:equals:5550201)", ["Burns, B"]),
      ("(Phone:equals:555-0201)", []), ("(Last_Name:equals:öztürk)", ["Öztürk"]),
      ("(Account_Name:equals:Acme)", ["Tester"]), ("(Account_Name.id:equals:4000000000000200001)", ["Tester"]),
      ("(Full_Name:equals:Mary Burns\\, B)", ["Burns, B"]), ("(id:equals:4000000000000123456)", ["Tester"]),
      ("(Owner.email:starts_with:nobody)", []), ("(Email:equals:null)", ["Tester", "Solo", "Öztürk"]),
      // Documented: with several terms equals behaves like contains.
      ("((Last_Name:equals:est)or(Phone:equals:0201))", ["Tester", "Burns, B"]),
    ] as [(String, [String])])
  func criteriaFindWhomTheyMean(criteria: String, names: [String]) throws {
    var organisation = try people()
    let reply = organisation.criteria(criteria)
    #expect(reply.status == (names.isEmpty ? 204 : 200), "\(reply)")
    #expect(reply.count == names.count)
    for name in names { #expect(reply.text.contains("\"Last_Name\":\"\(name)\"")) }
  }

  @Test(arguments: [
    ("(Last_Name:not_equal:Tester)", 4), ("(Last_Name:in:Tester,Solo)", 2), ("(Last_Name:not_in:Tester,Solo)", 3),
    ("(Date_of_Birth:between:1990-01-01,1990-12-31)", 1), ("(Date_of_Birth:greater_than:1990-02-03)", 0),
    ("(Date_of_Birth:greater_equal:1990-02-03)", 1), ("(Date_of_Birth:less_than:1990-02-04)", 1),
    ("(Date_of_Birth:less_equal:1990-02-02)", 0), ("(Created_Time:greater_than:2026-01-01T00:00:00+00:00)", 3),
    ("((Last_Name:equals:est)or(Last_Name:equals:olo))", 0),
  ])
  func laterVersionsKnowMoreOperators(criteria: String, count: Int) throws {
    var organisation = try people()
    let reply = organisation.criteria(criteria, version: "v3")
    #expect(reply.count == count && [200, 204].contains(reply.status), "\(reply)")
    if !criteria.contains(":equals:") {
      #expect(organisation.criteria(criteria).code == "INVALID_QUERY", "v2 knows two")
    }
  }

  @Test(arguments: [
    "", "x", "Last_Name:equals:x", "(", ")", "()", "(())", "(Last_Name)", "(Last_Name:equals)", "(Last_Name:equals:)",
    "(Nonsense:equals:x)", "(last_name:equals:x)", "(Last_Name:is:x)", "(:equals:x)", "(Last_Name::x)",
    "(Last_Name:equals:x", "(Last_Name:equals:x)and", "(Last_Name:equals:x)(First_Name:equals:y)",
    "(Last_Name:equals:x)xor(First_Name:equals:y)", "(Email_Opt_Out:equals:maybe)", "(Date_of_Birth:equals:today)",
    "(Owner.nonsense:equals:x)", "(Last_Name.id:equals:x)", "(Account_Name.Account_Name.Phone:equals:x)",
    String(repeating: "(", count: 5000),
    String(repeating: "(", count: 100) + "Last_Name:equals:x"
      + String(repeating: ")", count: 100),
  ])
  func criteriaThatAreNoneSayWhatIsWrong(criteria: String) throws {
    var organisation = try Organisation.whole()
    let reply = organisation.criteria(criteria)
    #expect(reply.status == 400 && reply.code == "INVALID_QUERY", "\(reply)")
    #expect(reply.text.contains("\"details\":{\"reason\":"))
  }

  @Test(arguments: [("v2", 10, "INVALID_QUERY"), ("v7", 10, "INVALID_QUERY"), ("v8", 15, "CRITERIA_LIMIT_EXCEEDED")])
  func theNumberOfTermsIsBounded(version: String, most: Int, code: String) throws {
    var organisation = try Organisation.whole()
    let terms = { (count: Int) in
      "(" + (0..<count).map { "(Phone:equals:555\($0)00)" }.joined(separator: "or") + ")"
    }
    #expect(organisation.criteria(terms(most), version: version).status == 204)
    let reply = organisation.criteria(terms(most + 1), version: version)
    #expect(reply.status == 400 && reply.code == code)
  }

  @Test(arguments: [
    ("email=mary@example.com", 1), ("email=BO%40example.com", 1), ("email=mary@example", 0), ("word=burns", 1),
    ("word=example", 3), ("word=%C3%96zt", 1), ("word=0202", 1), ("word=Mary%20Burns", 1), ("word=zzz", 0),
    ("phone=5550202", 1),
    // The first of criteria, email, phone and word wins.
    ("word=zzz&phone=5550202", 1), ("phone=5550202&email=mary@example.com&fields=Last_Name", 1),
    ("email=mary@example.com&criteria=(Last_Name:equals:Solo)", 1), ("word=burns&converted=both&approved=both", 1),
    ("word=burns&converted=false&approved=true", 1), ("word=burns&converted=true", 0), ("word=burns&approved=false", 0),
    ("word=ex&per_page=2", 2), ("word=ex&per_page=2&page=2", 1), ("word=ex&per_page=2&page=3", 0),
  ])
  func wordsAndAddressesFindWhomTheyMean(query: String, count: Int) throws {
    var organisation = try people()
    let reply = organisation.api(.get, "v2/Contacts/search?" + query)
    #expect(reply.count == count && reply.status == (count == 0 ? 204 : 200), "\(reply)")
  }

  @Test(arguments: [
    ("Contacts/search?email=mary", "INVALID_DATA"), ("Contacts/search?email=", "INVALID_DATA"),
    ("Contacts/search?word=", "INVALID_DATA"), ("Contacts/search?word=ex&page=-1", "INVALID_DATA"),
    ("Contacts/search?word=ex&converted=maybe", "INVALID_DATA"), ("Contacts/search?word=ex&page=11", "LIMIT_REACHED"),
    ("Contacts/search?word=ex&page=1001&per_page=2", "LIMIT_REACHED"),
    ("Contacts/search?fields=id", "EXPECTED_PARAM_MISSING"),
    ("Attachments/search?word=ex", "NOT_SUPPORTED"), ("Nonsense/search?word=ex", "INVALID_MODULE"),
  ])
  func aSearchThatCannotBeMadeSaysWhy(path: String, code: String) throws {
    var organisation = try Organisation.whole()
    let reply = organisation.api(.get, "v2/" + path)
    #expect(reply.status == 400 && reply.code == code, "\(reply)")
  }

  @Test("E3: searches lag behind creations and edits, ids and queries do not")
  func searchesLagBehindEdits() throws {
    var settings = ZohoCloudSettings()
    settings.indexDelay = .seconds(60)
    var organisation = try Organisation.whole(settings)
    let id = organisation.add("Contacts", #"{"Last_Name":"Late","Phone":"5550301"}"#)
    #expect(organisation.api(.get, "v2/Contacts/search?phone=5550301").status == 204)
    #expect(organisation.criteria("(Last_Name:equals:Late)").status == 204)
    #expect(organisation.api(.get, "v2/Contacts/search?word=Late").status == 204)
    #expect(organisation.api(.get, "v2/Contacts/\(id)").status == 200)
    #expect(organisation.query("select id from Contacts where Phone = '5550301'").status == 200)
    organisation.now = organisation.now + .seconds(60)
    #expect(organisation.api(.get, "v2/Contacts/search?phone=5550301").status == 200)
    #expect(organisation.api(.put, "v2/Contacts/\(id)", #"{"data":[{"Phone":"5550302"}]}"#).status == 200)
    #expect(organisation.api(.get, "v2/Contacts/search?phone=5550302").status == 204)
    // Found by what the index knows, shown as it is.
    #expect(organisation.api(.get, "v2/Contacts/search?phone=5550301").text.contains("5550302"))
    _ = organisation.cloud.carryOut(.flushIndex, at: organisation.now)
    #expect(organisation.api(.get, "v2/Contacts/search?phone=5550302").status == 200)
    #expect(organisation.api(.get, "v2/Contacts/search?phone=5550301").status == 204)
  }

  @Test func aDeletedRecordIsFoundNoMore() throws {
    var organisation = try Organisation.whole()
    let ids = (0..<5).map { organisation.add("Leads", #"{"Last_Name":"x","Company":"x","Phone":"555040\#($0)"}"#) }
    #expect(organisation.api(.delete, "v2/Leads/\(ids[2])").status == 200)
    for (index, _) in ids.enumerated() {
      #expect(organisation.api(.get, "v2/Leads/search?phone=555040\(index)").status == (index == 2 ? 204 : 200))
    }
    #expect(organisation.api(.get, "v2/Leads/\(ids[2])").status == 204)
  }
}
