import Primitives
import TestSupport
import Testing

@testable import CRMCloud

struct ConditionPropertyTests {
  private static let fragments = [
    "(", ")", "((", "))", ":", ",", "\\", "and", "or", "AND", "Last_Name", "Phone", "Account_Name.id", "Owner.email",
    "Created_Time", "No_of_Employees", "equals", "in", "between", "starts_with", "'", "''", "select ", " from ",
    " where ",
    "Contacts", "Leads", "=", "!=", " like ", "%", "null", "1", "-", "9223372036854775808", "1e400", "é", "\u{0}",
    "\u{FFFD}", " ", "\n", "limit ", "order by ", "2026-11-28", "2026-11-28T00:00:00+18:00", "true", "*", "|", ".",
  ]

  /// Neither fragments nor bytes make a parser trap; what is read can be asked of records.
  @Test(arguments: 0..<20 as Range<UInt64>)
  func noTextTrapsAParser(seed: UInt64) throws {
    var dice = SeededGenerator(seed: seed)
    for _ in 0..<400 {
      let fragments = (0..<Int.random(in: 0...16, using: &dice)).map { _ in dice.pick(Self.fragments) }.joined()
      let bytes = (0..<Int.random(in: 0...40, using: &dice)).map { _ in UInt8.random(in: 0...255, using: &dice) }
      for text in [fragments, String(decoding: bytes, as: UTF8.self), "(" + fragments + ")"] {
        for version in ZohoAPIVersion.all {
          _ = try? ZohoCriteria.read(text, .leads, version)
        }
        _ = try? ZohoCriteria.readV1(text, .contacts)
        _ = try? ZohoQueryReader.read(text, ZohoAPIVersion.all[0])
        _ = try? ZohoQueryReader.read("select id from Leads where " + text, ZohoAPIVersion.all[3])
        _ = ZohoLikePattern(text).matches(fragments)
        _ = ZohoPageToken(text)
      }
    }
  }

  private func condition(depth: Int, _ dice: inout SeededGenerator) throws -> ZohoCondition {
    if depth == 0 || Bool.random(using: &dice) {
      let version = ZohoAPIVersion.all[3]
      let path = try #require(ZohoFieldPath(dice.pick(["Last_Name", "Phone", "Company"]), in: .leads, version))
      let value = { (dice: inout SeededGenerator) in
        let characters = (0..<Int.random(in: 1...6, using: &dice)).map { _ in
          dice.pick(["a", "B", "(", ")", "\\", ",", ":", "é", "+"])
        }
        return characters.joined()
      }
      let comparison = dice.pick([ZohoOperator.equals, .startsWith, .isIn, .notEqual, .between])
      let count = comparison == .isIn ? 3 : comparison == .between ? 2 : 1
      return .term(try #require(ZohoTerm(path, comparison, (0..<count).map { _ in value(&dice) })))
    }
    let parts = try (0..<2).map { _ in try condition(depth: depth - 1, &dice) }
    return Bool.random(using: &dice) ? .all(parts) : .any(parts)
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func criteriaThatAreWrittenReadTheSame(seed: UInt64) throws {
    var dice = SeededGenerator(seed: seed)
    for _ in 0..<50 {
      let condition = try condition(depth: 3, &dice)
      let text = ZohoCriteria.text(of: condition)
      #expect(try ZohoCriteria.read(text, .leads, ZohoAPIVersion.all[3]) == condition, "\(text)")
    }
  }

  @Test(arguments: [
    ("%", "", true), ("%", "abc", true), ("a%", "abc", true), ("%c", "abc", true), ("a%c", "abc", true),
    ("a%c", "ac", true), ("ab%bc", "abc", false), ("%b%", "abc", true), ("%bb%", "abc", false), ("ABC", "abc", true),
    ("", "", true), ("", "a", false), ("a%b%c", "aXbYc", true), ("a%b%c", "acb", false), ("%%", "x", true),
  ])
  func aPatternMatchesWhatItsPartsSay(pattern: String, text: String, isMatch: Bool) {
    #expect(ZohoLikePattern(pattern).matches(text) == isMatch)
  }
}
