public import Primitives

/// Why two systems may rightly write different rows: the differences that are known, each with its source.
public enum KnownDifference: String, Hashable, Sendable, CaseIterable {
  /// The dialplan's step behind a failed Dial.
  case hangupAfterDial
  /// Two rows of one connection.
  case localChannel
  /// Asterisk's rows of a conference.
  case conferencePairs
  /// The row of who fetches a parked call.
  case parkedCallFetched
  /// The row of the phone that was picked up.
  case pickedUpPhone
  /// Click to call.
  case callByPBX
  /// The appliance's row of a menu or group.
  case entranceRow
  /// A number nobody has.
  case noDialplanEntry
  /// What Asterisk leaves out unless told otherwise.
  case unansweredNotWritten
  /// The run's row of a conference's member.
  case conferenceMember
  /// Two words for one outcome.
  case congestion
  /// `answer` of a phone nobody lifted.
  case answerOfNoAnswer
  /// The PBX itself had answered.
  case answeredBeforeDial
  /// `answer` and `end` of BUSY and FAILED.
  case emptyTimes
  /// `src` as shown outside.
  case callerIDOfTrunk
  /// `dst` with and without what chose the trunk.
  case prefixDialled
  /// `dst` as dialled or as rung.
  case numberDialled
  /// `dst` rewritten late.
  case numberAfterTransfer
  /// `src` of who stayed.
  case calleeOfTransfer
  /// `dst` of who hung up in a menu.
  case placeInMenu
  /// The disposition of a phone picked up.
  case pickupByChance
  /// Rows of phones rung together.
  case membersAtOnce
  /// The name in `clid`.
  case nameOfCaller
  /// `recordfiles`.
  case recordingUnseen
  /// `accountcode`.
  case accountUnseen
  /// `service`.
  case analogUnseen
  /// `SIP/` and `PJSIP/`.
  case channelTechnology

  /// What is different and why, in a sentence or two.
  public var sentence: String {
    switch self {
    case .hangupAfterDial:
      "Asterisk's dialplan goes on after a failed Dial, and what it does there (Hangup, 0 s) has a row of its own; the "
        + "appliance's data shows none."
    case .localChannel:
      "A redirecting phone (302) or a group of dialplan numbers goes through a Local channel, which makes two rows "
        + "(…;1 and …;2) in Asterisk; on the wire, and in the run, it is one connection."
    case .conferencePairs:
      "In a conference Asterisk writes a row for each pair of channels that talked."
    case .parkedCallFetched:
      "Asterisk writes a row for the channel that fetches a parked call, beside the row of the two who talk."
    case .pickedUpPhone:
      "Asterisk writes a row for the phone that rang and was picked up elsewhere."
    case .callByPBX:
      "The PBX began the call itself (click to call): it rang a phone first, which the wire shows as a call nobody "
        + "dialled."
    case .entranceRow:
      "The appliance gives a menu and a group a row of their own (ForkCDR); Asterisk's CDRs have none."
    case .noDialplanEntry:
      "Asterisk answers a number without dialplan entry with 404 and writes no row; the appliance writes a failed one."
    case .unansweredNotWritten:
      "Asterisk with `unanswered=no` (its default) writes no row for a call that dialled nobody and was not answered."
    case .conferenceMember: "The run has one row for each member of a conference, whoever else is in it."
    case .congestion: "The appliance has no CONGESTION: it writes FAILED."
    case .answerOfNoAnswer: "On NO ANSWER the appliance fills `answer` with the end and `billsec` with 0."
    case .answeredBeforeDial:
      "A queue, menu or voicemail had answered the caller before, so Asterisk's `answer` and `billsec` count from "
        + "there also where the phone did not lift."
    case .emptyTimes: "On BUSY and FAILED the appliance leaves `answer` and `end` empty."
    case .callerIDOfTrunk:
      "The dialplan sets the number shown on the trunk before it dials, and the row has that instead of the extension."
    case .prefixDialled:
      "One side has the number as dialled, with the prefix that chose the trunk, the other without it."
    case .numberDialled:
      "Asterisk's `dst` is what the dialplan was at (a group, a queue, a DID); the appliance's is who was rung, or "
        + "whose mailbox it was."
    case .numberAfterTransfer:
      "Asterisk rewrites `dst` when the channel moves on before its row is closed (transfer, parking, pick-up)."
    case .calleeOfTransfer:
      "After a transfer the row belongs to whoever stayed, and the systems name that party differently."
    case .placeInMenu:
      "In a menu Asterisk's `dst` is where its dialplan stands (s at the start, t after a time out); the appliance's "
        + "is the menu's number."
    case .pickupByChance:
      "The row of a picked-up phone is ANSWERED or NO ANSWER by chance of timing in Asterisk."
    case .membersAtOnce:
      "Phones rung at once: which of them goes on with the row that the call began with is the dialplan's order, which "
        + "the wire does not show."
    case .nameOfCaller: "The name in `clid` comes from the PBX's configuration, which a trace does not show."
    case .recordingUnseen: "Recordings are not in a trace."
    case .accountUnseen: "Account codes and PIN groups are dialled or set inside the PBX and are not in a trace."
    case .analogUnseen: "A trace shows SIP alone; `p` marks a call with an analog or digital line."
    case .channelTechnology: "Old firmware names its channels SIP, newer PJSIP."
    }
  }

  /// Where it is known from.
  public var source: String {
    switch self {
    case .hangupAfterDial, .localChannel, .conferencePairs, .parkedCallFetched, .pickedUpPhone, .callByPBX,
      .noDialplanEntry, .unansweredNotWritten, .congestion, .answeredBeforeDial, .callerIDOfTrunk, .prefixDialled,
      .numberAfterTransfer, .calleeOfTransfer, .placeInMenu, .pickupByChance, .nameOfCaller:
      "recorded Asterisk 16 calls"
    case .entranceRow, .numberDialled, .answerOfNoAnswer, .emptyTimes: "reference section 5.2"
    case .conferenceMember, .membersAtOnce: "this program"
    case .recordingUnseen, .accountUnseen, .analogUnseen, .channelTechnology: "reference section 5.1"
    }
  }

  /// How sure that is.
  public var certainty: Certainty {
    switch self {
    case .hangupAfterDial, .localChannel, .conferencePairs, .parkedCallFetched, .pickedUpPhone, .callByPBX,
      .noDialplanEntry, .unansweredNotWritten, .congestion, .answeredBeforeDial, .callerIDOfTrunk, .prefixDialled,
      .numberAfterTransfer, .calleeOfTransfer, .placeInMenu, .pickupByChance, .nameOfCaller:
      .upstream
    case .entranceRow, .numberDialled, .answerOfNoAnswer, .emptyTimes, .recordingUnseen, .accountUnseen, .analogUnseen,
      .channelTechnology:
      .observed
    case .conferenceMember, .membersAtOnce: .assumed
    }
  }
}
