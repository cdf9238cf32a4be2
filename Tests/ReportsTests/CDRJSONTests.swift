import TestSupport
import HardwareProfiles
import PBXModel
import Primitives
import Reports
import Testing

private func document(_ sessions: [[CDRRecord]], in zone: SiteTimeZone = .berlin2023) -> String {
  let sessions = sessions.compactMap { CDRSession(rows: $0) }
  return String(
    decoding: CDRJSON.document(of: sessions, layout: CDRLayout(schema: .fields32), in: zone), as: UTF8.self)
}

@Suite struct CDRJSONTests {
  private static let sampleFields = """
    "AcctId":"1","accountcode":"","src":"2001","dst":"2000",\
    "dcontext":"from-internal","clid":"\\"\\" <2001>","channel":"PJSIP/2001-00000000",\
    "dstchannel":"PJSIP/2000-00000001","lastapp":"Dial",\
    "lastdata":"PJSIP/2000/sip:2000@192.0.2.43:5060,60,zb(callee-handler^s^1)",\
    "start":"2023-05-11 16:30:30","answer":"2023-05-11 16:30:35","end":"2023-05-11 16:30:42",\
    "duration":"12","billsec":"6","disposition":"ANSWERED","amaflags":"DOCUMENTATION",\
    "uniqueid":"1683815430.0","userfield":"Internal","channel_ext":"2001","dstchannel_ext":"2000",\
    "service":"s","caller_name":"","recordfiles":"","dstanswer":"2000","chanext":"","dstchanext":"",\
    "session":"1683815430724538-2001","action_owner":"2001","action_type":"DIAL",\
    "src_trunk_name":"","dst_trunk_name":""
    """

  private static let voicemailFields = """
    "AcctId":"2","accountcode":"","src":"2001","dst":"2000",\
    "dcontext":"from-internal","clid":"\\"\\" <2001>","channel":"PJSIP/2001-00000000",\
    "dstchannel":"","lastapp":"VoiceMail","lastdata":"2000@default,u",\
    "start":"2023-05-11 16:30:42","answer":"2023-05-11 16:30:42","end":"2023-05-11 16:30:50",\
    "duration":"8","billsec":"8","disposition":"ANSWERED","amaflags":"DOCUMENTATION",\
    "uniqueid":"1683815430.0","userfield":"Internal","channel_ext":"2001","dstchannel_ext":"2000",\
    "service":"s","caller_name":"","recordfiles":"","dstanswer":"2000","chanext":"","dstchanext":"",\
    "session":"1683815430724538-2001","action_owner":"2001","action_type":"VM",\
    "src_trunk_name":"","dst_trunk_name":""
    """

  /// Sums over both rows, the other values of the first, everything else empty.
  private static let mainFields = """
    "AcctId":"","accountcode":"","src":"2001","dst":"2000","dcontext":"","clid":"","channel":"","dstchannel":"",\
    "lastapp":"","lastdata":"","start":"2023-05-11 16:30:30","answer":"","end":"","duration":"20","billsec":"14",\
    "disposition":"","amaflags":"","uniqueid":"","userfield":"","channel_ext":"","dstchannel_ext":"","service":"",\
    "caller_name":"","recordfiles":"","dstanswer":"","chanext":"","dstchanext":"",\
    "session":"1683815430724538-2001","action_owner":"","action_type":"DIAL","src_trunk_name":"","dst_trunk_name":""
    """

  private static let single = "{\"cdr\":\"1683815430724538-2001\"," + sampleFields + "}"
  private static let group =
    "{\"cdr\":\"1683815430724538-2001\",\"main_cdr\":{" + mainFields
    + "},\"sub_cdr_1\":{" + sampleFields + "},\"sub_cdr_2\":{" + voicemailFields + "}}"

  @Test func noSessionIsAnEmptyContainer() {
    #expect(document([]) == #"{"cdr_root":[]}"#)
  }

  @Test func aSessionOfOneRowIsAFlatObject() {
    #expect(document([[.internalCall()]]) == "{\"cdr_root\":[" + Self.single + "]}")
  }

  @Test func aSessionOfSeveralRowsIsAMainCDRWithSumsAndItsSubCDRs() {
    #expect(document([[.internalCall(), .voicemail()]]) == "{\"cdr_root\":[" + Self.group + "]}")
  }

  @Test func sessionsStandOneALine() {
    #expect(
      document([[.internalCall()], [.internalCall(), .voicemail()], [.internalCall()]])
        == "{\"cdr_root\":[" + Self.single + ",\n" + Self.group + ",\n" + Self.single + "]}")
  }

  @Test func emptyingTheBufferBetweenStepsChangesNothing() {
    let sessions = [[.internalCall()], [.internalCall(), .voicemail()]].compactMap { CDRSession(rows: $0) }
    var writer = CDRJSON(layout: CDRLayout(schema: .fields32), timeZone: .berlin2023)
    var file: [UInt8] = []
    var buffer: [UInt8] = []
    func empty() {
      file += buffer
      buffer = []
    }
    writer.start(&buffer)
    empty()
    for session in sessions {
      writer.append(session, to: &buffer)
      empty()
    }
    writer.finish(&buffer)
    empty()
    #expect(file == CDRJSON.document(of: sessions, layout: CDRLayout(schema: .fields32), in: .berlin2023))
  }

  @Test func aNameIsEscapedAndNotAltered() {
    var row = CDRRecord.internalCall()
    row.callerName = "Zoë \"Z\", 山田\n👩‍👧\u{1b}\u{2028}"
    #expect(document([[row]]).contains(#""caller_name":"Zoë \"Z\", 山田\n👩‍👧\u001b\u2028","#))
  }

  @Test func aMissingAnswerAndEndAreEmptyTexts() {
    var row = CDRRecord.internalCall()
    row.disposition = .busy
    row.answer = nil
    row.end = nil
    #expect(document([[row]]).contains(#""start":"2023-05-11 16:30:30","answer":"","end":"","duration":"12""#))
  }

  @Test(arguments: [
    (1_698_541_199, "2023-10-29 02:59:59"), (1_698_541_200, "2023-10-29 02:00:00"),
    (1_679_792_399, "2023-03-26 01:59:59"), (1_679_792_400, "2023-03-26 03:00:00"),
  ])
  func timesFollowTheSitesClockOverTheChangeOfSummerTime(second: Int64, expected: String) {
    var row = CDRRecord.internalCall()
    row.start = Instant(seconds: second)
    #expect(document([[row]]).contains("\"start\":\"\(expected)\""))
  }

  @Test func sumsOfAbsurdDurationsSaturate() {
    var row = CDRRecord.internalCall()
    row.durationSeconds = .max
    row.billsecSeconds = .min
    #expect(
      document([[row, row]]).contains(#""duration":"9223372036854775807","billsec":"-9223372036854775808","#))
  }
}
