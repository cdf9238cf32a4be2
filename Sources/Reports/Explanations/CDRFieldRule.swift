public import PBXModel
import Primitives

/// How a column of a CDR row comes to its value.
public struct CDRFieldRule: Hashable, Sendable {
  /// What it takes to tell the value.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// As the call itself has it.
    case copied
    /// The same in every row of this program.
    case constant
    /// It follows from the call by a rule that a reader may want to know.
    case derived
  }

  /// How the value comes about.
  public let kind: Kind
  /// The rule, its source and how sure it is.
  public let rule: ExplanationRule

  /// - Parameter section: of the reference.
  init(_ kind: Kind, _ text: String, _ section: String = "5.1", _ certainty: Certainty = .observed) {
    self.kind = kind
    rule = ExplanationRule(text, "reference section " + section, certainty)
  }

  /// The rule by which `field` of this row has its value.
  public init(_ field: CDRField, in row: CDRRecord) {
    self =
      switch field {
      case .acctId: Self(.derived, "numbered from row to row; 62xx and 6510 begin with 1 again each month")
      case .accountCode: Self(.constant, "empty: no trace shows an account code")
      case .src: Self(.copied, "the caller's number by From or the asserted identity; after it handed over, who stayed")
      case .dst:
        Self(.derived, "who was rung, the number outside, a menu's or group's own number, else what was dialled")
      case .dcontext: Self.ofContext(row)
      case .clid: Self(.copied, "caller_name and src as \"name\" <number>, the quotes there without a name too")
      case .channel: Self.ofChannel(row.channel)
      case .dstchannel: Self.ofChannel(row.dstchannel)
      case .lastapp: Self.ofApplication(row)
      case .lastdata: Self.ofApplicationData(row)
      case .start: Self(.derived, "when the INVITE that counted came, or the turn this part began with, cut to seconds")
      case .answer: Self.ofAnswer(row.disposition)
      case .end: Self.ofEnd(row.disposition)
      case .duration: Self.ofDuration(row.disposition)
      case .billsec: Self.ofTalkTime(row.disposition)
      case .disposition: Self.ofDisposition(row)
      case .amaflags: Self(.constant, "always DOCUMENTATION")
      case .uniqueid: Self(.derived, "seconds of the call's start, and the number of the caller's channel")
      case .userfield: Self(.derived, "by who is at the two ends: extensions, or trunks")
      case .channelExt, .dstchannelExt: Self(.copied, "the extension or trunk of the channel")
      case .service: Self(.constant, "s; p only with analog or digital ports, which no SIP shows")
      case .callerName:
        Self(.derived, "the CRM's name, else the extension's own, else the one of From", "6.1", .assumed)
      case .recordfiles: Self(.constant, "empty: no trace shows a recording")
      case .dstanswer: Self(.derived, "who answered; empty when nobody did")
      case .chanext, .dstchanext: Self(.constant, "always empty")
      case .session:
        Self(.derived, "start in seconds and microseconds, which are not padded with zeros, and the caller")
      case .actionOwner: Self(.derived, "who caused this part: the caller, or who transferred or parked")
      case .actionType: Self.ofAction(row.actionType)
      case .srcTrunkName:
        Self(.derived, "the trunk the call came by, on Inbound rows alone (no exception in 2,661 rows)")
      case .dstTrunkName:
        Self(.derived, "the trunk the call left by, on Outbound rows alone (no exception in 2,661 rows)")
      case .natCall, .natCallPeer:
        Self(.derived, "whether the phone's contact named another address than it registered from", "5.1", .assumed)
      case .videoCall: Self(.derived, "whether an INVITE of the call offered video", "5.1", .assumed)
      case .gdsCall, .gscCall: Self(.derived, "whether a phone called itself a GDS or GSC", "5.1", .assumed)
      case .deviceInfo, .deviceInfoPeer:
        Self(.derived, "the front of the User-Agent with which the phone registered", "5.1", .assumed)
      case .gdmsUniqueCode, .waveSrcSeqid, .waveDstSeqid, .recordfilesDesc:
        Self(.constant, "empty: no trace shows it")
      }
  }
}
