import CRMConnectors
import HTTPTypes
import JSON
import Primitives
import Testing

/// The manner of the vendor's softphone: the caller's text goes into the query as it came, and the first hit counts.
struct VendorAddInTests {
  private static let settings: ConnectorSettings = {
    var settings = ConnectorSettings()
    settings.numbers.manner = .vendorAddIn
    settings.numbers.countryCode = "49"
    settings.numbers.trunkPrefix = "0"
    settings.numbers.severalHits = .none
    return settings
  }()

  @Test(arguments: [
    (
      CRMTable.contacts,
      "select Full_Name, Phone from Contacts where Phone = 'N' or (Home_Phone = 'N' or (Other_Phone = 'N' or "
        + "(Mobile = 'N' or Fax = 'N'))) limit 1"
    ),
    (.leads, "select Full_Name, Phone from Leads where Phone = 'N' or (Mobile = 'N' or Fax = 'N') limit 1"),
    (.accounts, "select Account_Name, Phone from Accounts where Phone = 'N' or Fax = 'N' limit 1"),
  ])
  func theTextIsPutIntoTheQueryAsItCame(table: CRMTable, query: String) throws {
    for text in ["+493055501", "anonymous", "O'Brien", "*97", "0", "", "+1 617"] {
      var dialogue = try Dialogue.loggedIn(Self.settings)
      let asked = dialogue.ask(text, in: [table])
      #expect(asked.lines == ["POST https://www.zohoapis.com/crm/v2/coql"])
      let filled = query.split(separator: "N'", omittingEmptySubsequences: false).joined(separator: text + "'")
      #expect(JSONValue(parsing: asked.requests[0].body)?["select_query"]?.string == filled)
    }
  }

  @Test func oneSpellingIsAskedForInEachTable() throws {
    var dialogue = try Dialogue.loggedIn(Self.settings)
    let contacts = dialogue.ask("03055501", in: [.contacts, .leads])
    let leads = dialogue.answer(contacts, .miss)
    #expect(leads.requests.count == 1)
    #expect(dialogue.answer(leads, .miss).outcomes == [.missed])
  }

  @Test func whateverIsFoundFirstIsBelieved() throws {
    var dialogue = try Dialogue.loggedIn(Self.settings)
    let asked = dialogue.ask("0")
    #expect(
      dialogue.answer(asked, .found("7", #""Full_Name":"Somebody Else""#, phone: "+1 555-0100")).outcomes == [
        .found(reference(.contacts, "7", "Somebody Else"))
      ])
  }

  @Test func aQueryThatTheTextBreaksFails() throws {
    var dialogue = try Dialogue.loggedIn(Self.settings)
    let asked = dialogue.ask("O'Brien")
    #expect(dialogue.answer(asked, .refused(400, "SYNTAX_ERROR")).outcomes == [.failed(400, "SYNTAX_ERROR")])
  }

  @Test func whatIsTooLongForAnyFieldIsNotAskedForEvenSo() throws {
    var dialogue = try Dialogue.loggedIn(Self.settings)
    #expect(dialogue.ask(String(repeating: "9", count: 65)).outcomes == [.failed(nil, "numberTooLong")])
  }

  @Test func nobodyIsAddedTwiceForATextWithoutDigits() throws {
    var dialogue = try Dialogue.loggedIn(Self.settings)
    let created = dialogue.answer(dialogue.ask("anonymous", addingTo: .contacts), .miss)
    #expect(created.requests.map(\.purpose) == [.create])
    let record = reference(.contacts, "4000000000000123456", "anonymous")
    #expect(dialogue.answer(created, .added(record.id)).outcomes == [.added(record)])
    #expect(dialogue.answer(dialogue.ask("anonymous", addingTo: .contacts), .miss).outcomes == [.found(record)])
    #expect(dialogue.answer(dialogue.ask("withheld", addingTo: .contacts), .miss).requests.map(\.purpose) == [.create])
  }
}
