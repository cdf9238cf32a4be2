public import Primitives

/// Every column a CDR can have, in the appliance's order.
///
/// The first 22 are those of 2013 (documented), the first 32 those of the 62xx and 6510 (observed; reference section
/// 5.3), and the last 11 came with the 63xx (observed, their order too, in the answers that are the reference's source
/// G1). `CDRSchema.fields` says which of them a model writes.
///
/// What the appliance puts there is said at the property of `CDRRecord` that each case names.
public enum CDRField: String, Hashable, Sendable, CaseIterable {
  /// `CDRRecord.acctId`, in decimal.
  case acctId = "AcctId"
  /// `CDRRecord.accountCode`, as it is.
  case accountCode = "accountcode"
  /// `CDRRecord.src`, as it is.
  case src
  /// `CDRRecord.dst`, as it is.
  case dst
  /// `CDRRecord.dcontext`, as it is.
  case dcontext
  /// `CDRRecord.clid`, as it is.
  case clid
  /// `CDRRecord.channel`, as it is.
  case channel
  /// `CDRRecord.dstchannel`, as it is.
  case dstchannel
  /// `CDRRecord.lastapp`, as it is.
  case lastapp
  /// `CDRRecord.lastdata`, as it is.
  case lastdata
  /// `CDRRecord.start`, as `YYYY-MM-DD HH:MM:SS` on the site's wall clock.
  case start
  /// `CDRRecord.answer`, as `YYYY-MM-DD HH:MM:SS` on the site's wall clock, or empty.
  case answer
  /// `CDRRecord.end`, as `YYYY-MM-DD HH:MM:SS` on the site's wall clock, or empty.
  case end
  /// `CDRRecord.durationSeconds`, in decimal.
  case duration
  /// `CDRRecord.billsecSeconds`, in decimal.
  case billsec
  /// `CDRRecord.disposition`, as it is.
  case disposition
  /// Always `DOCUMENTATION`.
  case amaflags
  /// `CDRRecord.uniqueid`, as it is.
  case uniqueid
  /// `CDRRecord.userfield`, as it is.
  case userfield
  /// `CDRRecord.channelExt`, as it is.
  case channelExt = "channel_ext"
  /// `CDRRecord.dstchannelExt`, as it is.
  case dstchannelExt = "dstchannel_ext"
  /// `CDRRecord.service`, as it is.
  case service
  /// `CDRRecord.callerName`, as it is.
  case callerName = "caller_name"
  /// `CDRRecord.recordfiles`, as it is.
  case recordfiles
  /// `CDRRecord.dstanswer`, as it is.
  case dstanswer
  /// Always empty.
  case chanext
  /// Always empty.
  case dstchanext
  /// `CDRRecord.session`, as it is.
  case session
  /// `CDRRecord.actionOwner`, as it is.
  case actionOwner = "action_owner"
  /// `CDRRecord.actionType`, as it is.
  case actionType = "action_type"
  /// `CDRRecord.srcTrunkName`, as it is.
  case srcTrunkName = "src_trunk_name"
  /// `CDRRecord.dstTrunkName`, as it is.
  case dstTrunkName = "dst_trunk_name"
  /// `CDRRecord.isNATCall`, as `yes` or `no`.
  case natCall = "nat_call"
  /// `CDRRecord.isNATCallOfPeer`, as `yes` or `no`, or empty.
  case natCallPeer = "nat_call_peer"
  /// `CDRRecord.isVideoCall`, as `yes` or `no`.
  case videoCall = "video_call"
  /// `CDRRecord.gdmsUniqueCode`, as it is.
  case gdmsUniqueCode = "gdms_unique_code"
  /// `CDRRecord.isGDSCall`, as `yes` or `no`.
  case gdsCall = "gds_call"
  /// `CDRRecord.isGSCCall`, as `yes` or `no`.
  case gscCall = "gsc_call"
  /// `CDRRecord.waveSrcSeqid`, as it is.
  case waveSrcSeqid = "wave_src_seqid"
  /// `CDRRecord.waveDstSeqid`, as it is.
  case waveDstSeqid = "wave_dst_seqid"
  /// `CDRRecord.deviceInfo`, as it is.
  case deviceInfo = "device_info"
  /// `CDRRecord.deviceInfoPeer`, as it is.
  case deviceInfoPeer = "device_info_peer"
  /// `CDRRecord.recordfilesDesc`, as it is.
  case recordfilesDesc = "recordfiles_desc"

  /// What `row` has for this column.
  @inline(__always) public func value(of row: CDRRecord) -> CDRValue {
    switch self {
    case .acctId: .number(Int64(row.acctId))
    case .accountCode: .text(row.accountCode)
    case .src: .text(row.src)
    case .dst: .text(row.dst)
    case .dcontext: .text(row.dcontext)
    case .clid: .text(row.clid)
    case .channel: .text(row.channel)
    case .dstchannel: .text(row.dstchannel)
    case .lastapp: .text(row.lastapp)
    case .lastdata: .text(row.lastdata)
    case .start: .time(row.start)
    case .answer: .time(row.answer)
    case .end: .time(row.end)
    case .duration: .number(row.durationSeconds)
    case .billsec: .number(row.billsecSeconds)
    case .disposition: .text(row.disposition.rawValue)
    case .amaflags: .text("DOCUMENTATION")
    case .uniqueid: .text(row.uniqueid)
    case .userfield: .text(row.userfield.rawValue)
    case .channelExt: .text(row.channelExt)
    case .dstchannelExt: .text(row.dstchannelExt)
    case .service: .text(row.service)
    case .callerName: .text(row.callerName)
    case .recordfiles: .text(row.recordfiles)
    case .dstanswer: .text(row.dstanswer)
    case .chanext, .dstchanext: .text("")
    case .session: .text(row.session)
    case .actionOwner: .text(row.actionOwner)
    case .actionType: .text(row.actionType)
    case .srcTrunkName: .text(row.srcTrunkName)
    case .dstTrunkName: .text(row.dstTrunkName)
    case .natCall: .flag(row.isNATCall)
    case .natCallPeer: .flag(row.isNATCallOfPeer)
    case .videoCall: .flag(row.isVideoCall)
    case .gdmsUniqueCode: .text(row.gdmsUniqueCode)
    case .gdsCall: .flag(row.isGDSCall)
    case .gscCall: .flag(row.isGSCCall)
    case .waveSrcSeqid: .text(row.waveSrcSeqid)
    case .waveDstSeqid: .text(row.waveDstSeqid)
    case .deviceInfo: .text(row.deviceInfo)
    case .deviceInfoPeer: .text(row.deviceInfoPeer)
    case .recordfilesDesc: .text(row.recordfilesDesc)
    }
  }

  /// What the appliance writes for this column: always text, empty when absent, times on the site's wall clock.
  public func text(of row: CDRRecord, in zone: SiteTimeZone) -> String {
    switch value(of: row) {
    case .text(let text): text
    case .number(let number): String(number)
    case .time(let time): time.map { zone.local($0).text } ?? ""
    case .flag(let flag): flag.map { $0 ? "yes" : "no" } ?? ""
    }
  }
}

/// What a row has for one column, before it is written.
public enum CDRValue: Hashable, Sendable {
  /// Written as it is.
  case text(String)
  /// Written in decimal.
  case number(Int64)
  /// Written as `YYYY-MM-DD HH:MM:SS` on the site's wall clock; nil as empty.
  case time(Instant?)
  /// Written as `yes` or `no` (observed on a 63xx); nil as empty, as on a group's own row there.
  case flag(Bool?)
}
