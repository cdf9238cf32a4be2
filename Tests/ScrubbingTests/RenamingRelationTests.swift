import Testing

@testable import Scrubbing

struct RenamingRelationTests {
  private func relation() throws -> (RenamingRelation, Renaming) {
    var renaming = try Samples.renaming()
    for number in ["1003", "1004", "+493012345678"] { _ = renaming.number(number) }
    _ = (renaming.name("Helga Hansen"), renaming.host("192.168.7.20"), renaming.token("5e2f77ab90"))
    renaming.settle()
    return (RenamingRelation(renaming), renaming)
  }

  @Test func aLineAndItsRenamedLineAreAlike() throws {
    var (relation, renaming) = try relation()
    let line = { (number: String, name: String, host: String) in
      #"{"time":17.5,"number":"\#(number)","text":"\"\#(name)\" <\#(number)>","#
        + #""contact":"sip:\#(number)@\#(host):5060"}"#
    }
    let before = line("1003", "Helga Hansen", "192.168.7.20")
    let number = try requireValue(renaming.number("1003"))
    let after = line(number, renaming.name("Helga Hansen"), renaming.host("192.168.7.20"))
    do { let found = relation.difference(before, after); #expect(found == nil) }
  }

  @Test func anotherNumberIsADifferenceAndIsNamed() throws {
    var (relation, renaming) = try relation()
    let other = try requireValue(renaming.number("1004"))
    let found = try requireValue(relation.difference(#"{"a":[{"n":"1003"}]}"#, #"{"a":[{"n":"\#(other)"}]}"#))
    #expect(found.path == "a[0].n")
    #expect(found.before == "1003")
    #expect(found.after == other)
  }

  @Test(arguments: [
    (#"{"a":1}"#, #"{"a":2}"#), (#"{"a":"x"}"#, #"{"b":"x"}"#), (#"{"a":[1]}"#, #"{"a":[1,1]}"#), (#"{"a":1}"#, "[]"),
    (#"{"a":"ANSWERED"}"#, #"{"a":"FAILED"}"#), ("1,ANSWERED,5", "1,ANSWERED,6"), (#"{"a":true}"#, #"{"a":false}"#),
  ])
  func anotherValueIsADifference(_ before: String, _ after: String) throws {
    var (relation, _) = try relation()
    do { let found = relation.difference(before, after); #expect(found != nil) }
  }

  @Test func aDigestHasToBeTheSameWhereItWasTheSame() throws {
    var (relation, _) = try relation()
    let (one, other, third) = ("0123456789abcdef", "fedcba9876543210", "00112233445566aa")
    do { let found = relation.difference(#"{"a":"\#(one)"}"#, #"{"a":"\#(other)"}"#); #expect(found == nil) }
    do { let found = relation.difference(#"{"a":"\#(one)"}"#, #"{"a":"\#(third)"}"#); #expect(found != nil) }
    do { let found = relation.difference(#"{"a":"\#(third)"}"#, #"{"a":"\#(other)"}"#); #expect(found != nil) }
  }

  /// What vTiger, SugarCRM and Salesforce are asked: digits with anything between them, in a query, in a URL.
  @Test(arguments: [
    "/webservice.php?query=select%20phone%20from%20Contacts%20where%20phone%20like%20%27{}%27",
    "rest_data=%7B%22query%22%3A%22contacts.phone_work%20like%20%27{}%27%20or%20mobile%20like%20%27{}%27%22%7D",
    "v64.0/query/?q=SELECT%20Id%20FROM%20Contact%20WHERE%20Phone%20LIKE%20%27{}%27",
  ])
  func digitsWithAnythingBetweenThemAreANumber(_ question: String) throws {
    var (relation, renaming) = try relation()
    let spread = { (number: String, kept: Int) in
      let gaps = "%25" + number.suffix(kept).map { "\($0)%25" }.joined()
      return #"{"path":"\#(question.replacing("{}", with: gaps))"}"#
    }
    let (number, other) = ("+493012345678", try requireValue(renaming.number("+493012345678")))
    for kept in [7, 12] {
      do { let found = relation.difference(spread(number, kept), spread(other, kept)); #expect(found == nil) }
      let wrong = String(other.dropLast()) + (other.hasSuffix("1") ? "2" : "1")
      do { let found = relation.difference(spread(number, kept), spread(wrong, kept)); #expect(found != nil) }
    }
    do { let found = relation.difference(spread(number, 7), spread(other, 8)); #expect(found != nil) }
  }
}
