import ApplianceAPI
import ApplianceWeb
import CDRStorage
import PBXModel

extension LiveRows {
  /// A part of the list of calls.
  ///
  /// - Parameter isRecorded: whether the appliance would have recorded what a row is about.
  func listing(
    _ request: CDRListingRequest, isRecorded: (CDRRecord) -> Bool
  ) throws(CDRRequest.Refusal) -> CDRListing {
    var wanted = CDRPageRequest(try Self.query(request.rows))
    wanted.query.order = request.isDescending ? .newest : .oldest
    wanted.sort = CDRSort(request.column)
    (wanted.cursor, wanted.isBefore, wanted.limit) = (request.cursor, request.isBefore, request.limit)
    let (page, count) = try read { archive -> (CDRPage, CDRPage.Count?) in
      let page = try archive.page(wanted)
      // A list of one page has been counted, and one that is searched for long enough will not be counted sooner.
      guard !page.isCutShort, page.next != nil || page.previous != nil else { return (page, nil) }
      var counted = wanted
      counted.effort = wanted.effort / 4
      return (page, try archive.count(counted))
    }
    var listing = CDRListing()
    listing.calls = page.calls.map { CDRCallFacts($0, id: $0.row, isRecorded: isRecorded) }
    (listing.next, listing.previous) = (page.next, page.previous)
    (listing.isCutShort, listing.hasLostCursor) = (page.isCutShort, page.hasLostCursor)
    switch count {
    case .exactly(let count): listing.count = .exactly(count)
    case .atLeast(let count): listing.count = .atLeast(count)
    case nil:
      if !page.isCutShort { listing.count = .exactly(page.calls.count) }
    }
    return listing
  }
}

extension LiveRows {
  /// The call that a row belongs to; nil where there is no such row.
  func call(ofRow row: Int64) throws(CDRRequest.Refusal) -> CDRPage.Call? {
    try read { try $0.call(ofRow: row) }
  }
}

extension CDRCallFacts {
  init(_ call: CDRPage.Call, id: Int64, isRecorded: (CDRRecord) -> Bool) {
    self.init(id: id, rows: call.session.rows.map { CDRRowFacts($0, isRecorded: isRecorded($0)) })
  }
}

extension CDRSort {
  fileprivate init(_ column: CDRListingRequest.Column) {
    self =
      switch column {
      case .start: .start
      case .caller: .caller
      case .callee: .callee
      case .action: .action
      case .talk: .talk
      case .account: .account
      case .status: .status
      }
  }
}

extension CDRRowFacts {
  init(_ row: CDRRecord, isRecorded: Bool) {
    self.init(start: row.start)
    caller.number = row.src
    caller.name = row.callerName
    caller.trunk = row.srcTrunkName
    callee.number = row.dst
    callee.trunk = row.dstTrunkName
    action = row.actionType
    durationSeconds = row.durationSeconds
    talkSeconds = row.billsecSeconds
    account = row.accountCode
    type = row.userfield.rawValue
    status = row.disposition.rawValue
    recordings = row.recordfiles.split(separator: "@").map(String.init)
    wouldBeRecorded = isRecorded
  }
}

extension Site {
  /// Whether somebody on the row's part of a call has it recorded, by the site file (the rule of `Appliance.records`,
  /// which has the call itself; of a queue's row the queue's number tells).
  func records(_ row: CDRRecord) -> Bool {
    guard row.disposition == .answered, row.billsecSeconds > 0 else { return false }
    let direction = row.userfield
    let ends = [row.channelExt, row.dstchannelExt]
    let byLine = ends.contains { end in
      account(end)?.autoRecord.records(direction) == true
        || trunks.contains { "trunk_\($0.index)" == end && $0.autoRecord.records(direction) }
    }
    return byLine || queues.contains { row.actionType == "QUEUE[\($0.number)]" && $0.autoRecord.records(direction) }
  }
}
