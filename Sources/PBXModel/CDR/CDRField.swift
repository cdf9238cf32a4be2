public import Primitives

/// Every column a CDR can have, in the appliance's order.
///
/// The first 22 are those of 2013 (documented), the first 32 those of the 62xx and 6510 (observed; reference section
/// 5.3), and the last 11 came with the 63xx (observed, their order too: the reference's source G1, answers of such a unit).
/// `CDRSchema.fields` says which of them a model writes.
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
  /// `CDRRecord.isNATCallOfPeer`, as `yes` or `no`.
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

  /// What the appliance writes for this column: always text, empty when absent, times on the site's wall clock.
  public func text(of row: CDRRecord, in zone: SiteTimeZone) -> String {
    switch self {
    case .acctId: String(row.acctId)
    case .accountCode: row.accountCode
    case .src: row.src
    case .dst: row.dst
    case .dcontext: row.dcontext
    case .clid: row.clid
    case .channel: row.channel
    case .dstchannel: row.dstchannel
    case .lastapp: row.lastapp
    case .lastdata: row.lastdata
    case .start: zone.local(row.start).text
    case .answer: row.answer.map { zone.local($0).text } ?? ""
    case .end: row.end.map { zone.local($0).text } ?? ""
    case .duration: String(row.durationSeconds)
    case .billsec: String(row.billsecSeconds)
    case .disposition: row.disposition.rawValue
    case .amaflags: "DOCUMENTATION"
    case .uniqueid: row.uniqueid
    case .userfield: row.userfield.rawValue
    case .channelExt: row.channelExt
    case .dstchannelExt: row.dstchannelExt
    case .service: row.service
    case .callerName: row.callerName
    case .recordfiles: row.recordfiles
    case .dstanswer: row.dstanswer
    case .chanext, .dstchanext: ""
    case .session: row.session
    case .actionOwner: row.actionOwner
    case .actionType: row.actionType
    case .srcTrunkName: row.srcTrunkName
    case .dstTrunkName: row.dstTrunkName
    case .natCall: Self.text(of: row.isNATCall)
    case .natCallPeer: Self.text(of: row.isNATCallOfPeer)
    case .videoCall: Self.text(of: row.isVideoCall)
    case .gdmsUniqueCode: row.gdmsUniqueCode
    case .gdsCall: Self.text(of: row.isGDSCall)
    case .gscCall: Self.text(of: row.isGSCCall)
    case .waveSrcSeqid: row.waveSrcSeqid
    case .waveDstSeqid: row.waveDstSeqid
    case .deviceInfo: row.deviceInfo
    case .deviceInfoPeer: row.deviceInfoPeer
    case .recordfilesDesc: row.recordfilesDesc
    }
  }

  /// How the 63xx writes a flag (observed).
  static func text(of flag: Bool) -> String { flag ? "yes" : "no" }
}
