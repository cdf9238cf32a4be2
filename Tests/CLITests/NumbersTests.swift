import Foundation
import Testing

/// `numbers`: which spelling finds which.
@Suite struct NumbersTests {
  @Test func everySystemHasATableOfTheUsualSpellings() throws {
    let result = try Program.run(["numbers"])
    #expect(result.status == 0 && result.err.isEmpty)
    let systems = result.lines.filter { $0.hasSuffix(" searches") }.compactMap { $0.split(separator: ":").first }
    #expect(systems == ["zoho-v1", "zoho-v2", "vtiger", "sugarcrm", "salesforce"])
    #expect(result.out.contains("anonymous") && !result.out.contains("WRONG HIT"))
  }

  @Test func aPairIsARecordInJSON() throws {
    let result = try Program.run([
      "numbers", "--crm", "zoho-v2", "--number", "03055501", "--stored", "+49 30 555-01", "--country-code", "49",
      "--trunk-prefix", "0", "--format", "json",
    ])
    #expect(result.status == 0, "\(result.err)")
    let records = try #require(try JSONSerialization.jsonObject(with: Data(result.out.utf8)) as? [[String: Any]])
    #expect(records.count == 1 && records[0]["verdict"] as? String == "hit" && records[0]["requests"] as? Int == 2)
  }

  @Test func somebodyTakenForAnotherIsAFinding() throws {
    let result = try Program.run([
      "numbers", "--crm", "vtiger", "--number", "0", "--stored", "+16175550142", "--manner", "vendor-add-in",
    ])
    #expect(result.status == 1 && result.out.contains("WRONG HIT 1"))
  }

  @Test(arguments: [
    ["--crm", "act"], ["--crm", "none"], ["--country-code", "+49"], ["--trunk-prefix", "0"], ["--search-digits", "4"],
    ["--compare", "3"], ["--compare", "alike"], ["--manner", "careful"], ["--format", "xml"],
    ["--international-prefix", ""],
  ])
  func whatCannotBeMeantIsWrongUsage(arguments: [String]) throws {
    let result = try Program.run(["numbers"] + arguments)
    #expect(result.status == 2 && result.out.isEmpty && !result.err.isEmpty)
  }

  @Test func textsOfAnyKindAreTried() throws {
    for text in ["", "'; drop table contacts;--", "\u{1b}[2J", String(repeating: "9", count: 5000), "٦١٧"] {
      for manner in ["verified", "vendor-add-in"] {
        let result = try Program.run(["numbers", "--number", text, "--stored", text, "--manner", manner])
        #expect([0, 1].contains(result.status), "\(result.err)")
        #expect(!result.out.contains("\u{1b}"))
      }
    }
  }
}

/// `models firmware` and `replay --firmware`: which CRM systems which age of firmware offers.
@Suite struct FirmwareTests {
  @Test func everyOfferNamesItsSource() throws {
    let result = try Program.run(["models", "firmware", "--format", "jsonl"])
    #expect(result.status == 0 && result.err.isEmpty)
    #expect(result.lines.count == 12)
    #expect(result.lines.count { $0.contains(#""source":""#) } == 11)
    #expect(result.out.contains(#"{"firmware":"2013","system":null"#))
    #expect(result.out.contains(#"{"firmware":"2017","system":"sugarcrm","menuName":"SugarCRM""#))
  }

  private static func replay(_ firmware: String) throws -> Program.Result {
    try Program.run([
      "replay", Program.fixture("internal-call"), "--model", "ucm6304", "--site", Program.site, "--firmware", firmware,
    ])
  }

  @Test func aSystemTheFirmwareNeverHadIsRemarkedOnAndTheRunGoesOn() throws {
    let result = try Self.replay("2017")
    #expect(result.status == 0)
    #expect(result.err.contains("firmware 2017 offers no zoho-v2 (its menu: SugarCRM, Salesforce)"))
  }

  @Test func aSystemItOffersIsNoMatter() throws {
    let result = try Self.replay("2021")
    #expect(result.status == 0 && result.err.isEmpty, "\(result.err)")
  }

  @Test func aFirmwareThatNobodyDescribedIsWrongUsage() throws {
    let result = try Self.replay("2030")
    #expect(result.status == 2 && result.err.contains("there are: 2013, 2017, 2019, 2021"))
  }
}
