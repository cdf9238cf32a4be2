import CRMCloud
import JSON
import Primitives
import Testing

struct VtigerQueryTests {
  private static func office(
    _ manner: VtigerCloudSettings.Manner = .strict
  ) throws -> (office: VtigerOffice, session: String) {
    var office = try VtigerOffice { $0.settings.manner = manner }
    let session = office.session()
    return (office, session)
  }

  /// Bo is 12x2, O'Brien 12x3, Trunk 12x4.
  @Test(arguments: [
    ("select * from Contacts;", ["12x2", "12x3", "12x4"]),
    ("SELECT lastname FROM Contacts ;", ["12x2", "12x3", "12x4"]),
    // Raw text is compared (measured table of the reference).
    ("select id from Contacts where phone = '+16175550142';", []),
    ("select id from Contacts where phone like '%5550142';", []),
    ("select id from Contacts where phone like '%0142';", ["12x2"]),
    ("select id from Contacts where phone like '%617%555%0142%';", ["12x2"]),
    ("select id from Contacts where phone = 1;", ["12x2"]),
    ("select id from Contacts where phone = 0;", ["12x3", "12x4"]),
    ("select id from Contacts where mobile = 442079460000;", ["12x3"]),
    ("select id from Contacts where mobile = +442079460000;", ["12x3"]),
    ("select id from Contacts where mobile = 7700900999;", ["12x4"]),
    ("select id from Contacts where mobile = anonymous;", []),
    ("select id from Contacts where lastname = 'O''Brien';", ["12x3"]),
    ("select id from Contacts where lastname = 'o''brien ';", ["12x3"]),
    ("select id from Contacts where lastname like 't_unk';", ["12x4"]),
    ("select id from Contacts where lastname in ('Tester', Trunk);", ["12x2", "12x4"]),
    ("select id from Contacts where lastname != 'Tester';", ["12x3", "12x4"]),
    ("select id from Contacts where lastname >= 'Tester';", ["12x2", "12x4"]),
    ("select id from Contacts where lastname < 'Tester';", ["12x3"]),
    ("select id from Contacts where id = '12x3';", ["12x3"]),
    // From left to right: (Trunk or Bo) and phone.
    (
      "select id from Contacts where lastname = 'Trunk' or firstname = 'Bo' and phone like '%0142';", ["12x2"]
    ),
    ("select id from Contacts where firstname = 'Bo' and phone = 'x' or lastname = 'Trunk';", ["12x4"]),
    ("select id from Contacts order by lastname desc;", ["12x4", "12x2", "12x3"]),
    ("select id from Contacts order by phone, lastname;", ["12x3", "12x4", "12x2"]),
    ("select id from Contacts limit 2;", ["12x2", "12x3"]), ("select id from Contacts limit 1, 1;", ["12x3"]),
    ("select id from Contacts limit 9, 3;", []),
    ("select id from Contacts where assigned_user_id = '19x1' limit 1;", ["12x2"]),
    ("select id from Users where user_name = 'ann';", ["19x2"]),
    // What is no query.
    ("select * from Contacts", ["QUERY_SYNTAX_ERROR"]), ("", ["QUERY_SYNTAX_ERROR"]),
    ("select * from Contacts where phone = *97;", ["QUERY_SYNTAX_ERROR"]),
    ("select * from Contacts where phone = +1 617;", ["QUERY_SYNTAX_ERROR"]),
    ("select * from Contacts where phone = ;", ["QUERY_SYNTAX_ERROR"]),
    ("select * from Contacts where (phone = '1');", ["QUERY_SYNTAX_ERROR"]),
    ("select * from Contacts where phone = '1' or (mobile = '2');", ["QUERY_SYNTAX_ERROR"]),
    ("select * from Contacts where lastname = 'O'Brien';", ["QUERY_SYNTAX_ERROR"]),
    ("select * from Contacts; select * from Leads;", ["QUERY_SYNTAX_ERROR"]),
    ("select * from Contacts limit -1;", ["QUERY_SYNTAX_ERROR"]),
    ("select * from Contacts limit 99999999999999999999;", ["QUERY_SYNTAX_ERROR"]),
    ("delete from Contacts;", ["QUERY_SYNTAX_ERROR"]), ("select a b from Contacts;", ["QUERY_SYNTAX_ERROR"]),
    ("select * from Contacts where phone != '';", ["INTERNAL_SERVER_ERROR"]),
    ("select * from Contacts where phone = \"1\";", ["INTERNAL_SERVER_ERROR"]),
    ("select * from Contacts where phone = 'open;", ["INTERNAL_SERVER_ERROR"]),
    ("select * from contacts;", ["ACCESS_DENIED"]), ("select * from Potatoes;", ["ACCESS_DENIED"]),
    ("select Phone from Contacts;", ["ACCESS_DENIED"]),
    ("select * from Contacts where nothing = '1';", ["ACCESS_DENIED"]),
    ("select * from Contacts order by nothing;", ["ACCESS_DENIED"]), ("select * from cbCalendar;", ["ACCESS_DENIED"]),
  ])
  func aQueryIsReadAsTheServerReadsIt(text: String, found: [String]) throws {
    var (office, session) = try Self.office()
    #expect(office.found(text, session) == found)
  }

  @Test func aMissingSemicolonIsNamed() throws {
    var (office, session) = try Self.office()
    let message = office.query("select * from Contacts", session)["error"]?["message"]?.string
    #expect(message?.hasSuffix("expected one of: SEMICOLON") == true)
  }

  @Test func recordsAreCountedInText() throws {
    var (office, session) = try Self.office()
    #expect(
      office.ask("select count(*) from Contacts where lastname like '%e%';", session).text
        == #"{"success":true,"result":[{"count":"2"}]}"#)
  }

  @Test func everyValueIsATextAndTheIdIsAlwaysThere() throws {
    var (office, session) = try Self.office()
    #expect(
      office.ask("select firstname,phone from Contacts limit 1,1;", session).text
        == #"{"success":true,"result":[{"firstname":"","phone":"","id":"12x3"}]}"#)
    let whole = office.query("select * from Contacts limit 1;", session)["result"]?.array?.first
    #expect(whole?.members?.allSatisfy { $0.value.string != nil } == true)
    #expect(whole?["contact_no"] == "CON1" && whole?["assigned_user_id"] == "19x1")
  }

  /// Numbers are found by what they were changed to, and no more by what they were.
  @Test func aChangedOrDeletedNumberIsSearchedAsItIsNow() throws {
    var (office, session) = try Self.office()
    func change(_ operation: String, _ name: String, _ value: String) {
      _ = office.post([("operation", operation), ("sessionName", session), (name, value)])
    }
    change("revise", "element", #"{"id":"12x2","phone":"","mobile":"98-98"}"#)
    #expect(office.found("select id from Contacts where phone like '%0142' or mobile like '%0142';", session) == [])
    #expect(office.found("select id from Contacts where mobile like '%9%8%9%8%';", session) == ["12x2"])
    change("delete", "id", "12x2")
    #expect(office.found("select id from Contacts where mobile like '%9%8%9%8%';", session) == [])
    #expect(office.found("select id from Contacts where mobile like '%7700900999';", session) == ["12x4"])
    #expect(office.found("select id from Users where user_name like '%1';", session) == [])
  }

  @Test func aHundredRecordsAreTheMostThatAreNotAskedFor() throws {
    var office = try VtigerOffice { data in
      data.contacts = (0..<130).map { .init(values: ["lastname": "T\($0)", "phone": "6175550142"]) }
    }
    let session = office.session()
    #expect(office.found("select id from Contacts;", session).count == 100)
    #expect(office.found("select id from Contacts limit 130;", session).count == 130)
  }

  @Test(arguments: [
    ("select id from Contacts", ["12x2", "12x3", "12x4"]),
    ("select id from Contacts where lastname = 'Trunk' and (firstname = 'Bo' or mobile like '%999');", ["12x4"]),
    ("select id from Contacts where ((lastname = 'Trunk'))", ["12x4"]),
    ("select id from Contacts where (lastname = 'Trunk'", ["QUERY_SYNTAX_ERROR"]),
    ("select id from Events;", ["ACCESS_DENIED"]),
    ("select id from cbCalendar;", []), ("select id from Contacts where phone != '';", ["INTERNAL_SERVER_ERROR"]),
  ])
  func coreBOSTakesParenthesesAndNoSemicolon(text: String, found: [String]) throws {
    var (office, session) = try Self.office(.sloppy)
    #expect(office.found(text, session) == found)
  }

  @Test func coreBOSTellsTheRowTotalBeside() throws {
    var (office, session) = try Self.office(.sloppy)
    #expect(office.query("select id from Contacts limit 1", session)["moreinfo"] == ["totalrows": 3])
  }

  @Test func hostileQueriesEndSomehow() throws {
    for manner in VtigerCloudSettings.Manner.allCases {
      var (office, session) = try Self.office(manner)
      let deep = "select id from Contacts where " + String(repeating: "(", count: 5000)
      let long = "select id from Contacts where phone='1'" + String(repeating: " or phone='1'", count: 5000) + ";"
      let wild = "select id from Contacts where phone like '\(String(repeating: "%1", count: 2000))';"
      let columns = "select id\(String(repeating: ",id", count: 5000)) from Contacts;"
      for text in [deep, long, wild, columns, "\u{0}", "select", "'", "select id from Contacts limit 0;", "é"] {
        #expect(office.query(text, session).members?.isEmpty == false)
      }
      var dice = SeededGenerator(seed: 5)
      let pieces = [
        "select", "*", "from", "Contacts", "where", "phone", "=", "'1'", "in", "(", ")", ",", ";", "like", "1", "or",
      ]
      for _ in 0..<300 {
        let text = (0..<Int(dice.next() % 12)).map { _ in pieces[Int(dice.next() % 16)] }.joined(separator: " ")
        #expect(office.query(text, session).members?.isEmpty == false)
      }
    }
  }
}
