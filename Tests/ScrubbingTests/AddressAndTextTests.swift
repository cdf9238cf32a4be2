import Primitives
import Testing

@testable import Scrubbing

struct AddressAndTextTests {
  private func settled(_ texts: [String]) throws -> Renaming {
    var renaming = try Samples.renaming()
    for text in texts { _ = renaming.host(text) }
    renaming.settle()
    return renaming
  }

  @Test(arguments: ["10.1.2.3", "8.8.8.8", "192.168.1.1", "127.0.40.2", "192.0.2.1", "2001:4860::1", "[fe80::1]"])
  func anAddressMovesToABlockForDocumentation(_ text: String) throws {
    var renaming = try settled([text])
    let name = renaming.host(text)
    let address = try #require(IPAddress(name))
    #expect(AddressRenaming.isFictional(address))
    #expect(address != IPAddress(text))
    #expect(name.hasPrefix("[") == text.hasPrefix("["))
  }

  @Test(arguments: ["0.0.0.0", "255.255.255.255", "127.0.0.1", "224.0.1.75", "::", "::1"])
  func anAddressOfNobodyStays(_ text: String) throws {
    var renaming = try settled([text])
    let made = renaming.host(text)
    #expect(made == text)
  }

  @Test func neighboursStayNeighbours() throws {
    let texts = (0..<256).map { "10.1.2.\($0)" } + ["10.1.3.1"]
    var renaming = try settled(texts)
    let names = texts.map { renaming.host($0) }
    #expect(Set(names).count == texts.count)
    let subnets = names.map { $0.split(separator: ".").dropLast().joined(separator: ".") }
    #expect(Set(subnets[..<256]).count == 1)
    #expect(subnets[256] != subnets[0])
  }

  @Test func subnetsBeyondTheBlocksAreCounted() throws {
    let renaming = try settled((0..<600).map { "10.\($0 / 250).\($0 % 250).1" })
    #expect(renaming.subnetsLeftOver == 600 - AddressRenaming.subnetsMax)
  }

  @Test(arguments: ["pbx.customer.de", "sip.provider.net", "a.b.c.example.com"])
  func aHostGetsAnExampleName(_ host: String) throws {
    var renaming = try settled([host])
    let name = renaming.host(host)
    #expect(name.hasSuffix(".example.com") && name != host)
    let again = renaming.host(host.uppercased())
    #expect(name == again)
  }

  @Test(arguments: ["www.zohoapis.com", "accounts.zoho.eu", "login.salesforce.com", "anonymous.invalid"])
  func theHostsOfMakersStay(_ host: String) throws {
    var renaming = try settled([host])
    let made = renaming.host(host)
    #expect(made == host)
  }

  @Test func wordsKeepLengthAndCapitals() throws {
    var renaming = try Samples.renaming()
    _ = renaming.name("Tilda Töpfer-McDonald")
    renaming.settle()
    let name = renaming.name("Tilda Töpfer-McDonald")
    #expect(name.count == "Tilda Töpfer-McDonald".count)
    #expect(name.map(\.isUppercase) == "Tilda Töpfer-McDonald".map(\.isUppercase))
    let made = renaming.name("TILDA")
    #expect(made == String(name.prefix(5)).uppercased())
  }

  @Test(arguments: ["anonymous", "Anonymous", "unknown", "Restricted"])
  func wordsWithAMeaningStay(_ word: String) throws {
    var renaming = try Samples.renaming()
    _ = renaming.name(word)
    renaming.settle()
    let made = renaming.name(word)
    #expect(made == word)
  }

  @Test func tokensKeepTheirShapeAndDiffer() throws {
    let tokens = (0..<500).map { "1-\(1000 + $0)" } + ["Ab3dEf", "0123abcd-EF01", "a1b2c3d4e5f60718"]
    var renaming = try Samples.renaming()
    for token in tokens { _ = renaming.token(token) }
    renaming.settle()
    let names = tokens.map { renaming.token($0) }
    #expect(Set(names).count == tokens.count)
    #expect(zip(tokens, names).allSatisfy { $0.count == $1.count && $0 != $1 })
    let hexadecimal = names[502]
    #expect(hexadecimal.allSatisfy { $0.isHexDigit })
  }

  @Test(arguments: [
    ("Sat, 21 Nov 2026 12:00:00 GMT", -3, "Sat, 31 Oct 2026 12:00:00 GMT"),
    ("Thu, 29 Feb 2024 23:59:59 GMT", 53, "Thu, 06 Mar 2025 23:59:59 GMT"),
    ("Thu, 01 Jan 1970 00:00:00 GMT", -1, "Thu, 25 Dec 1969 00:00:00 GMT"),
  ])
  func aDateMoves(_ text: String, _ weeks: Int, _ moved: String) {
    #expect(ShiftedDate.text(text, weeks: weeks) == moved)
  }

  @Test(arguments: [
    "", "yesterday", "Sat, 21 Nov 2026 12:00:00 CET", "Sat, 99 Nov 2026 12:00:00 GMT", "Sat, 21 X 2026 1 GMT",
  ])
  func whatIsNoDateIsLeftOut(_ text: String) { #expect(ShiftedDate.text(text, weeks: 1) == nil) }

  @Test(arguments: [
    ("phone: \"+49 30 12345678\"", 9), ("call 030/1234567 now", 6), ("addresses: [8.8.8.8:5060]", 13),
    ("mail: a@customer.de", 9), ("url: https://crm.customer.de/x", 14), ("password: hunter22", 10),
    ("\"refresh_token\": \"1000.abc\"", 17), ("firmware: 2019, address: 1.0.20.52", 26),
    ("versions:\n  - 1.0.20.52\naddresses:\n  - 1.0.20.52", 5),
  ])
  func aTextThatIsSomebodysIsFound(_ line: String, _ column: Int) {
    let found = TextCheck.findings(in: "fine: 1\n" + line)
    #expect(found.map(\.line) == [1 + line.split(separator: "\n").count])
    #expect(found.map(\.column) == [column])
  }

  @Test(arguments: [
    "phone: \"+49 30 23125123\"", "phone: \"+1 212 555 0123\"", "addresses: [192.0.2.1:5060, 10.0.0.1]",
    "mail: a@example.com", "url: https://www.zohoapis.com/x", "password: example-password",
    "createdAt: 2026-01-31T08:00:00Z",
    "version: 1.2.3", "number: 1003", "seconds: 1790000000.123456", "firmware: 1.0.20.52",
    "{sinceFirmware: \"1.0.20.52\"}", "firmwares: [1.0.20.52, 1.0.29.1]", "firmwares:\n  - 1.0.20.52\n  - 1.0.29.1",
  ])
  func anExampleIsNoFinding(_ line: String) { #expect(TextCheck.findings(in: line).isEmpty) }

  @Test(arguments: ["00493023125123", "800493023125123", "9900493023125123", "+493023125123", "0012125550123"])
  func aFictionalNumberIsOneBehindDigitsForALineToo(_ number: String) { #expect(NumberCheck.isFictional(number)) }

  @Test(arguments: [
    "800493012345678", "9900493012345678", "99900493023125123", "8493023125123", "80023112345678", "+4930123456789",
  ])
  func digitsForALineHideNobody(_ number: String) { #expect(!NumberCheck.isFictional(number)) }
}
