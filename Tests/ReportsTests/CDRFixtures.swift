import PBXModel
import Primitives

/// Summer time of central Europe in 2023, as the site file's reader would make it.
let berlin2023 = SiteTimeZone(
  name: "Europe/Berlin",
  offsets: [
    .init(since: .epoch, offsetSeconds: 3600),
    .init(since: Instant(seconds: 1_679_792_400), offsetSeconds: 7200),
    .init(since: Instant(seconds: 1_698_541_200), offsetSeconds: 3600),
  ])

/// 2023-05-11 14:30:30.724538 UTC.
let sampleStart = Instant(seconds: 1_683_815_430, nanoseconds: 724_538_000)

/// The row of the reference's JSON example: an internal call of 12 seconds, 6 of them talk.
func sampleRow() -> CDRRecord {
  var row = CDRRecord(start: sampleStart, disposition: .answered, userfield: .internal)
  row.acctId = 1
  row.src = "2001"
  row.dst = "2000"
  row.dcontext = "from-internal"
  row.clid = "\"\" <2001>"
  row.channel = "PJSIP/2001-00000000"
  row.dstchannel = "PJSIP/2000-00000001"
  row.lastapp = "Dial"
  row.lastdata = "PJSIP/2000/sip:2000@192.0.2.43:5060,60,zb(callee-handler^s^1)"
  row.answer = sampleStart + .seconds(5)
  row.end = sampleStart + .seconds(12)
  row.durationSeconds = 12
  row.billsecSeconds = 6
  row.uniqueid = "1683815430.0"
  row.channelExt = "2001"
  row.dstchannelExt = "2000"
  row.dstanswer = "2000"
  row.session = "1683815430724538-2001"
  row.actionOwner = "2001"
  row.actionType = "DIAL"
  return row
}

/// No answer after 12 seconds of `sampleRow`, then 8 seconds of voicemail.
func voicemailRow() -> CDRRecord {
  var row = sampleRow()
  row.acctId = 2
  row.start = sampleStart + .seconds(12)
  row.answer = row.start
  row.end = row.start + .seconds(8)
  row.durationSeconds = 8
  row.billsecSeconds = 8
  row.dstchannel = ""
  row.lastapp = "VoiceMail"
  row.lastdata = "2000@default,u"
  row.actionType = "VM"
  return row
}
