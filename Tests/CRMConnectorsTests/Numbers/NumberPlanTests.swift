import CRMConnectors
import HTTPTypes
import Testing

struct NumberPlanTests {
  private static let germany: NumberPlan = {
    var plan = NumberPlan()
    (plan.countryCode, plan.trunkPrefix, plan.internationalPrefix) = ("49", "0", "00")
    return plan
  }()

  @Test(arguments: ["+493055501", "03055501", "5550100", "(030) 555-01"])
  func withoutSettingsTheNumberIsAskedForAsItWasDialled(text: String) throws {
    #expect(NumberPlan().candidates(for: try DialledNumber(text)) == [text])
  }

  @Test(arguments: [
    ("+493055501", ["+493055501", "493055501", "03055501"]),
    ("03055501", ["03055501", "+493055501", "493055501"]),
    ("00493055501", ["00493055501", "+493055501", "493055501", "03055501"]),
    ("0012125550100", ["0012125550100", "+12125550100", "12125550100"]),
    ("55501", ["55501"]), ("030 / 555-01", ["030 / 555-01", "+493055501", "493055501", "03055501"]),
  ])
  func settingsAddTheSpellingsInTheirOrder(text: String, candidates: [String]) throws {
    #expect(Self.germany.candidates(for: try DialledNumber(text)) == candidates)
  }

  @Test func theLastDigitsAreAskedForWhereTheSettingSaysSo() throws {
    var plan = NumberPlan()
    plan.searchedDigits = 7
    #expect(plan.candidates(for: try DialledNumber("+12125550100")) == ["+12125550100", "5550100"])
    #expect(plan.candidates(for: try DialledNumber("5550100")) == ["5550100"])
  }

  @Test(arguments: [
    ("+49 30 555-0100", "+49305550100", true), ("030/5550100", "+49305550100", true), ("5550100", "+49305550100", true),
    ("+1 212 555 0100 ext. 12", "+12125550100", true), ("+12125550100;ext=5", "+12125550100", true),
    ("+49\u{a0}30\u{2011}5550100", "+49305550100", true),
    ("+49 30 5550101", "+49305550100", false), ("550100", "+49305550100", false), ("", "+49305550100", false),
    ("call me", "+49305550100", false), ("anonymous", "+49305550100", false), ("110", "110", true),
    ("0110", "110", true), ("1110", "110", false), ("+49 89 5550100", "+49305550100", false),
  ])
  func aHitIsHeldAgainstTheNumberByItsLastDigits(stored: String, number: String, isMatch: Bool) throws {
    #expect(NumberPlan().matches(stored, try DialledNumber(number)) == isMatch)
  }

  @Test(arguments: [
    ("030 5550100", "+49305550100", true), ("+49 (0)", "+49305550100", false), ("5550100", "+49305550100", false),
    ("0049305550100", "+49305550100", true), ("+49305550100", "03055 50100", true),
  ])
  func equalMeansEqualInOneForm(stored: String, number: String, isMatch: Bool) throws {
    var plan = Self.germany
    plan.comparison = .equal
    #expect(plan.matches(stored, try DialledNumber(number)) == isMatch)
  }

  @Test(arguments: [0, -5, Int.min, Int.max]) func noCountOfDigitsIsAFault(count: Int) throws {
    var plan = NumberPlan()
    plan.comparison = .lastDigits(count)
    plan.searchedDigits = count
    #expect(plan.candidates(for: try DialledNumber("+12125550100")).first == "+12125550100")
    _ = plan.matches("+12125550100", try DialledNumber("+12125550100"))
  }

  @Test func aLookupAsksEveryTableForASpellingBeforeTheNextAndStopsAtTheCap() throws {
    var settings = ConnectorSettings()
    settings.numbers = Self.germany
    settings.numbers.maximumSearches = 3
    var dialogue = try Dialogue.loggedIn(settings)
    var paths: [String] = []
    var outputs = dialogue.ask("03055501", in: [.contacts, .leads])
    while let request = outputs.requests.first {
      paths.append(request.request.path ?? "")
      outputs = dialogue.answer(request, .miss)
    }
    #expect(
      paths == [
        "/crm/v2/Contacts/search?phone=03055501", "/crm/v2/Leads/search?phone=03055501",
        "/crm/v2/Contacts/search?phone=%2B493055501",
      ])
    #expect(outputs.outcomes == [.missed])
  }

  @Test func aWrongHitIsNoHit() throws {
    var dialogue = try Dialogue.loggedIn()
    let asked = dialogue.ask("+15550100", in: [.contacts, .leads])
    let next = dialogue.answer(asked, .found("7", #""Last_Name":"Wrong""#, phone: "+44 20 5550100 99"))
    #expect(next.lines == ["GET https://www.zohoapis.com/crm/v2/Leads/search?phone=%2B15550100"])
  }

  @Test(arguments: [(SeveralHits.first, "1"), (.none, nil)] as [(SeveralHits, String?)])
  func severalHitsAreAmbiguous(rule: SeveralHits, taken: String?) throws {
    var settings = ConnectorSettings()
    settings.numbers.severalHits = rule
    var dialogue = try Dialogue.loggedIn(settings)
    let asked = dialogue.ask("+15550100", in: [.contacts, .leads], addingTo: .leads)
    let page =
      #"{"data":[{"id":"9","Phone":"+4420"},{"id":"1","Last_Name":"A","Phone":"15550100"},"#
      + #"{"id":"2","Last_Name":"B","Mobile":"+1-555-0100"}]}"#
    let outcomes = dialogue.answer(asked, .json(200, page)).outcomes
    #expect(outcomes == [.ambiguous(taken.map { reference(.contacts, $0, "A") }, count: 2)])
  }

  @Test func aFieldOfTheOrganisationsOwnMayHoldTheNumber() throws {
    var dialogue = try Dialogue.loggedIn()
    let asked = dialogue.ask("+15550100")
    let page = #"{"data":[{"id":"1","Last_Name":"A","Phone":null,"Second_Home_Phone":"+1 555 0100"}]}"#
    #expect(dialogue.answer(asked, .json(200, page)).outcomes == [.found(reference(.contacts, "1", "A"))])
  }
}
