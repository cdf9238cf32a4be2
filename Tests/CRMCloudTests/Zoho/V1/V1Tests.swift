import CRMCloud
import HTTPTypes
import Primitives
import Testing

/// An organisation whose user holds a token of the v1 API, in the year 2018.
struct V1Organisation {
  static let token = "0123456789abcdef0123456789abcdef"

  var organisation: Organisation

  init(_ settings: ZohoCloudSettings = ZohoCloudSettings(), at centre: String = "us", user: ZohoCloudData.User? = nil)
    throws
  {
    var data = Organisation.data(dataCentre: centre)
    data.organisations[0].users = [
      user
        ?? .init(
          id: "4000000000000001001", fullName: "Ann Owner", email: "ann@example.com", authTokens: [Secret(Self.token)])
    ]
    organisation = try Organisation(data, settings)
    organisation.now = Instant(seconds: 1_525_170_030)
  }

  mutating func get(_ path: String, _ parameters: String = "", token: String = token, host: String = "crm.zoho.com")
    -> Reply
  {
    let more = parameters.isEmpty ? "" : "&" + parameters
    return organisation.send(.get, host, "/crm/private/\(path)?authtoken=\(token)&scope=crmapi\(more)")
  }

  mutating func post(_ path: String, xml: String, _ parameters: String = "") -> Reply {
    let body = PercentEncoding.form([("authtoken", Self.token), ("scope", "crmapi"), ("xmlData", xml)])
    return organisation.send(
      .post, "crm.zoho.com", "/crm/private/" + path, body: parameters.isEmpty ? body : body + "&" + parameters)
  }

  mutating func search(_ criteria: String, _ module: String = "Contacts", format: String = "json") -> Reply {
    get("\(format)/\(module)/searchRecords", "selectColumns=All&criteria=" + PercentEncoding.encode(criteria))
  }
}

struct V1ReadingTests {
  @Test func oneRecordIsAnObjectAndSeveralAreAList() throws {
    var v1 = try V1Organisation()
    let one = v1.get(
      "json/Contacts/searchRecords", "criteria=(Last%20Name:Tester)&selectColumns=Contacts(Last%20Name,Phone)")
    #expect(
      one.text == #"{"response":{"result":{"Contacts":{"row":{"no":"1","FL":["#
        + #"{"val":"CONTACTID","content":"4000000000000123456"},{"val":"Last Name","content":"Tester"},"#
        + #"{"val":"Phone","content":"+1 (555) 010-0100"}]}}},"uri":"/crm/private/json/Contacts/searchRecords"}}"#)
    let both = v1.search("((Last Name:Tester)OR(Last Name:Solo))")
    #expect(both.text.contains(#""row":[{"no":"1","FL":["#) && both.text.contains(#"{"no":"2","FL":["#))
    let bare = v1.get("json/Contacts/searchRecords", "criteria=(Last%20Name:Tester)&selectColumns=Contacts(Nothing)")
    #expect(
      bare.text.contains(#""FL":{"val":"CONTACTID","content":"4000000000000123456"}"#), "one field is no list either")
  }

  @Test func xmlWrapsValuesAndLeavesIdsBare() throws {
    var v1 = try V1Organisation()
    let reply = v1.search("(Last Name:Tester)", format: "xml")
    #expect(
      reply.text.hasPrefix(
        #"<?xml version="1.0" encoding="UTF-8" ?>"# + "\n"
          + #"<response uri="/crm/private/xml/Contacts/searchRecords"><result><Contacts><row no="1">"#
          + #"<FL val="CONTACTID">4000000000000123456</FL><FL val="SMOWNERID">4000000000000001001</FL>"#
          + #"<FL val="Contact Owner"><![CDATA[Ann Owner]]></FL><FL val="First Name"><![CDATA[Bo]]></FL>"#))
    #expect(
      reply.text.contains(#"<FL val="ACCOUNTID">4000000000000200001</FL><FL val="Account Name"><![CDATA[Acme]]></FL>"#))
    #expect(!reply.text.contains("Email"))
    let whole = v1.get("xml/Contacts/getRecordById", "id=4000000000000123456&newFormat=2")
    #expect(whole.text.contains(#"<FL val="Email">null</FL>"#))
  }

  /// Table, criteria or nil for none, and the code.
  @Test(arguments: [
    ("Contacts", "(Phone:5559999)", "4422"), ("Contacts", "", "4831"), ("Contacts", "Phone:5559999", "4420"),
    ("Contacts", "(Nonsense:x)", "4420"), ("Contacts", "((Phone:1)OR(Mobile:1)OR(Fax:1))", "4420"),
    ("Contacts", "((((Phone:1)OR(Mobile:1))OR((Fax:1)OR(Title:1)))OR((Email:1)OR(Department:1)))", "4420"),
    ("Nonsense", "(Phone:1)", "4600"), ("Contacts", "(Phone:*)", "4420"), ("Contacts", "(Email Opt Out:maybe)", "4420"),
  ])
  func aSearchWithoutResultSaysWhy(module: String, criteria: String, code: String) throws {
    var v1 = try V1Organisation()
    let reply = v1.search(criteria, module)
    #expect(reply.status == 200 && reply.code == code, "\(reply)")
    #expect(reply.text.contains(code == "4422" ? "\"nodata\"" : "\"error\""))
  }

  @Test(arguments: [
    ("Contacts", "(Mobile:555-0101)", 1), ("Contacts", "(Mobile:555*)", 1), ("Contacts", "(Mobile:5550101)", 0),
    ("Contacts", "(((Phone:x)OR(Mobile:555-0101))OR((Home Phone:x)OR(Other Phone:5550102)))", 2),
    ("Contacts", "((First Name:Bo)AND(Last Name:Te*))", 1), ("Accounts", "(Account Name:acme)", 1),
    ("Leads", "(Company:Lead Ltd)", 1), ("Potentials", "(Potential Name:x)", 0),
  ])
  func searchesCompareTheWholeValueOrItsBeginning(module: String, criteria: String, count: Int) throws {
    var v1 = try V1Organisation()
    let reply = v1.search(criteria, module)
    #expect((reply.code == "4422") == (count == 0), "\(reply)")
    #expect(reply.text.contains(#""row":["#) == (count > 1))
  }

  @Test(
    arguments: [
      ("(Phone|contains|*010-0100*)", true), ("(Phone|contains|010)", nil), ("(Last Name|is|Tester)", true),
      ("(Last Name|=|Solo)", true), ("(Last Name|isn't|Tester)", true), ("(Last Name|starts with|Te*)", true),
      ("(Last Name|ends with|*lo)", true), ("(Last Name|ends with|*zz)", false),
      ("(Last Name|doesn't contain|*o*)", true),
      ("(Mobile|contains|*0101*)", true), ("(Last Name|likes|x)", nil), ("Last Name|is|x", nil),
      ("(Last Name|is)", nil),
      ("(Nonsense|is|x)", nil), ("(Created Time|>|2030-01-01)", nil),
    ] as [(String, Bool?)])
  func theOldSearchTakesOneCondition(condition: String, isFound: Bool?) throws {
    var v1 = try V1Organisation()
    let reply = v1.get(
      "json/Contacts/getSearchRecords", "selectColumns=All&searchCondition=" + PercentEncoding.encode(condition))
    #expect(reply.code == (isFound == nil ? "4420" : isFound == true ? nil : "4422"), "\(reply)")
  }

  @Test(
    arguments: [
      ("Contacts", "contactid", "4000000000000123456", nil), ("Contacts", "accountid", "4000000000000200001", nil),
      ("Accounts", "accountname", "Acme", nil), ("Contacts", "phone", "5550102", "4420"),
      ("Contacts", "email", "x", "4422"),
      ("Calls", "subject", "x", "4420"),
    ] as [(String, String, String, String?)])
  func thereAreNoPhonesAmongThePredefinedColumns(module: String, column: String, value: String, code: String?) throws {
    var v1 = try V1Organisation()
    let reply = v1.get(
      "json/\(module)/getSearchRecordsByPDC", "selectColumns=All&searchColumn=\(column)&searchValue=\(value)")
    #expect(reply.code == code, "\(reply)")
  }

  @Test(
    arguments: [
      ("Contacts/getRecords", "", nil), ("Contacts/getRecords", "fromIndex=2&toIndex=2", nil),
      ("Contacts/getMyRecords", "", nil),
      ("Contacts/getRecords", "sortColumnString=Last%20Name&sortOrderString=desc", nil),
      ("Contacts/getRecords", "fromIndex=3", "4422"),
      ("Contacts/getRecords", "fromIndex=x", "4832"), ("Contacts/getRecords", "fromIndex=0", "4600"),
      ("Contacts/getRecords", "fromIndex=1&toIndex=201", "4600"),
      ("Contacts/getRecords", "fromIndex=5&toIndex=2", "4600"),
      ("Contacts/getRecords", "toIndex=99999999999999999999", "4832"), ("Contacts/getRecords", "newFormat=3", "4600"),
      ("Contacts/getRecords", "selectColumns=Leads(Phone)", "4600"),
      ("Contacts/getRecords", "selectColumns=Contacts(Phone", "4600"),
      ("Contacts/getRecords", "sortColumnString=Nonsense", "4600"),
      ("Contacts/getRecords", "lastModifiedTime=2020-01-01%2000:00:00", "4422"),
      ("Contacts/getRecords", "lastModifiedTime=yesterday", "4600"), ("Contacts/getRecordById", "", "4831"),
      ("Contacts/getRecordById", "id=1", "4422"), ("Contacts/getRecordById", "id=x", "4600"),
      ("Contacts/getRecordById", "idlist=1;4000000000000123456", nil), ("Contacts/getFields", "type=2", nil),
      ("Contacts/getFields", "type=9", "4600"), ("Info/getModules", "type=api", nil),
      ("Users/getUsers", "type=AllUsers", nil),
      ("Users/getUsers", "type=DeactiveUsers", "4422"), ("Users/getUsers", "type=Nonsense", "4600"),
      ("Users/getUsers", "", "4831"),
      ("Contacts/nonsense", "", "4600"), ("Nonsense/getRecords", "", "4600"), ("Contacts/getrecords", "", "4600"),
    ] as [(String, String, String?)])
  func methodsAnswerWithRowsOrACode(path: String, parameters: String, code: String?) throws {
    var v1 = try V1Organisation()
    for format in ["json", "xml"] {
      let reply = v1.get(format + "/" + path, parameters)
      #expect(reply.status == 200)
      #expect(
        format == "xml" ? reply.text.contains("<code>\(code ?? "4")") == (code != nil) : reply.code == code, "\(reply)")
    }
  }

  @Test(
    "Seed rows 5 and 9: the token opens its own data centre under its own host",
    arguments: [
      ("us", "crm.zoho.com", nil), ("eu", "crm.zoho.eu", nil), ("cn", "crm.zoho.com.cn", nil),
      ("eu", "crm.zoho.com", "4834"),
      ("us", "crm.zoho.eu", "4834"),
    ] as [(String, String, String?)])
  func dataCentresAreApart(centre: String, host: String, code: String?) throws {
    var v1 = try V1Organisation(at: centre)
    #expect(v1.get("json/Info/getModules", "type=api", host: host).code == code)
  }

  @Test(arguments: [
    ("authtoken=\(V1Organisation.token)", "4831"), ("authtoken=\(V1Organisation.token)&scope=x", "4831"),
    ("authtoken=x&scope=crmapi", "4834"), ("scope=crmapi", "4834"), ("ticket=x&scope=crmapi", "4000"), ("", "4834"),
  ])
  func withoutAGoodTokenNothingOpens(parameters: String, code: String) throws {
    var v1 = try V1Organisation()
    let reply = v1.organisation.send(.get, "crm.zoho.com", "/crm/private/json/Contacts/getRecords?" + parameters)
    #expect(reply.status == 200 && reply.code == code)
    #expect(reply.text.hasPrefix(#"{"response":{"error":{"code":"# + "\"\(code)\""))
    #expect(reply.text.hasSuffix(#","uri":"/crm/private/json/Contacts/getRecords"}}"#))
  }

  @Test(arguments: [
    (ZohoCloudData.User(fullName: "A B", authTokens: [Secret(V1Organisation.token)], profile: "No API Access"), "4001"),
    (ZohoCloudData.User(fullName: "A B", authTokens: [Secret(V1Organisation.token)], isActive: false), "4834"),
  ])
  func theUserDecidesToo(user: ZohoCloudData.User, code: String) throws {
    var v1 = try V1Organisation(user: user)
    #expect(v1.get("json/Contacts/getRecords").code == code)
  }

  @Test(arguments: ["yaml/Contacts/getRecords", "json/Contacts", "json/Contacts/getRecords/x"])
  func aPathThatIsNoneIsNotFound(path: String) throws {
    var v1 = try V1Organisation()
    #expect(v1.get(path).status == 404)
  }

  @Test(
    arguments: [
      (1_577_836_799 as Int64, ZohoEra.byClock, nil), (1_577_836_800, .byClock, "4834"), (1_800_000_000, .y2018, nil),
      (1_525_170_030, .y2021, "4834"), (1_560_000_000, .y2019H2, nil),
    ] as [(Int64, ZohoEra, String?)])
  func v1EndsWhenItsTimeHasCome(seconds: Int64, era: ZohoEra, code: String?) throws {
    var settings = ZohoCloudSettings()
    settings.era = era
    var v1 = try V1Organisation(settings)
    v1.organisation.now = Instant(seconds: seconds)
    #expect(v1.get("json/Contacts/getRecords").code == code)
    settings.retiredV1Status = 410
    v1 = try V1Organisation(settings)
    v1.organisation.now = Instant(seconds: seconds)
    #expect(v1.get("json/Contacts/getRecords").status == (code == nil ? 200 : 410))
  }

  @Test func callsAreCountedWhereTheSwitchSaysSo() throws {
    var settings = ZohoCloudSettings()
    settings.enforcesV1Limits = true
    var v1 = try V1Organisation(settings)
    // 2018-05-01 10:20:30 UTC is 03:20:30 in the Pacific's summer.
    for _ in 0..<60 { #expect(v1.search("(Phone:5559999)").code == "4422") }
    #expect(v1.search("(Phone:5559999)").code == "4820")
    v1.organisation.now = v1.organisation.now + .seconds(60)
    #expect(v1.search("(Phone:5559999)").code == "4422")
    let old = "selectColumns=All&searchCondition=(Phone%7Cis%7Cx)"
    for _ in 0..<250 { #expect(v1.get("json/Contacts/getSearchRecords", old).code == "4422") }
    #expect(v1.get("json/Contacts/getSearchRecords", old).code == "4421")
    v1.organisation.now = Instant(seconds: 1_525_244_399)
    #expect(v1.get("json/Contacts/getSearchRecords", old).code == "4421")
    v1.organisation.now = Instant(seconds: 1_525_244_400)
    #expect(v1.get("json/Contacts/getSearchRecords", old).code == "4422")
  }
}
