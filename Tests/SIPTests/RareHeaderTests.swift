import SIP
import TestSupport
import Testing

/// Headers that few messages have, and how they are looked for without a look at all the others.
@Suite struct RareHeaderTests {
  @Test(arguments: [
    ("Session-ID: ab54a98ceb1f0ad2ab54a98ceb1f0ad2", true), ("SESSION-id: x", true), ("Diversion: <sip:1@h>", true),
    ("replaces: a;to-tag=b;from-tag=c", true), ("X-Call-ID: 1", true), ("x-a: 1", true),
    ("Session-Expires: 1800", false), ("Supported: replaces", false), ("Xavier: 1", false), ("Subject: X-", false),
    ("k: replaces", false),
  ])
  func aMessageSaysWhetherItMayNameAnotherCall(line: String, expected: Bool) throws {
    let text = request("Via: SIP/2.0/UDP h;branch=1", line, "Call-ID: a@b", "Content-Length: 0")
    try withMessage(text) { #expect($0.mayNameOtherCall == expected) }
  }

  /// Where a name cannot be compared as a word it may be one of them.
  @Test func aLineAtTheVeryEndMayNameAnotherCall() throws {
    try withMessage("BYE sip:b@h SIP/2.0\nX-A: 1") { #expect($0.mayNameOtherCall) }
  }

  private func names(_ text: String, _ beginnings: HeaderBeginnings) throws -> [String] {
    var found: [String] = []
    try withMessage(text) { message in
      message.forEachHeader(beginningWith: beginnings) { name, _ in found.append(name.string) }
    }
    return found
  }

  @Test func headersAreFoundByTheirFirstTwoLetters() throws {
    let text = request("Contact: <sip:a@h>", "EXPIRES: 5", "Call-ID: x", "Content-Length: 0", "m: <sip:b@h>", "x-y: 1")
    #expect(try names(text, HeaderBeginnings("coex")) == ["Contact", "EXPIRES", "Content-Length", "m", "x-y"])
    #expect(try names(text, HeaderBeginnings("")) == ["m", "x-y"])
  }

  @Test(arguments: ["Contact", ": a", "C", "Con tact: a"])
  func aLineThatIsNoHeaderIsPassedOver(line: String) throws {
    #expect(try names(request(line, "Expires: 1"), HeaderBeginnings("coex")) == ["Expires"])
  }

  @Test(
    arguments: [
      (";branch=a;tag=b", "b"), (";x=\"a;tag=c\";tag=b", "b"), (";TAG = b ;c", "b"), (";tag", ""), (";tagged=a", nil),
      (";a=\";tag=b", nil), (";;tag=\"q;r\"", "q;r"), (";tag=a=b", "a=b"),
    ] as [(String, String?)])
  func aParameterIsFoundBehindOthersAndQuotes(parameters: String, tag: String?) {
    withText("<sip:a@h>" + parameters) { #expect(NameAddress($0)?.tag?.string == tag) }
  }
}
