import CRMCloud
import HTTPTypes
import Primitives
import Testing

struct SalesforceQueryTests {
  @Test(arguments: [
    ("SELECT Name FROM Contact", ["Bo Tester", "Plain", "Spaced"]),
    ("select name from contact where lastname = 'PLAIN'", ["Plain"]),
    ("SELECT Name FROM Contact WHERE Phone LIKE '%5%5%5%0%1%4%2%'", ["Bo Tester"]),
    ("SELECT Name FROM Contact WHERE Phone LIKE '%5550142'", []),
    ("SELECT Name FROM Contact WHERE Phone LIKE '(617) 555-014_'", ["Bo Tester"]),
    ("SELECT Name FROM Contact WHERE Phone LIKE '\\%%'", []),
    ("SELECT Name FROM Contact WHERE Phone = null", ["Plain"]),
    ("SELECT Name FROM Contact WHERE Phone != null AND LastName != 'Spaced'", ["Bo Tester"]),
    ("SELECT Name FROM Contact WHERE LastName IN ('Plain','spaced') ORDER BY LastName DESC", ["Spaced", "Plain"]),
    ("SELECT Name FROM Contact WHERE LastName NOT IN ('Plain')", ["Bo Tester", "Spaced"]),
    ("SELECT Name FROM Contact WHERE NOT LastName = 'Plain'", ["Bo Tester", "Spaced"]),
    ("SELECT Name FROM Contact WHERE (LastName = 'Plain' OR LastName = 'Spaced') AND Phone = null", ["Plain"]),
    ("SELECT Name FROM Contact WHERE LastName > 'Plain'", ["Bo Tester", "Spaced"]),
    ("SELECT Name FROM Contact ORDER BY Phone LIMIT 1", ["Plain"]),
    ("SELECT Name FROM Contact ORDER BY Phone NULLS LAST LIMIT 1", ["Bo Tester"]),
    ("SELECT Name FROM Contact LIMIT 1 OFFSET 1", ["Plain"]),
    ("SELECT Name FROM Contact WHERE Id = '003000000000001'", ["Bo Tester"]),
    ("SELECT Name FROM Contact WHERE Id = '003000000000001AAA'", ["Bo Tester"]),
    ("SELECT Name FROM Contact WHERE CreatedDate < 2027-01-01T00:00:00Z AND IsDeleted = false LIMIT 1", ["Bo Tester"]),
    ("SELECT Name FROM Contact WHERE LastName = 'O\\'Brien'", []),
    ("SELECT Name FROM User WHERE IsActive = true", ["Ann Agent"]),
  ])
  func aQueryFindsWhatItAsksFor(text: String, names: [String]) throws {
    var org = try SalesforceOrg.open()
    let reply = org.query(text)
    #expect(reply.status == 200 && reply.names == names)
  }

  @Test(arguments: [
    ("", "MALFORMED_QUERY"), ("SELECT", "MALFORMED_QUERY"), ("SELECT Id", "MALFORMED_QUERY"),
    ("SELECT Id FROM", "MALFORMED_QUERY"), ("SELECT Id FROM Contact WHERE", "MALFORMED_QUERY"),
    ("SELECT Id FROM Contact WHERE Phone = 'a' OR Phone = 'b' AND Phone = 'c'", "MALFORMED_QUERY"),
    ("SELECT Id FROM Contact WHERE AccountId IN (SELECT Id FROM Account)", "MALFORMED_QUERY"),
    ("SELECT Id FROM Contact WHERE LastName = 'O'Brien'", "MALFORMED_QUERY"),
    ("SELECT Id FROM Contact WHERE LastName = 'a''b'", "MALFORMED_QUERY"),
    ("SELECT Id FROM Contact WHERE LastName = 'a\\x'", "MALFORMED_QUERY"),
    ("SELECT Id FROM Contact WHERE LastName = 'a", "MALFORMED_QUERY"),
    ("SELECT Id FROM Contact; SELECT Id FROM Lead", "MALFORMED_QUERY"),
    ("SELECT * FROM Contact", "MALFORMED_QUERY"), ("SELECT Id FROM Contact LIMIT x", "MALFORMED_QUERY"),
    ("SELECT Id FROM Contact LIMIT 99999999999999999999", "MALFORMED_QUERY"),
    ("SELECT Id FROM Nothing", "INVALID_TYPE"), ("SELECT Nope FROM Contact", "INVALID_FIELD"),
    ("SELECT Id FROM Contact WHERE Nope = 'a'", "INVALID_FIELD"), ("SELECT Account.Name FROM Contact", "INVALID_FIELD"),
    ("SELECT Id FROM Contact WHERE Phone = 6175550142", "INVALID_FIELD"),
    ("SELECT Id FROM Contact WHERE Phone = +16175550142", "INVALID_FIELD"),
    ("SELECT Id FROM Task WHERE CallDurationInSeconds = '7'", "INVALID_FIELD"),
    ("SELECT Id FROM Contact WHERE Id = 'x'", "INVALID_QUERY_FILTER_OPERATOR"),
    ("SELECT Id FROM Contact WHERE Id LIKE '003%'", "INVALID_OPERATION"),
    ("SELECT Id FROM Contact LIMIT 1 OFFSET 2001", "NUMBER_OUTSIDE_VALID_RANGE"),
    (String(repeating: "(", count: 5000), "MALFORMED_QUERY"),
    ("SELECT Id FROM Contact WHERE " + String(repeating: "(", count: 1500), "MALFORMED_QUERY"),
    ("SELECT Id FROM Contact WHERE " + String(repeating: "NOT ", count: 1500) + "Id = null", "MALFORMED_QUERY"),
  ])
  func aQueryThatCannotBeReadIsRefusedByItsCode(text: String, code: String) throws {
    var org = try SalesforceOrg.open()
    let reply = org.query(text)
    #expect(reply.status == 400 && reply.code == code)
  }

  @Test func countsCome() throws {
    var org = try SalesforceOrg.open()
    #expect(org.query("SELECT COUNT() FROM Contact").text == #"{"totalSize":3,"done":true,"records":[]}"#)
  }

  @Test func aLongAnswerComesInPages() throws {
    var org = try SalesforceOrg.open { $0.settings.queryPage = 2 }
    let first = org.query("SELECT Name FROM Contact")
    #expect(first.names == ["Bo Tester", "Plain"] && first.text.hasPrefix(#"{"totalSize":3,"done":false,"#))
    let next = try #require(first.member("nextRecordsUrl"))
    let second = org.send(.get, SalesforceOrg.host, next, authorization: "Bearer " + org.token)
    #expect(second.names == ["Spaced"] && second.text.hasPrefix(#"{"totalSize":3,"done":true,"#))
    #expect(org.call(.get, "query/01gNothing-2000").code == "INVALID_QUERY_LOCATOR")
  }

  @Test func theSloppyMannerTakesWhatItSeemsToBe() throws {
    var org = try SalesforceOrg.open { $0.settings.manner = .sloppy }
    #expect(org.query("SELECT Id FROM Contact WHERE Phone = 'a' OR Phone = 'b' AND Phone = 'c'").status == 200)
    #expect(
      org.query("SELECT Name FROM Contact WHERE Phone = null AND LastName = 'x' OR LastName = 'Spaced'").names == [
        "Spaced"
      ])
    #expect(org.search("FIND {+493012345678} RETURNING Contact(Name)").names == ["Plain"])
    #expect(org.call(.post, "sobjects/Task", #"{"CallDurationInSeconds":"72"}"#).status == 201)
    #expect(org.query("SELECT Id FROM Task WHERE CallDurationInSeconds = 72").text.hasPrefix(#"{"totalSize":1,"#))
  }
}
