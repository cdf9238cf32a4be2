public import Primitives

/// How a call ended, in the appliance's words (reference section 5.1, observed).
public enum Disposition: String, Hashable, Sendable, CaseIterable {
  /// The call was taken, by a phone or by the PBX itself; talk time may still be 0.
  case answered = "ANSWERED"
  /// Nobody took it; `answer` and `end` are the same instant all the same.
  case noAnswer = "NO ANSWER"
  /// The callee was engaged; `answer` and `end` are empty, `durationSeconds` may be above 0.
  case busy = "BUSY"
  /// It could not be carried out; `answer` and `end` are empty, `durationSeconds` may be above 0.
  case failed = "FAILED"
}

/// The type of a call as CDRs show it in `userfield` (observed).
public enum CallDirection: String, Hashable, Sendable, CaseIterable {
  /// Extension to extension, and what failed before a trunk was picked.
  case `internal` = "Internal"
  /// From a trunk to an extension or to the PBX itself.
  case inbound = "Inbound"
  /// From an extension to a trunk.
  case outbound = "Outbound"
  /// Trunk to trunk.
  case external = "External"
}

/// One CDR row with all that any firmware writes of a call; `CDRSchema.fields` says which part a model writes.
///
/// Times are instants; `CDRField.text(of:in:)` gives what the appliance writes. Rules are those of reference sections
/// 5.1 and 5.2 (observed) unless a field says otherwise. `amaflags`, `chanext` and `dstchanext` have no property: the
/// first is always `DOCUMENTATION`, the others are always empty.
public struct CDRRecord: Hashable, Sendable {
  /// Row number. Runs on from row to row; on units of the 62xx/6510 kind it restarts at 1 with each calendar month, so
  /// only (`session`, `acctId`) is a key. 0 until the row is numbered.
  public var acctId = 0
  /// Account code or PIN group the caller dialled with; empty here, because signalling does not show it.
  public var accountCode = ""
  /// The caller's number, as the PBX took it from From or from the asserted identity.
  public var src = ""
  /// The callee's number: the extension rung, the outside number dialled, or a menu's or group's own number on its row.
  public var dst = ""
  /// The dialplan context that dialled: `from-internal`, `did-local`, `outbound-route-N`, `ext-did-N`, `ivr-N` …
  public var dcontext = ""
  /// Caller id as `"Name" <number>`, the quotes there even without a name.
  public var clid = ""
  /// The caller's channel: `PJSIP/<extension>-<8 hex digits>` or `PJSIP/trunk_<n>-<8 hex digits>`; `SIP/…` on old
  /// firmware.
  public var channel = ""
  /// The callee's channel in the form of `channel`; empty when no callee's leg existed.
  public var dstchannel = ""
  /// The last dialplan application: `Dial`, `VoiceMail`, `Playback`, `ForkCDR`, `Congestion`, `Hangup` …
  public var lastapp = ""
  /// The arguments of `lastapp`, in a Dial the dial string with its ring time; empty where it had none.
  public var lastdata = ""
  /// When the row's part of the call began: the caller's INVITE, or a later dial's own.
  public var start: Instant
  /// When it was answered; equals `end` on NO ANSWER, nil (written as empty) on BUSY and FAILED.
  public var answer: Instant?
  /// When it ended; nil (written as empty) on BUSY and FAILED.
  public var end: Instant?
  /// From `start` to the end, in whole seconds, cut and never negative; above 0 even where `end` is empty.
  public var durationSeconds: Int64 = 0
  /// From `answer` to `end`, in whole seconds, cut and never negative; 0 unless ANSWERED.
  public var billsecSeconds: Int64 = 0
  /// How this part of the call ended; each leg of a call has its own.
  public var disposition: Disposition
  /// Asterisk's id of the caller's channel, `<epoch seconds>.<serial>`; the rows of one call share it here.
  public var uniqueid = ""
  /// The type of the call by who is at its two ends, whatever the row's own leg.
  public var userfield: CallDirection
  /// What `channel` belongs to: an extension, or `trunk_<n>`.
  public var channelExt = ""
  /// What `dstchannel` belongs to, in the form of `channelExt`; empty when no callee's leg existed.
  public var dstchannelExt = ""
  /// `s`, or `p` where an analog or digital PSTN port takes part; always `s` here, because a trace shows SIP alone.
  public var service = "s"
  /// The caller's name: the CRM's, else the extension's own, else that of From; may be empty.
  public var callerName = ""
  /// Names of recordings, each ended by `@`; empty here, because signalling does not show recording.
  public var recordfiles = ""
  /// Who answered, as `dst` writes it; empty when nobody did.
  public var dstanswer = ""
  /// The call's id, `<epoch seconds><microseconds>-<caller>`, on every row of it. The microseconds are not zero-padded,
  /// so the digits are 11 to 16 and two calls of one caller could share it.
  public var session = ""
  /// The party that caused this part of the call; the caller's number here.
  public var actionOwner = ""
  /// What was done: `DIAL`, `VM`, `TRANSFER`, or with the number in brackets `IVR[7000]`, `RINGGROUP[6400]`.
  public var actionType = ""
  /// Name of the trunk the call came by; set on Inbound rows alone.
  public var srcTrunkName = ""
  /// Name of the trunk the call left by; set on Outbound rows alone.
  public var dstTrunkName = ""
  /// Whether the caller's device is behind a NAT. 63xx alone, as all that follow.
  public var isNATCall = false
  /// Whether the callee's device is behind a NAT; nil (written as empty) on a ring group's own row (observed).
  public var isNATCallOfPeer: Bool? = false
  /// Whether the call had video.
  public var isVideoCall = false
  /// Whether a door system of the vendor's GDS series took part.
  public var isGDSCall = false
  /// Whether an intercom of the vendor's GSC series took part.
  public var isGSCCall = false
  /// The cloud service's code for the call; empty here, because signalling does not show it.
  public var gdmsUniqueCode = ""
  /// The caller's sequence id in the vendor's softphone; empty here, because signalling does not show it.
  public var waveSrcSeqid = ""
  /// The callee's sequence id in the vendor's softphone; empty here, because signalling does not show it.
  public var waveDstSeqid = ""
  /// Model of the caller's phone; empty where it does not name itself.
  public var deviceInfo = ""
  /// Model of the callee's phone; empty where it does not name itself.
  public var deviceInfoPeer = ""
  /// Length, size and start of each recording, each ended by `@`: `duration=31,size=489324B,start-time=1661157307@`;
  /// empty here, because signalling does not show recording.
  public var recordfilesDesc = ""

  /// A row with every other field at its default; the facts a row cannot do without come first.
  public init(start: Instant, disposition: Disposition, userfield: CallDirection) {
    self.start = start
    self.disposition = disposition
    self.userfield = userfield
  }
}

/// The rows of one call, in the order the appliance wrote them. Never empty.
public struct CDRSession: Hashable, Sendable {
  /// The oldest row: the menu's or group's own where there is one, else the first leg's.
  public let first: CDRRecord
  /// The rows after the first, oldest first; empty for a call of one row.
  public let others: [CDRRecord]

  /// A session of these rows.
  public init(first: CDRRecord, others: [CDRRecord]) {
    self.first = first
    self.others = others
  }

  /// nil when there is no row.
  public init?(rows: [CDRRecord]) {
    guard let first = rows.first else { return nil }
    self.first = first
    others = Array(rows.dropFirst())
  }

  /// All rows, oldest first; at least one.
  public var rows: [CDRRecord] { [first] + others }
}
