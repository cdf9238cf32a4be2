import TestSupport
import HardwareProfiles
import PBXModel
import Primitives
import Reports
import Testing

private func lines(_ rows: [CDRRecord]) -> String {
  var bytes: [UInt8] = []
  var export = CDRCSV(layout: CDRLayout(schema: .fields32), timeZone: .berlin2023)
  if let session = CDRSession(rows: rows) { export.append(session, to: &bytes) }
  return String(decoding: bytes, as: UTF8.self)
}

@Suite struct CDRCSVTests {
  @Test func theHeaderNamesThe32Columns() {
    var bytes: [UInt8] = []
    CDRCSV(layout: CDRLayout(schema: .fields32), timeZone: .utc).start(&bytes)
    #expect(
      String(decoding: bytes, as: UTF8.self) == """
        AcctId,accountcode,src,dst,dcontext,clid,channel,dstchannel,lastapp,lastdata,start,answer,end,duration,\
        billsec,disposition,amaflags,uniqueid,userfield,channel_ext,dstchannel_ext,service,caller_name,recordfiles,\
        dstanswer,chanext,dstchanext,session,action_owner,action_type,src_trunk_name,dst_trunk_name

        """)
  }

  @Test func eachRowIsALine() {
    #expect(
      lines([.internalCall(), .voicemail()]) == #"""
        1,,2001,2000,from-internal,""""" <2001>",PJSIP/2001-00000000,PJSIP/2000-00000001,Dial,\#
        "PJSIP/2000/sip:2000@192.0.2.43:5060,60,zb(callee-handler^s^1)",2023-05-11 16:30:30,2023-05-11 16:30:35,\#
        2023-05-11 16:30:42,12,6,ANSWERED,DOCUMENTATION,1683815430.0,Internal,2001,2000,s,,,2000,,,\#
        1683815430724538-2001,2001,DIAL,,
        2,,2001,2000,from-internal,""""" <2001>",PJSIP/2001-00000000,,VoiceMail,"2000@default,u",\#
        2023-05-11 16:30:42,2023-05-11 16:30:42,2023-05-11 16:30:50,8,8,ANSWERED,DOCUMENTATION,1683815430.0,\#
        Internal,2001,2000,s,,,2000,,,1683815430724538-2001,2001,VM,,

        """#)
  }

  @Test func aNameWithEverythingInItStaysOneField() {
    var row = CDRRecord.internalCall()
    row.callerName = "=HYPERLINK(\"x\"), Zoë\r\n👩‍👧\u{0}"
    #expect(lines([row]).contains(",s,\"=HYPERLINK(\"\"x\"\"), Zoë\r\n👩‍👧\u{0}\",,2000,"))
  }

  @Test func aBusyCallHasEmptyAnswerAndEnd() {
    var row = CDRRecord.internalCall()
    row.disposition = .busy
    row.answer = nil
    row.end = nil
    #expect(lines([row]).contains(",2023-05-11 16:30:30,,,12,6,BUSY,"))
  }
}
