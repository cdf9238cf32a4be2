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
}
