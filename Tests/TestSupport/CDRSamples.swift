public import PBXModel
public import Primitives

extension CDRRecord {
  /// 2023-05-11 14:30:30.724538 UTC.
  public static let sampleStart = Instant(seconds: 1_683_815_430, nanoseconds: 724_538_000)

  /// The row of the vendor's JSON example: an internal call of 12 seconds, answered after 5.
  public static func internalCall(startingAt start: Instant = sampleStart) -> CDRRecord {
    var row = CDRRecord(start: start, disposition: .answered, userfield: .internal)
    row.acctId = 1
    row.src = "2001"
    row.dst = "2000"
    row.dcontext = "from-internal"
    row.clid = "\"\" <2001>"
    row.channel = "PJSIP/2001-00000000"
    row.dstchannel = "PJSIP/2000-00000001"
    row.lastapp = "Dial"
    row.lastdata = "PJSIP/2000/sip:2000@192.0.2.43:5060,60,zb(callee-handler^s^1)"
    row.answer = start + .seconds(5)
    row.end = start + .seconds(12)
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

  /// No answer within the 12 seconds of `internalCall`, then 8 seconds of voicemail.
  public static func voicemail() -> CDRRecord {
    var row = internalCall()
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

  /// A row of call `number` whose every field is filled and differs from its neighbours', `start` by a second a call
  /// and a microsecond a row.
  public static func outboundCall(_ number: Int, row index: Int) -> CDRRecord {
    let offset = Instant.Span(nanoseconds: Int64(number) * 1_000_000_000 + Int64(index) * 1000)
    var row = internalCall(startingAt: sampleStart + offset)
    row.userfield = .outbound
    row.acctId = number * 10 + index
    row.accountCode = "acc\(number)"
    row.src = "\(2000 + number % 100)"
    row.dst = "+4930000\(number)"
    row.dcontext = "outbound-route-1"
    row.clid = "\"Zoë, the \"\"first\"\"\" <2001>"
    row.channel = "PJSIP/2001-0000000\(index)"
    row.dstchannel = "PJSIP/trunk_1-0000000\(index)"
    row.lastdata = "PJSIP/+4930000\(number)@trunk_1,,b(callee-handler^s^1)"
    row.billsecSeconds = 7
    row.uniqueid = "1683815430.\(number)"
    row.dstchannelExt = "trunk_1"
    row.callerName = "Zoë 山田"
    row.recordfiles = "2023-05/auto-1683815430-2001-2000.wav@"
    row.dstanswer = "+4930000\(number)"
    row.session = "1683815430724538-\(2000 + number % 100)"
    row.actionType = index == 0 ? "DIAL" : "TRANSFER"
    row.srcTrunkName = "in"
    row.dstTrunkName = "out"
    return row
  }
}

extension SiteTimeZone {
  /// Summer time of central Europe in 2023, as the site file's reader would make it.
  public static let berlin2023 = SiteTimeZone(
    name: "Europe/Berlin",
    offsets: [
      .init(since: .epoch, offsetSeconds: 3600),
      .init(since: Instant(seconds: 1_679_792_400), offsetSeconds: 7200),
      .init(since: Instant(seconds: 1_698_541_200), offsetSeconds: 3600),
    ])

  /// Two hours ahead of UTC all year, so that local texts differ from UTC.
  public static let eastern = SiteTimeZone(
    name: "Europe/Helsinki", offsets: [.init(since: .epoch, offsetSeconds: 7200)])
}
