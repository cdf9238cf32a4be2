import PBXModel
import Testing

@testable import Scrubbing

struct NumberRenamingTests {
  private func settled(_ numbers: [String], site: Site = Samples.site) throws -> Renaming {
    var renaming = try Samples.renaming(site)
    for number in numbers { _ = renaming.number(number) }
    renaming.settle()
    return renaming
  }

  @Test(arguments: [
    "1003", "6400", "+493012345678", "03012345678", "9+493012345678", "903012345678", "+442079460123", "+12125551234",
    "00442071234567", "*721003", "**1003", "5123", "+4930000010", "+393912345",
  ])
  func aPseudonymIsAsLongAndOfTheSameSigns(_ number: String) throws {
    var renaming = try settled([number])
    let name = try requireValue(renaming.number(number))
    #expect(name.count == number.count)
    #expect(name != number)
    #expect(name.hasPrefix("+") == number.hasPrefix("+"))
    #expect(name.hasPrefix("*") == number.hasPrefix("*"))
  }

  @Test func codesOfAgentsStayCodesOfTheSameQueue() throws {
    var site = Samples.site
    site.queues = [Queue(number: "6500", members: ["1000"])]
    var renaming = try settled(["6500*", "6500**", "*83", "*84", "1003*", "1003"], site: site)
    let queue = try requireValue(renaming.number("6500"))
    #expect(queue != "6500")
    #expect(renaming.number("6500*") == queue + "*" && renaming.number("6500**") == queue + "**")
    #expect(renaming.number("*83") == "*83" && renaming.number("*84") == "*84")
    #expect(renaming.number("1003*") == renaming.number("1003").map { $0 + "*" } && renaming.number("1003*") != "1003*")
  }

  @Test func differentNumbersGetDifferentPseudonyms() throws {
    let numbers = (1000...1999).map(String.init) + (0..<900).map { "+4930123\(10_000 + $0)" }
    var renaming = try settled(numbers)
    let names = numbers.compactMap { renaming.number($0) }
    #expect(Set(names).count == numbers.count)
  }

  @Test func noPseudonymIsAnotherNumberOfTheTrace() throws {
    let numbers = (0..<300).map { "+4930123\(10_000 + $0)" } + Samples.site.extensions.map(\.number)
    var renaming = try settled(numbers)
    let names = Set(numbers.compactMap { renaming.number($0) })
    #expect(names.isDisjoint(with: numbers))
  }

  @Test func allSpellingsOfASubscriberStayOneSubscriber() throws {
    let spellings = ["+493012345678", "03012345678", "030 1234-5678", "+49 (30) 12345678", "9+493012345678"]
    var renaming = try settled(spellings)
    let ends = spellings.compactMap { renaming.number($0).map { String($0.filter(\.isNumber).suffix(10)) } }
    #expect(ends.count == spellings.count)
    #expect(Set(ends).count == 1)
  }

  @Test func aNumberWithACodeInFrontKeepsItsDigitsWithoutASiteFile() throws {
    var renaming = try settled(["800491755510021", "00491755510021", "755510021"], site: Site())
    let (long, short) = (
      try requireValue(renaming.number("800491755510021")), try requireValue(renaming.number("00491755510021"))
    )
    #expect(long == "8" + short)
    #expect(short != "00491755510021")
  }

  @Test func numbersThatOnlyEndAlikeStayTwo() throws {
    var renaming = try settled(["812345", "12345", "99999300123456", "300123456"], site: Site())
    let names = ["99999300123456", "300123456"].compactMap { renaming.number($0) }
    #expect(names.count == 2 && !names[0].hasSuffix(names[1]), "a code in front has four digits at most")
  }

  @Test func separatorsStayWhereTheyWere() throws {
    var renaming = try settled(["+49 (30) 1234-5678"])
    let name = try requireValue(renaming.number("+49 (30) 1234-5678"))
    #expect(name.map { $0.isNumber ? "d" : $0 } == Array("+dd (dd) dddd-dddd"))
  }

  @Test(arguments: [("+12125551234", "1"), ("+442071234567", "44"), ("+493012345678", "49"), ("+33142345678", "33")])
  func outsideNumbersBecomeFictionalOnes(_ number: String, _ country: String) throws {
    var renaming = try settled([number])
    let name = try requireValue(renaming.number(number))
    let national = String(name.dropFirst(1 + country.count))
    #expect(FictionalRange.all.contains { $0.country == country && $0.contains(national) })
    #expect(NumberCheck.isFictional(name))
  }

  @Test(arguments: ["+12125551234", "+442071234567", "+493012345678", "03012345678", "+390612345678"])
  func aRealNumberIsNotFictional(_ number: String) { #expect(!NumberCheck.isFictional(number)) }

  @Test func aDIDLeadsToTheSameExtension() throws {
    var renaming = try settled(["+493000001003", "1003"])
    let did = try requireValue(renaming.number("+493000001003"))
    let own = try requireValue(renaming.number("1003"))
    #expect(String(did.dropFirst(9)) == own)
    let old = try #require(DialPattern("+4930000010XX"))
    let text = renaming.pattern(old)
    let pattern = try #require(DialPattern(text))
    #expect(pattern.matches(did))
    #expect(!pattern.matches("+493000001003"))
  }

  @Test func sitePatternsMatchPseudonymsAsTheyMatchedNumbers() throws {
    let numbers = ["1003", "5123", "03012345678", "903012345678", "+493012345678", "701", "*721001", "6400"]
    var renaming = try settled(numbers)
    let patterns = Samples.site.outboundRoutes.flatMap(\.patterns) + Samples.site.featureCodes.map(\.pattern)
    for number in numbers {
      let name = try requireValue(renaming.number(number))
      #expect(patterns.map { $0.matches(number) } == patterns.map { $0.matches(name) }, "\(number) \(name)")
    }
  }

  @Test func parkingSlotsStayARow() throws {
    var renaming = try settled([])
    let slots = (701...720).compactMap { renaming.number(String($0)).flatMap { Int($0) } }
    #expect(slots.count == 20)
    #expect(zip(slots, slots.dropFirst()).allSatisfy { $1 == $0 + 1 })
    #expect(slots[0] != 701)
  }

  @Test func extensionsKeepTheirOrder() throws {
    var renaming = try settled([])
    let names = Samples.site.extensions.compactMap { renaming.number($0.number) }
    #expect(names == names.sorted())
  }

  @Test func theOrderOfNotingDoesNotMatter() throws {
    let numbers = ["+493012345678", "1003", "+493012345679", "7788", "+12125551234"]
    var (one, other) = (try settled(numbers), try settled(numbers.reversed()))
    let (first, second) = (numbers.map { one.number($0) }, numbers.map { other.number($0) })
    #expect(first == second)
  }

  @Test func anotherKeyGivesOtherPseudonyms() throws {
    var one = try Samples.renaming(seed: 1)
    var other = try Samples.renaming(seed: 2)
    for number in ["+493012345678", "1003"] { _ = (one.number(number), other.number(number)) }
    one.settle()
    other.settle()
    let (first, second) = (one.number("+493012345678"), other.number("+493012345678"))
    #expect(first != second)
  }

  @Test(arguments: [
    "", "anonymous", "1", "+", "++49", "12a4", "sip:1003", "4930123+456789", String(repeating: "1", count: 41),
  ])
  func whatIsNoNumberIsNone(_ text: String) throws {
    var renaming = try Samples.renaming()
    let made = renaming.number(text)
    #expect(made == nil)
  }

  @Test(
    arguments: [[], [UInt8](repeating: 1, count: 32), [1, 2, 3, 4, 5], [UInt8](repeating: 7, count: 5000)] as [[UInt8]])
  func aWeakKeyIsNone(_ bytes: [UInt8]) { #expect(ScrubKey(bytes) == nil) }
}
