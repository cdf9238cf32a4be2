@testable import PBXModel
import Testing

@Suite struct NumberKeyTests {
  @Test(arguments: [
    ("+4930123456", "030123456"), ("004930123456", "30123456"), ("100123456789", "123456789"), ("1000", "1000"),
    ("anonymous", "anonymous"), ("", ""),
  ])
  func spellingsOfOneNumberShareAKey(one: String, other: String) {
    #expect(NumberKey(one) == NumberKey(other))
  }

  @Test(arguments: [
    ("00123", "123"), ("12345", "0012345"), ("1000", "1001"), ("100", "0100"), ("alice", "bob"), ("5551234", "5551235"),
    ("", "0"),
  ])
  func otherNumbersDoNot(one: String, other: String) {
    #expect(NumberKey(one) != NumberKey(other))
  }
}
