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

  @Test func aRecordTellsWhoSaysSo() {
    let texts = FirmwareReport.texts(Self.firmware, Self.firmware.crm[1])
    #expect(texts == ["old", "vtiger", "vTiger", "yes", "assumed", "low", "R0: recall; not seen"])
    #expect(texts.count == FirmwareReport.columns.count)
    let json = FirmwareReport.json(Self.firmware, Self.firmware.crm[1])
    #expect(json["menuName"]?.string == "vTiger" && json["note"]?.string == "not seen")
  }
}
