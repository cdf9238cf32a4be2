import HardwareProfiles
import JSON
import Primitives
import Reports
import Testing

@Suite struct FirmwareReportTests {
  private static let firmware = Firmware(
    name: "old", displayName: "Old",
    crm: [
      CRMOffer(
        system: "sugarcrm", menuName: "SugarCRM", source: "U2: front end", certainty: .documented, confidence: .high),
      CRMOffer(
        system: "vtiger", menuName: "vTiger", asksSecurityToken: true, source: "R0: recall", certainty: .assumed,
        confidence: .low, note: "not seen"),
    ])

  @Test(arguments: [
    ("sugarcrm", nil), ("vtiger", "that firmware old offers vTiger is assumed (R0: recall)"),
    (
      "zoho-v2",
      "firmware old offers no zoho-v2 (its menu: SugarCRM, vTiger); the run goes on as if it did"
    ),
    (
      "described",
      "firmware old offers no described (its menu: SugarCRM, vTiger); the run goes on as if it did"
    ),
  ])
  func aSystemThatTheMenuLacksIsRemarkedOn(system: String, remark: String?) {
    #expect(FirmwareReport.remark(on: Self.firmware, system: system) == remark)
  }

  @Test func aFirmwareWithoutAMenuOffersNothing() {
    let firmware = Firmware(name: "none", displayName: "None", crm: [])
    #expect(FirmwareReport.remark(on: firmware, system: "vtiger")?.contains("its menu: nothing") == true)
  }

  @Test func aFirmwareWhoseMenuIsNotKnownIsNotSaidToOfferNothing() {
    let firmware = Firmware(name: "old", displayName: "Old", crm: nil)
    #expect(
      FirmwareReport.remark(on: firmware, system: "vtiger")
        == "whether firmware old offers vtiger is not known; the run goes on as if it did")
    #expect(FirmwareReport.rows(firmware).map(FirmwareReport.texts) == [["old", "unknown", "", "", "", "", ""]])
    #expect(FirmwareReport.rows(firmware).allSatisfy { FirmwareReport.json($0)["system"] == .null })
  }

  @Test func anEmptyMenuIsARowOfItsOwn() {
    let firmware = Firmware(name: "none", displayName: "None", crm: [])
    #expect(FirmwareReport.rows(firmware).map { FirmwareReport.texts($0)[1] } == ["none"])
  }

  @Test func aRecordTellsWhoSaysSo() throws {
    let rows = FirmwareReport.rows(Self.firmware)
    let row = try #require(rows.last)
    let texts = FirmwareReport.texts(row)
    #expect(rows.count == 2)
    #expect(texts == ["old", "vtiger", "vTiger", "yes", "assumed", "low", "R0: recall; not seen"])
    #expect(texts.count == FirmwareReport.columns.count)
    let json = FirmwareReport.json(row)
    #expect(json["menuName"]?.string == "vTiger" && json["note"]?.string == "not seen")
  }

  @Test func whatAFirmwareLeavesToTheModelIsNotAmongItsFacts() {
    var firmware = Self.firmware
    firmware.traits.video = ModelTrait(value: false, source: "R1: list", certainty: .assumed, confidence: .medium)
    #expect(FirmwareReport.facts(of: firmware).map(\.name) == ["video"])
    #expect(FirmwareReport.facts(of: firmware).map(\.value) == ["false"])
    #expect(FirmwareReport.facts(of: Self.firmware).isEmpty)
  }
}
