public import Primitives

/// The columns of the 62xx/6510 CDR in the appliance's order (reference section 5.3, observed).
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
    }
  }
}
