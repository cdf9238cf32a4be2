import Primitives

/// The rules by which a call is followed from its frames to its rows and its record in the CRM.
///
/// Sections of the "reference" are those of the project's notes on the appliance, where every fact has its own source.
extension ExplanationRule {
  private static let ownInference = "this program's own inference"
  private static let reference6 = "reference section 6.1"

  static let messagesByCallID = ExplanationRule(
    "a message belongs to the leg with its Call-ID on the same hop", "RFC 3261 section 8.1.1.4", .documented)
  static let retransmission = ExplanationRule(
    "a message equal to an earlier one of its transaction is sent again and tells nothing new",
    "RFC 3261 section 17", .documented)
  static let dialog = ExplanationRule(
    "a leg is one dialog: an INVITE's Call-ID and tags, with all that follows under them", "RFC 3261 section 12",
    .documented)
  static let role = ExplanationRule(
    "an INVITE to the PBX opens a caller's leg, one from the PBX a callee's; the PBX is where --pbx or the site file "
      + "says, else the address that behaves most like one", ownInference, .assumed)
  static let party = ExplanationRule(
    "who is at the far end is told by the site file, then by registrations, then by a challenge, at last by the length "
      + "of the number", ownInference, .assumed)
  static let challenge = ExplanationRule(
    "401 and 407 end nothing: the INVITE that comes again with credentials is the one that counts",
    "RFC 3261 section 22", .documented)
  static let ending = ExplanationRule(
    "a leg ends with a BYE, a CANCEL, a final refusal, or silence for longer than the timers allow",
    "RFC 3261 sections 9, 13, 15 and 17", .documented)
  static let evidence = ExplanationRule(
    "nothing on the wire ties the two sides of a PBX together: a leg goes to the running call for which most evidence "
      + "speaks, and below the least sum it is a call of its own", ownInference, .assumed)
  static let confidence = ExplanationRule(
    "weights of 10 in sum are certain; a second call that would do takes a tenth off, one that fits as well half",
    ownInference, .assumed)
  static let turn = ExplanationRule(
    "REFER, Replaces, the parking lot and pick-up codes change who talks with whom within a call",
    "RFC 3515, RFC 3891, RFC 5589; codes: reference section 4", .documented)

  static let dialPattern = ExplanationRule(
    "of the site file's patterns that match, the one that spells out most digits is taken",
    "Asterisk's extension matching", .upstream)
  static let place = ExplanationRule(
    "a call takes one place while it lasts, however many phones ring", "reference section 2: Asterisk's maxcalls",
    .upstream)
  static let overLimit = ExplanationRule(
    "a call over the limit gets 503 with cause 42 and one row: Congestion, FAILED, neither answer nor end",
    "reference section 2: the row observed, the status Asterisk's", .upstream)
  static let unknownLimit = ExplanationRule(
    "a limit nobody knows refuses nothing", "the model's profile", .assumed)

  static let lookup = ExplanationRule(
    "the outside party is looked up once a call, by the CRM user of the first phone; calls within the office, withheld "
      + "numbers and extensions without a CRM user are not",
    reference6 + ": settings per extension observed, the moment not", .assumed)
  static let lookupOrder = ExplanationRule(
    "the tables of Contact Lookups are asked in order; a number in none is added where Add Unknown Number says so",
    reference6 + ": the page's own settings", .observed)
  static let display = ExplanationRule(
    "a caller's name that was found is shown on the phones that ring or talk", reference6 + ": the moment not found",
    .assumed)
  static let callLog = ExplanationRule(
    "a call that was looked up is recorded once, when it is over and the lookup answered", reference6, .assumed)

  static let rowsAtEnd = ExplanationRule(
    "rows are written when the last leg is gone, oldest first", "reference section 5.2", .observed)
  static let rowPerConnection = ExplanationRule(
    "one row for a menu or group, one for each leg dialled, one for what the PBX answers itself",
    "reference section 5.2", .observed)
  static let noRows = ExplanationRule(
    "a call whose start the trace lacks, that still runs at its end, or that became a part of another has no row",
    "this program's own choice: a row needs a start and an end", .assumed)

  /// Every rule above.
  static let chain: [ExplanationRule] = [
    messagesByCallID, retransmission, dialog, role, party, challenge, ending, evidence, confidence, turn, dialPattern,
    place, overLimit, unknownLimit, lookup, lookupOrder, display, callLog, rowsAtEnd, rowPerConnection, noRows,
  ]
}
