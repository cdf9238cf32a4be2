import CRMCloud
import Foundation
import HTTPTypes
import Primitives
import Testing

struct SalesforceAPITests {
  @Test func theVersionsAreToldToAnybody() throws {
    var org = try SalesforceOrg()
    let reply = org.send(.get, SalesforceOrg.host, "/services/data")
    #expect(reply.text.hasPrefix(#"[{"label":"Summer '14","url":"/services/data/v31.0","version":"31.0"}"#))
    #expect(reply.text.contains(#"{"label":"Summer '25","url":"/services/data/v64.0","version":"64.0"}"#))
    #expect(org.send(.get, SalesforceOrg.host, "/services/data/v64.0/limits").code == "INVALID_SESSION_ID")
  }

  @Test(arguments: [nil, "Basic YTpi", "Bearer", "Bearer x", "OAuth 00D!x", ""] as [String?])
  func withoutASessionNothingIsServed(authorization: String?) throws {
    var org = try SalesforceOrg()
    let reply = org.send(.get, SalesforceOrg.host, "/services/data/v64.0/limits", authorization: authorization)
    #expect(reply.status == 401 && ["INVALID_SESSION_ID", "INVALID_AUTH_HEADER"].contains(reply.code))
  }

  @Test func aSessionEndsTwoHoursAfterItsLastUse() throws {
    var org = try SalesforceOrg.open()
    for _ in 1...3 {
      org.now = org.now + .seconds(7199)
      #expect(org.call(.get, "limits").status == 200)
    }
    org.now = org.now + .seconds(7200)
    #expect(org.call(.get, "limits").code == "INVALID_SESSION_ID")
  }

  @Test func everyAnswerSaysHowMuchOfTheDayIsUsed() throws {
    var org = try SalesforceOrg.open { $0.settings.dailyRequests = 3 }
    #expect(org.call(.get, "limits").text == #"{"DailyApiRequests":{"Max":3,"Remaining":2}}"#)
    #expect(org.query("SELECT Id FROM Contact").usage == "api-usage=2/3")
    #expect(org.call(.get, "nothing").status == 404)
    let over = org.call(.get, "limits")
    #expect(over.status == 403 && over.code == "REQUEST_LIMIT_EXCEEDED" && over.usage == "api-usage=3/3")
    org.now = org.now + .seconds(86_400 + 600)
    org.token = org.logIn().element("sessionId") ?? ""
    #expect(org.call(.get, "limits").status == 200)
  }

  @Test func aRecordIsMadeReadChangedAndRemoved() throws {
    var org = try SalesforceOrg.open()
    let made = org.call(.post, "sobjects/Contact/", #"{"LastName":"New","Phone":"+1 617 555 0123"}"#)
    let id = try #require(made.member("id"))
    #expect(made.status == 201 && made.text == #"{"id":"\#(id)","success":true,"errors":[]}"#)
    #expect(id.hasPrefix("003") && id.utf8.count == 18)
    // The API keeps a number as it was written.
    #expect(org.call(.get, "sobjects/Contact/" + id.prefix(15)).member("Phone") == "+1 617 555 0123")
    #expect(org.call(.patch, "sobjects/Contact/" + id, #"{"Phone":null,"FirstName":"Nu"}"#).status == 204)
    let read = org.call(.get, "sobjects/Contact/\(id)?fields=Name,Phone")
    #expect(read.text.contains(#""Name":"Nu New","Phone":null"#))
    #expect(org.call(.delete, "sobjects/Contact/" + id).status == 204)
    #expect(org.call(.get, "sobjects/Contact/" + id).status == 404)
    #expect(org.query("SELECT Name FROM Contact").names == ["Bo Tester", "Plain", "Spaced"])
  }

  @Test(arguments: [
    ("Contact", #"{"Phone":"1"}"#, "REQUIRED_FIELD_MISSING"), ("Lead", #"{"LastName":"x"}"#, "REQUIRED_FIELD_MISSING"),
    ("Account", "{}", "REQUIRED_FIELD_MISSING"), ("Contact", #"{"LastName":"x","Nope":"1"}"#, "INVALID_FIELD"),
    ("Contact", #"{"LastName":"x","Name":"1"}"#, "INVALID_FIELD_FOR_INSERT_UPDATE"),
    ("Contact", #"{"LastName":"x","Id":"003000000000001AAA"}"#, "INVALID_FIELD_FOR_INSERT_UPDATE"),
    ("Contact", #"{"LastName":"x","Phone":"12345678901234567890123456789012345678901"}"#, "STRING_TOO_LONG"),
    ("Contact", #"{"LastName":{"a":1}}"#, "JSON_PARSER_ERROR"), ("Contact", "[]", "JSON_PARSER_ERROR"),
    ("Contact", "", "JSON_PARSER_ERROR"), ("Contact", #"{"LastName":"x""#, "JSON_PARSER_ERROR"),
    ("Contact", #"{"LastName":"x","AccountId":"1"}"#, "MALFORMED_ID"),
    ("Contact", #"{"LastName":"x","AccountId":"003000000000001AAA"}"#, "FIELD_INTEGRITY_EXCEPTION"),
    ("Contact", #"{"LastName":"x","AccountId":"001000000000009AAA"}"#, "INVALID_CROSS_REFERENCE_KEY"),
    ("Task", #"{"CallType":"Missed"}"#, "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST"),
    ("Task", #"{"CallDurationInSeconds":72.5}"#, "JSON_PARSER_ERROR"),
    ("Task", #"{"CallDurationInSeconds":"72"}"#, "JSON_PARSER_ERROR"),
    ("Task", #"{"CallDurationInSeconds":100000000}"#, "NUMBER_OUTSIDE_VALID_RANGE"),
    ("Task", #"{"ActivityDate":"2026-02-30"}"#, "JSON_PARSER_ERROR"),
    ("Task", #"{"ActivityDate":"2026-11-28T10:00:00Z"}"#, "JSON_PARSER_ERROR"),
    ("Nothing", "{}", "NOT_FOUND"), ("User", "{}", "INSUFFICIENT_ACCESS_OR_READONLY"),
  ])
  func aRecordThatBreaksARuleIsRefusedByItsCode(object: String, body: String, code: String) throws {
    var org = try SalesforceOrg.open()
    let reply = org.call(.post, "sobjects/" + object, body)
    #expect(reply.code == code && reply.text.hasPrefix("["))
  }

  @Test func aTaskOfALeadIsOfNothingElse() throws {
    var org = try SalesforceOrg.open()
    let lead = try #require(org.query("SELECT Id FROM Lead").member("Id"))
    let both = org.call(.post, "sobjects/Task", #"{"WhoId":"\#(lead)","WhatId":"\#(SalesforceOrg.acmeID)"}"#)
    #expect(both.code == "FIELD_INTEGRITY_EXCEPTION")
    let one = org.call(.post, "sobjects/Task", #"{"WhoId":"\#(lead)","TaskSubtype":"Call"}"#)
    #expect(one.status == 201)
    let id = one.member("id") ?? ""
    #expect(
      org.call(.patch, "sobjects/Task/" + id, #"{"TaskSubtype":"Task"}"#).code == "INVALID_FIELD_FOR_INSERT_UPDATE")
  }

  @Test func rulesOfTheOrganisationsOwnRefuseToo() throws {
    var org = try SalesforceOrg.open {
      $0.settings.refusesDuplicates = true
      $0.settings.ruleWants = ["Lead.Email"]
    }
    let twin = org.call(.post, "sobjects/Contact", #"{"LastName":"Tester","Phone":"(617) 555-0142"}"#)
    #expect(twin.code == "DUPLICATES_DETECTED")
    let lead = org.call(.post, "sobjects/Lead", #"{"LastName":"x","Company":"y"}"#)
    #expect(lead.code == "FIELD_CUSTOM_VALIDATION_EXCEPTION")
  }

  @Test func aFullOrganisationTakesNoMore() throws {
    var org = try SalesforceOrg.open { $0.settings.recordsMax = 3 }
    #expect(org.call(.post, "sobjects/Contact", #"{"LastName":"x"}"#).code == "STORAGE_LIMIT_EXCEEDED")
  }

  @Test(arguments: [
    (HTTPRequest.Method.put, "sobjects/Contact", 405), (.get, "sobjects/Contact/003000000000001", 200),
    (.get, "sobjects/Contact/003000000000001AAB", 200), (.get, "sobjects/Lead/003000000000001AAA", 404),
    (.get, "sobjects/Contact/x", 404), (.get, "sobjects/Contact/%C3%A4", 404), (.get, "sobjects/a/b/c/d", 404),
    (.get, "sobjects", 200), (.get, "sobjects/Task/describe", 200), (.post, "query", 405),
    (.get, "composite/batch", 405),
    (.get, "composite", 404), (.get, "sobjects/Contact/003000000000001?fields=Nope", 400), (.get, "", 200),
    (.delete, "sobjects/User/005000000000001AAA", 400),
  ])
  func everyWayHasAnAnswer(method: HTTPRequest.Method, path: String, status: Int) throws {
    var org = try SalesforceOrg.open()
    #expect(org.call(method, path).status == status)
  }

  @Test func aBatchAnswersEachOfItsQueries() throws {
    var org = try SalesforceOrg.open { $0.settings.dailyRequests = 4 }
    let part = { (text: String) in #"{"method":"GET","url":"v64.0/query/?\#(PercentEncoding.form([("q", text)]))"}"# }
    let reply = org.call(
      .post, "composite/batch",
      #"{"batchRequests":[\#(part("SELECT Name FROM Account")),\#(part("SELECT")),\#(part("SELECT Id FROM Lead"))]}"#)
    #expect(reply.status == 200 && reply.text.hasPrefix(#"{"hasErrors":true,"results":[{"statusCode":200,"result":{"#))
    #expect(reply.names == ["Acme"] && reply.code == "MALFORMED_QUERY" && reply.usage == "api-usage=4/4")
  }

  @Test(arguments: ["", "{}", #"{"batchRequests":[]}"#, #"{"batchRequests":7}"#])
  func aBatchOfNothingIsNone(body: String) throws {
    var org = try SalesforceOrg.open()
    #expect(org.call(.post, "composite/batch", body).code == "JSON_PARSER_ERROR")
  }

  @Test(arguments: [
    #"[7]"#, #"[{}]"#, #"[{"method":"G T","url":"x"}]"#, #"[{"method":"GET","url":""}]"#,
    #"[{"method":"GET","url":"v64.0/composite/batch"}]"#, #"[{"method":"GET","url":"v99.0/limits"}]"#,
    #"[{"method":"GET","url":"../../oauth2/token"}]"#,
  ])
  func aPartOfABatchThatCannotBeIsAnErrorOfItsOwn(parts: String) throws {
    var org = try SalesforceOrg.open()
    let reply = org.call(.post, "composite/batch", #"{"batchRequests":\#(parts)}"#)
    #expect(reply.status == 200 && reply.text.hasPrefix(#"{"hasErrors":true"#))
  }

  @Test func otherHostsAndHugeRequestsAreRefused() throws {
    var org = try SalesforceOrg.open()
    #expect(org.send(.get, "other.my.salesforce.com", "/services/data").status == 421)
    #expect(org.send(.get, "login.salesforce.com", "/services/data").status == 404)
    #expect(org.call(.post, "sobjects/Contact", String(repeating: " ", count: 2_000_000)).status == 413)
    #expect(org.send(.get, SalesforceOrg.host, "/").status == 404)
  }

  @Test func theStateSurvivesBeingWrittenDown() throws {
    let org = try SalesforceOrg.open()
    var copy = org
    copy.cloud = try Self.again(org.cloud)
    #expect(copy.query("SELECT Name FROM Contact").names == ["Bo Tester", "Plain", "Spaced"])
  }

  private static func again(_ cloud: SalesforceCloud) throws -> SalesforceCloud {
    try JSONDecoder().decode(SalesforceCloud.self, from: JSONEncoder().encode(cloud))
  }
}
