public import HardwareProfiles
public import PBXModel
public import Primitives

/// Rows that vendor documents and answers of real units show, as sessions, with the clock they were written by.
public struct CDRReferenceRows: Sendable {
  /// The age they are of.
  public let schema: CDRSchema
  /// The unit's clock.
  public let timeZone: SiteTimeZone
  /// The first is the example of a call of one row.
  public let sessions: [CDRSession]
  /// The first session's columns as the source has them, in order.
  public let columns: [(name: String, value: String)]

  /// One for each age.
  public static let all = [of2013, of62xx, of63xx]

  /// Reference section 5.3, old shapes (D8, D19): the first row, and a second call of the same phones.
  public static let of2013 = CDRReferenceRows(
    schema: .fields22, timeZone: SiteTimeZone(name: "MTZ+6", offsets: [.init(since: .epoch, offsetSeconds: -21_600)]),
    sessions: [old(62, 1_386_092_800, answeredAfter: 3, endedAfter: 9, billsec: 6, serial: 0)]
      + [old(64, 1_386_100_943, answeredAfter: 4, endedAfter: 8, billsec: 4, serial: 2)],
    columns: [
      ("AcctId", "62"), ("accountcode", ""), ("src", "5300"), ("dst", "5301"), ("dcontext", "from-internal"),
      ("clid", #""pn01" <5300>"#), ("channel", "SIP/5300-00000000"), ("dstchannel", "SIP/5301-00000001"),
      ("lastapp", "Dial"), ("lastdata", "SIP/5301,60,"), ("start", "2013-12-03 11:46:40"),
      ("answer", "2013-12-03 11:46:43"), ("end", "2013-12-03 11:46:49"), ("duration", "9"), ("billsec", "6"),
      ("disposition", "ANSWERED"), ("amaflags", "DOCUMENTATION"), ("uniqueid", "1386092800.0"), ("userfield", "EXT"),
      ("channel_ext", "5300"), ("dstchannel_ext", "5301"), ("service", "s"),
    ])

  /// Reference section 5.3: the flat example, then a call that ended in voicemail (section 5.2).
  public static let of62xx = CDRReferenceRows(
    schema: .fields32, timeZone: SiteTimeZone(name: "<-03>3", offsets: [.init(since: .epoch, offsetSeconds: -10_800)]),
    sessions: [CDRSession(first: flat62xx, others: []), voicemail62xx],
    columns: [
      ("AcctId", "1"), ("accountcode", ""), ("src", "2001"), ("dst", "2000"), ("dcontext", "from-internal"),
      ("clid", #""" <2001>"#), ("channel", "PJSIP/2001-00000000"), ("dstchannel", "PJSIP/2000-00000001"),
      ("lastapp", "Dial"), ("lastdata", "PJSIP/2000/sip:2000@192.0.2.43:5060,60,zb(callee-handler^s^1)"),
      ("start", "2023-05-11 16:30:30"), ("answer", "2023-05-11 16:30:35"), ("end", "2023-05-11 16:30:42"),
      ("duration", "12"), ("billsec", "6"), ("disposition", "ANSWERED"), ("amaflags", "DOCUMENTATION"),
      ("uniqueid", "1683833430.0"), ("userfield", "Internal"), ("channel_ext", "2001"), ("dstchannel_ext", "2000"),
      ("service", "s"), ("caller_name", ""), ("recordfiles", ""), ("dstanswer", "2000"), ("chanext", ""),
      ("dstchanext", ""), ("session", "1683833430724538-2001"), ("action_owner", "2001"), ("action_type", "DIAL"),
      ("src_trunk_name", ""), ("dst_trunk_name", ""),
    ])

  /// Reference section 5.1 and 5.2 (G1): a recorded call out by a trunk, then a ring group with two members.
  public static let of63xx = CDRReferenceRows(
    schema: .fields43, timeZone: SiteTimeZone(name: "BST-1", offsets: [.init(since: .epoch, offsetSeconds: 3600)]),
    sessions: [CDRSession(first: recorded63xx, others: []), ringGroup63xx],
    columns: [
      ("AcctId", "71050"), ("accountcode", ""), ("src", "230"), ("dst", "02079460001"),
      ("dcontext", "outbound-route-4"), ("clid", #""Office & Co" <02079460000>"#), ("channel", "PJSIP/230-000004ec"),
      ("dstchannel", "PJSIP/trunk_2-000004ed"), ("lastapp", "Dial"),
      ("lastdata", "PJSIP/02079460001@trunk_2,,TKXM(record-check,StartMonitor)b(callee-handler^s^1)"),
      ("start", "2022-08-22 09:43:58"), ("answer", "2022-08-22 09:44:12"), ("end", "2022-08-22 09:51:12"),
      ("duration", "433"), ("billsec", "420"), ("disposition", "ANSWERED"), ("amaflags", "DOCUMENTATION"),
      ("uniqueid", "1661157838.2666"), ("userfield", "Outbound"), ("channel_ext", "230"),
      ("dstchannel_ext", "trunk_2"), ("service", "s"), ("caller_name", "Office & Co"),
      ("recordfiles", "2022-08/auto-1661157839-230-02079460001.wav@"), ("dstanswer", "02079460001"), ("chanext", ""),
      ("dstchanext", ""), ("session", "1661157838988180-230"), ("action_owner", "230"), ("action_type", "DIAL"),
      ("src_trunk_name", ""), ("dst_trunk_name", "Carrier"), ("nat_call", "no"), ("nat_call_peer", "no"),
      ("video_call", "no"), ("gdms_unique_code", ""), ("gds_call", "no"), ("gsc_call", "no"),
      ("wave_src_seqid", "707"), ("wave_dst_seqid", "0"), ("device_info", "WP820"), ("device_info_peer", ""),
      ("recordfiles_desc", "duration=420,size=6722764B,start-time=1661157852@"),
    ])
}

extension CDRReferenceRows {
  private static func old(
    _ id: Int, _ second: Int64, answeredAfter: Int64, endedAfter: Int64, billsec: Int64, serial: Int
  ) -> CDRSession {
    let start = Instant(seconds: second)
    var row = CDRRecord(start: start, disposition: .answered, userfield: .internal)
    row.acctId = id
    (row.src, row.dst, row.dcontext) = ("5300", "5301", "from-internal")
    row.clid = #""pn01" <5300>"#
    (row.channel, row.dstchannel) = ("SIP/5300-0000000\(serial)", "SIP/5301-0000000\(serial + 1)")
    (row.lastapp, row.lastdata) = ("Dial", "SIP/5301,60,")
    (row.answer, row.end) = (start + .seconds(answeredAfter), start + .seconds(endedAfter))
    (row.durationSeconds, row.billsecSeconds) = (endedAfter, billsec)
    row.uniqueid = "\(second).\(serial)"
    (row.channelExt, row.dstchannelExt) = ("5300", "5301")
    return CDRSession(first: row, others: [])
  }

  private static var flat62xx: CDRRecord {
    let start = Instant(seconds: 1_683_833_430, nanoseconds: 724_538_000)
    var row = CDRRecord.internalCall(startingAt: start)
    row.uniqueid = "1683833430.0"
    row.session = "1683833430724538-2001"
    return row
  }

  private static var voicemail62xx: CDRSession {
    let start = Instant(seconds: 1_683_899_266, nanoseconds: 980_541_000)
    var dialled = CDRRecord.internalCall(startingAt: start)
    dialled.acctId = 2
    dialled.disposition = .noAnswer
    dialled.answer = start + .seconds(60)
    dialled.end = dialled.answer
    (dialled.durationSeconds, dialled.billsecSeconds) = (60, 0)
    dialled.dstanswer = ""
    dialled.uniqueid = "1683899266.4"
    dialled.session = "1683899266980541-2001"
    var mailbox = dialled
    mailbox.acctId = 3
    mailbox.start = start + .seconds(60)
    mailbox.disposition = .answered
    (mailbox.answer, mailbox.end) = (mailbox.start, start + .seconds(68))
    (mailbox.durationSeconds, mailbox.billsecSeconds) = (8, 8)
    (mailbox.dstchannel, mailbox.lastapp, mailbox.lastdata) = ("", "VoiceMail", "2000@default,u")
    (mailbox.dstanswer, mailbox.actionType) = ("2000", "VM")
    return CDRSession(first: dialled, others: [mailbox])
  }

  private static var recorded63xx: CDRRecord {
    let start = Instant(seconds: 1_661_157_838, nanoseconds: 988_180_000)
    var row = CDRRecord(start: start, disposition: .answered, userfield: .outbound)
    row.acctId = 71_050
    (row.src, row.dst, row.dcontext) = ("230", "02079460001", "outbound-route-4")
    (row.clid, row.callerName) = (#""Office & Co" <02079460000>"#, "Office & Co")
    (row.channel, row.dstchannel) = ("PJSIP/230-000004ec", "PJSIP/trunk_2-000004ed")
    row.lastapp = "Dial"
    row.lastdata = "PJSIP/02079460001@trunk_2,,TKXM(record-check,StartMonitor)b(callee-handler^s^1)"
    (row.answer, row.end) = (Instant(seconds: 1_661_157_852), Instant(seconds: 1_661_158_272))
    (row.durationSeconds, row.billsecSeconds) = (433, 420)
    row.uniqueid = "1661157838.2666"
    (row.channelExt, row.dstchannelExt) = ("230", "trunk_2")
    row.recordfiles = "2022-08/auto-1661157839-230-02079460001.wav@"
    (row.dstanswer, row.session, row.actionOwner) = ("02079460001", "1661157838988180-230", "230")
    (row.actionType, row.dstTrunkName) = ("DIAL", "Carrier")
    (row.waveSrcSeqid, row.waveDstSeqid, row.deviceInfo) = ("707", "0", "WP820")
    row.recordfilesDesc = "duration=420,size=6722764B,start-time=1661157852@"
    return row
  }

  private static var ringGroup63xx: CDRSession {
    let start = Instant(seconds: 1_661_159_737, nanoseconds: 924_521_000)
    var group = CDRRecord(start: start, disposition: .answered, userfield: .inbound)
    group.acctId = 71_053
    (group.src, group.dst, group.dcontext) = ("02079460002", "6400", "ivr-from-internal")
    (group.clid, group.channel) = (#""" <02079460002>"#, "PJSIP/trunk_2-000004f0")
    (group.lastapp, group.lastdata) = ("ForkCDR", "are")
    (group.answer, group.end) = (start + .seconds(9), start + .seconds(9))
    group.durationSeconds = 9
    (group.uniqueid, group.channelExt, group.dstchannelExt) = ("1661159737.2671", "trunk_2", "6400")
    (group.dstanswer, group.session) = ("6400", "1661159737924521-02079460002")
    (group.actionOwner, group.actionType, group.srcTrunkName) = ("02079460002", "RINGGROUP[6400]", "Carrier")
    group.isNATCallOfPeer = nil
    let members = [
      ("200", "4f1", Disposition.noAnswer, "3392", "GRP2615"), ("203", "4f4", .answered, "1260", "GXP2160"),
    ]
    return CDRSession(
      first: group,
      others: members.enumerated().map { index, member in
        var row = group
        row.acctId += 1 + index
        row.start = start + .seconds(9)
        (row.dst, row.dstchannelExt, row.dcontext) = (member.0, member.0, "from-internal")
        row.dstchannel = "PJSIP/\(member.0)-00000\(member.1)"
        row.lastapp = "Dial"
        row.lastdata = "PJSIP/200/sip:200@192.0.2.200:14152&PJSIP/203/sip:203@192.0.2.203:5060"
        row.disposition = member.2
        row.answer = start + .seconds(23)
        row.end = start + .seconds(member.2 == .answered ? 632 : 23)
        row.durationSeconds = member.2 == .answered ? 623 : 14
        row.billsecSeconds = member.2 == .answered ? 609 : 0
        row.dstanswer = member.2 == .answered ? member.0 : ""
        row.isNATCallOfPeer = false
        (row.waveSrcSeqid, row.waveDstSeqid, row.deviceInfoPeer) = ("0", member.3, member.4)
        return row
      })
  }
}
