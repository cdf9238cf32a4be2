import PBXModel
import Primitives
import Reports
import TestSupport
import Testing

/// The rule behind every column of a row.
struct CDRFieldRuleTests {
  private static func row(_ disposition: Disposition) -> CDRRecord {
    CDRRecord(start: traceStart, disposition: disposition, userfield: .internal)
  }

  @Test(arguments: CDRField.allCases, Disposition.allCases)
  func everyColumnHasOneWithItsSource(_ field: CDRField, _ disposition: Disposition) {
    let rule = CDRFieldRule(field, in: Self.row(disposition)).rule
    #expect(rule.text.count > 8)
    #expect(rule.source.hasPrefix("reference section "))
    #expect(!rule.text.hasSuffix("."))
  }

  @Test(arguments: [
    (CDRField.answer, Disposition.noAnswer, "equals end", Certainty.observed),
    (.answer, .busy, "empty on BUSY and FAILED", .observed), (.end, .failed, "empty on BUSY and FAILED", .observed),
    (.answer, .answered, "when it was answered", .observed), (.billsec, .noAnswer, "0 unless ANSWERED", .observed),
    (.duration, .busy, "above 0", .observed), (.disposition, .busy, "486 and 600", .upstream),
    (.amaflags, .answered, "always DOCUMENTATION", .observed), (.session, .failed, "not padded", .observed),
    (.callerName, .answered, "the CRM's name", .assumed),
  ])
  func theRuleIsThatOfTheReference(
    _ field: CDRField, _ disposition: Disposition, _ words: String, _ certainty: Certainty
  ) {
    let rule = CDRFieldRule(field, in: Self.row(disposition)).rule
    #expect(rule.text.contains(words), "\(rule.text)")
    #expect(rule.certainty == certainty)
  }

  @Test(arguments: [
    ("from-did-direct", Certainty.assumed), ("ext-did-3", .assumed), ("from-internal", .observed),
    ("outbound-route-2", .observed), ("ivr-7000", .observed), ("after-outbound-context", .observed),
    ("from-internal-xfer", .upstream), ("did-local", .assumed), ("", .observed),
  ])
  func theContextIsAsSureAsItsKind(_ context: String, _ certainty: Certainty) {
    var row = Self.row(.answered)
    row.dcontext = context
    #expect(CDRFieldRule(.dcontext, in: row).rule.certainty == certainty)
  }

  @Test(arguments: ["Dial", "ForkCDR", "VoiceMail", "Congestion", "Playback", "Park", "Queue", "Hangup", ""])
  func everyApplicationHasARule(_ application: String) {
    var row = Self.row(.answered)
    row.lastapp = application
    #expect(CDRFieldRule(.lastapp, in: row).kind == .derived)
    #expect(!CDRFieldRule(.lastdata, in: row).rule.text.isEmpty)
  }

  @Test func constantColumnsAreThoseNoTraceShows() {
    let constant = CDRField.allCases.filter { CDRFieldRule($0, in: Self.row(.answered)).kind == .constant }
    #expect(
      constant == [
        .accountCode, .amaflags, .service, .recordfiles, .chanext, .dstchanext, .gdmsUniqueCode, .waveSrcSeqid,
        .waveDstSeqid, .recordfilesDesc,
      ])
  }
}
