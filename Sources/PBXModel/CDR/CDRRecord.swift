public import Primitives

/// How a call ended, in the appliance's words (reference section 5.1, observed).
public enum Disposition: String, Hashable, Sendable, CaseIterable {
  case answered = "ANSWERED"
  case noAnswer = "NO ANSWER"
  case busy = "BUSY"
  case failed = "FAILED"
}

/// The type of a call as CDRs show it in `userfield` (observed).
public enum CallDirection: String, Hashable, Sendable, CaseIterable {
  case `internal` = "Internal"
  case inbound = "Inbound"
  case outbound = "Outbound"
  /// Trunk to trunk.
  case external = "External"
}

/// One CDR row of the 62xx/6510 schema: 32 fields, named and ordered as the appliance does.
///
/// Times are instants; `CDRField.text(of:in:)` gives what the appliance writes.
public struct CDRRecord: Hashable, Sendable {
  public var acctId = 0
  public var accountCode = ""
  public var src = ""
  public var dst = ""
  public var dcontext = ""
  public var clid = ""
  public var channel = ""
  public var dstchannel = ""
  public var lastapp = ""
  public var lastdata = ""
  public var start: Instant
  public var answer: Instant?
  public var end: Instant?
  public var durationSeconds: Int64 = 0
  public var billsecSeconds: Int64 = 0
  public var disposition: Disposition
  public var uniqueid = ""
  public var userfield: CallDirection
  public var channelExt = ""
  public var dstchannelExt = ""
  public var service = "s"
  public var callerName = ""
  public var recordfiles = ""
  public var dstanswer = ""
  public var session = ""
  public var actionOwner = ""
  public var actionType = ""
  public var srcTrunkName = ""
  public var dstTrunkName = ""

  public init(start: Instant, disposition: Disposition, userfield: CallDirection) {
    self.start = start
    self.disposition = disposition
    self.userfield = userfield
  }
}

/// The rows of one call, in the order the appliance wrote them. Never empty.
public struct CDRSession: Hashable, Sendable {
  public let first: CDRRecord
  public let others: [CDRRecord]

  /// nil when there is no row.
  public init?(rows: [CDRRecord]) {
    guard let first = rows.first else { return nil }
    self.first = first
    others = Array(rows.dropFirst())
  }

  public var rows: [CDRRecord] { [first] + others }
}
