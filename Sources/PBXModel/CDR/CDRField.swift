public import Primitives

/// The columns of the 62xx/6510 CDR in the appliance's order (reference section 5.3, observed).
public enum CDRField: String, Hashable, Sendable, CaseIterable {
  case acctId = "AcctId"
  case accountCode = "accountcode"
  case src, dst, dcontext, clid, channel, dstchannel, lastapp, lastdata, start, answer, end, duration, billsec
  case disposition, amaflags, uniqueid, userfield
  case channelExt = "channel_ext"
  case dstchannelExt = "dstchannel_ext"
  case service
  case callerName = "caller_name"
  case recordfiles, dstanswer, chanext, dstchanext, session
  case actionOwner = "action_owner"
  case actionType = "action_type"
  case srcTrunkName = "src_trunk_name"
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
