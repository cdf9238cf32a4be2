import PBXModel

/// What `main_cdr` has for a column (reference section 5.3, observed).
enum CDRMainColumn {
  /// What the first row has.
  case ofFirstRow
  /// The sum over all rows.
  case sum((CDRRecord) -> Int64)
  case empty

  init(_ field: CDRField) {
    switch field {
    case .src, .dst, .start, .session, .actionType: self = .ofFirstRow
    case .duration: self = .sum(\.durationSeconds)
    case .billsec: self = .sum(\.billsecSeconds)
    case .acctId, .accountCode, .dcontext, .clid, .channel, .dstchannel, .lastapp, .lastdata, .answer, .end,
      .disposition, .amaflags, .uniqueid, .userfield, .channelExt, .dstchannelExt, .service, .callerName, .recordfiles,
      .dstanswer, .chanext, .dstchanext, .actionOwner, .srcTrunkName, .dstTrunkName, .natCall, .natCallPeer,
      .videoCall, .gdsCall, .gscCall, .gdmsUniqueCode, .waveSrcSeqid, .waveDstSeqid, .deviceInfo, .deviceInfoPeer,
      .recordfilesDesc:
      self = .empty
    }
  }
}

extension CDRSession {
  /// Over all rows; saturates, because a capture can claim any length of call.
  func sum(of seconds: (CDRRecord) -> Int64) -> Int64 {
    others.reduce(seconds(first)) { total, row in
      let (sum, overflow) = total.addingReportingOverflow(seconds(row))
      return overflow ? (total < 0 ? .min : .max) : sum
    }
  }
}
