import CRMCloud
import Primitives
import Testing

/// COUNT and its like in COQL.
struct AggregateTests {
  private static func office() throws -> Organisation {
    var organisation = try Organisation.whole()
    for (company, revenue, source) in [
      ("A", "100", "Partner"), ("A", "300", "Partner"), ("B", "50.5", "Chat"), ("C", "null", "null"),
    ] {
      let label = source == "null" ? "null" : "\"\(source)\""
      _ = organisation.add(
        "Leads",
        #"{"Last_Name":"x","Company":"\#(company)","Annual_Revenue":\#(revenue),"Lead_Source":\#(label)}"#)
    }
    return organisation
  }

  @Test(arguments: [
    ("COUNT(id)", #"{"COUNT(id)":4}"#), ("COUNT(Annual_Revenue)", #"{"COUNT(Annual_Revenue)":3}"#),
    ("SUM(Annual_Revenue)", #"{"SUM(Annual_Revenue)":450.5}"#),
    ("MAX(Annual_Revenue)", #"{"MAX(Annual_Revenue)":300}"#),
    ("MIN(Annual_Revenue)", #"{"MIN(Annual_Revenue)":50.5}"#), ("COUNT(Lead_Source)", #"{"COUNT(Lead_Source)":3}"#),
    ("COUNT(id) as n, SUM(Annual_Revenue)", #"{"n":4,"SUM(Annual_Revenue)":450.5}"#),
  ])
  func aFunctionWithoutGroupsGivesOneRow(columns: String, row: String) throws {
    var office = try Self.office()
    let reply = office.query("select \(columns) from Leads where Last_Name = 'x'", version: "v7")
    #expect(reply.text == #"{"data":[\#(row)],"info":{"count":1,"more_records":false}}"#)
  }

  @Test func anAverageIsThatOfTheValuesThereAre() throws {
    var office = try Self.office()
    let reply = office.query("select AVG(Annual_Revenue) from Leads where Company = 'A'", version: "v8")
    #expect(reply.text.contains(#"{"AVG(Annual_Revenue)":200}"#))
  }

  @Test func ofNobodyThereIsACountAndNothingElse() throws {
    var office = try Self.office()
    let columns = "COUNT(id), SUM(Annual_Revenue)"
    let reply = office.query("select \(columns) from Leads where Last_Name = 'nobody'", version: "v7")
    #expect(reply.text.contains(#"[{"COUNT(id)":0,"SUM(Annual_Revenue)":null}]"#))
    let grouped = office.query(
      "select COUNT(id), Company from Leads where Last_Name = 'nobody' group by Company", version: "v7")
    #expect(grouped.status == 204)
  }

  @Test func rowsOfAGroupAreOneAndComeInItsOrder() throws {
    var office = try Self.office()
    let query = "select COUNT(id), Company from Leads where Last_Name = 'x' group by Company"
    #expect(
      office.query(query, version: "v7").text.contains(
        #"[{"COUNT(id)":2,"Company":"A"},{"COUNT(id)":1,"Company":"B"},{"COUNT(id)":1,"Company":"C"}]"#))
    let turned = office.query(query + " order by Company desc limit 1", version: "v7").text
    #expect(turned == #"{"data":[{"COUNT(id)":1,"Company":"C"}],"info":{"count":1,"more_records":true}}"#)
    let empty = office.query(
      "select COUNT(id), Lead_Source from Leads where Last_Name = 'x' group by Lead_Source", version: "v7")
    #expect(empty.text.contains(#"[{"COUNT(id)":1,"Lead_Source":null},"#))
  }

  @Test func groupsAloneAreTheValuesThereAre() throws {
    var office = try Self.office()
    let reply = office.query("select Company from Leads where Last_Name = 'x' group by Company", version: "v3")
    #expect(reply.text.contains(#"[{"Company":"A"},{"Company":"B"},{"Company":"C"}]"#))
  }

  @Test(arguments: [
    ("select count(id) from Leads where id is not null", "v7", "SYNTAX_ERROR"),
    ("select Count(id) from Leads where id is not null", "v7", "SYNTAX_ERROR"),
    ("select COUNT(id) from Leads where id is not null", "v2", "SYNTAX_ERROR"),
    ("select COUNT(id) from Leads where id is not null", "v3", "SYNTAX_ERROR"),
    ("select Company from Leads where id is not null group by Company", "v2", "SYNTAX_ERROR"),
    ("select COUNT( from Leads where id is not null", "v7", "SYNTAX_ERROR"),
    ("select COUNT(id from Leads where id is not null", "v7", "SYNTAX_ERROR"),
    ("select COUNT(*) from Leads where id is not null", "v7", "SYNTAX_ERROR"),
    ("select COUNT() from Leads where id is not null", "v7", "SYNTAX_ERROR"),
    ("select MEDIAN(id) from Leads where id is not null", "v7", "SYNTAX_ERROR"),
    ("select COUNT(id), from Leads where id is not null", "v7", "SYNTAX_ERROR"),
    ("select COUNT(id) from Leads group by Company where id is not null", "v7", "SYNTAX_ERROR"),
    ("select COUNT(id) from Leads where id is not null group Company", "v7", "SYNTAX_ERROR"),
    ("select COUNT(Nonsense) from Leads where id is not null", "v7", "INVALID_QUERY"),
    ("select SUM(Last_Name) from Leads where id is not null", "v7", "INVALID_QUERY"),
    ("select COUNT(Last_Name) from Leads where id is not null", "v7", "INVALID_QUERY"),
    ("select COUNT(id), Company from Leads where id is not null", "v7", "INVALID_QUERY"),
    ("select COUNT(id) from Leads where id is not null group by Company order by Last_Name", "v7", "INVALID_QUERY"),
    ("select COUNT(id), COUNT(id) from Leads where id is not null", "v7", "DUPLICATE_DATA"),
    ("select COUNT(id), COUNT(id) as n from Leads where id is not null", "v7", "DUPLICATE_DATA"),
  ])
  func whatIsNoQueryIsRefused(query: String, version: String, code: String) throws {
    var office = try Self.office()
    let reply = office.query(query, version: version)
    #expect(reply.status == 400 && reply.code == code, "\(reply)")
  }
}
