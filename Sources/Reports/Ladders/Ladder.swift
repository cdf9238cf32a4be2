public import PBXModel
public import Primitives

/// A call's flow, all legs in one picture: the PBX in the middle, callers to its left, callees and trunks to its right.
public struct Ladder: Hashable, Sendable {
  /// One vertical line of the picture.
  public struct Column: Hashable, Sendable {
    /// Which side of the PBX it stands on.
    public enum Side: String, Hashable, Sendable {
      /// Who called.
      case caller
      /// The PBX itself, or the receiver where no PBX is known.
      case pbx
      /// Who was called.
      case callee
    }

    /// Where it stands.
    public let side: Side
    /// The number, with the trunk it is reached by; `PBX` for the PBX.
    public let name: String
    /// Addresses and ports; empty where several columns were made one.
    public let address: String
    /// The same without ports.
    public let shortAddress: String
    /// More than 1 where several columns were made one.
    public let count: Int
    /// Whether labels have to say whose they are.
    public var isShared: Bool { count > 1 }
  }

  /// One leg, as a line above the picture says it.
  public struct LegFacts: Hashable, Sendable {
    /// Who is at its far end.
    public let name: String
    /// Where that is.
    public let address: String
    /// The PBX calls; otherwise it is called.
    public let isOutgoing: Bool
    /// The dialog's Call-ID.
    public let callID: String
    /// How it ended, in words; nil while it is up.
    public let outcome: String?
    /// Why it was joined to the call.
    public let join: Join
  }

  /// One arrow.
  public struct Row: Hashable, Sendable {
    /// What kind of message it is, by which renderers choose colours.
    public enum Tone: String, Hashable, Sendable {
      /// A request.
      case request
      /// A response of 100 to 199.
      case provisional
      /// A response of 200 to 299.
      case success
      /// A response of 300 and above, except a challenge.
      case failure
      /// A 401 or 407.
      case challenge
    }

    /// The message it stands for.
    public let message: LadderMessage
    /// Time since the row before; nil for the first. Negative where the clock stepped back.
    public let delta: Instant.Span?
    /// What stands on the arrow: `INVITE sdp`, `200 OK (2 INVITE)`.
    public let label: String
    /// The same with less and less of it, for narrow pictures; may be empty.
    public let shortLabels: [String]
    /// What explains it, in the order of importance; texts from the wire in them are not made printable.
    public let notes: [String]
    /// How the renderers draw it.
    public let tone: Tone
    /// Frame of the message of which this is a retransmission.
    public let retransmissionOf: Int?
  }

  /// The call.
  public let call: Call
  /// Where the site's clock stands, for the times of the rows.
  public let timeZone: SiteTimeZone
  /// From left to right; exactly one is the PBX's.
  public private(set) var columns: [Column]
  /// In the order of `call.legs`.
  public let legs: [LegFacts]
  /// Index into `columns` of each leg's far end.
  public private(set) var columnOfLeg: [Int]
  /// In the order of the trace.
  public let rows: [Row]
  /// Messages of the call beyond the rows.
  public let messagesLeftOut: Int
  /// Messages under a Call-ID of the call between other addresses: past the PBX, or of another call.
  public let messagesOnOtherHops: Int

  /// Columns drawn at most; further callees share the last one.
  public static let columnsMax = 40

  /// - Parameter isPBXKnown: false where every dialog is a call of its own.
  public init(_ collected: LadderCollector, isPBXKnown: Bool, timeZone: SiteTimeZone) {
    call = collected.call
    self.timeZone = timeZone
    let members = call.legs
    legs = members.map { LegFacts($0) }
    (columns, columnOfLeg) = Self.columns(of: members, isPBXKnown: isPBXKnown)
    var narrator = LadderNarrator(legs: members, timeZone: timeZone, messages: collected.messages)
    rows = collected.messages.map { narrator.row(for: $0) }
    messagesLeftOut = collected.messagesLeftOut
    messagesOnOtherHops = collected.messagesOnOtherHops
    merge(toColumns: Self.columnsMax)
  }

  /// Index into `columns` of the PBX.
  public var pbxColumn: Int { columns.firstIndex { $0.side == .pbx } ?? 0 }

  /// From which to which column a row's arrow goes.
  public func ends(of row: Row) -> (from: Int, to: Int) {
    let far = columnOfLeg[row.message.leg]
    return row.message.isFromFarEnd ? (far, pbxColumn) : (pbxColumn, far)
  }

  /// What stands on the arrow, with whose it is where the column does not say so.
  public func label(of row: Row) -> String { whose(row) + row.label }

  /// The longest label that takes no more than so many columns; cut where none is short enough.
  func label(of row: Row, columns room: Int) -> String {
    let label = label(of: row)
    guard DisplayWidth.columns(of: label) > room else { return label }
    let short = row.shortLabels.lazy.map { whose(row) + $0 }.first { DisplayWidth.columns(of: $0) <= room }
    return short ?? DisplayWidth.truncated(label, to: room)
  }

  private func whose(_ row: Row) -> String {
    columns[columnOfLeg[row.message.leg]].isShared ? "\(DisplayWidth.printable(legs[row.message.leg].name)): " : ""
  }

  /// The same with at most so many columns: the callees that come last share one.
  public func merged(toColumns limit: Int) -> Ladder {
    var ladder = self
    ladder.merge(toColumns: limit)
    return ladder
  }

  private mutating func merge(toColumns limit: Int) {
    let kept = max(limit, pbxColumn + 2) - 1
    guard columns.count > kept + 1 else { return }
    let count = columns.dropFirst(kept).reduce(0) { $0 + $1.count }
    let word = kept == pbxColumn + 1 ? "callees" : "more"
    let shared = Column(side: .callee, name: "\(count) \(word)", address: "", shortAddress: "", count: count)
    columns = columns.prefix(kept) + [shared]
    columnOfLeg = columnOfLeg.map { min($0, kept) }
  }
}
