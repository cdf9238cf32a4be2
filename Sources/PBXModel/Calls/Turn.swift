public import Primitives

/// Something that changed who talks with whom in a call, and so cuts its rows.
public enum Turn: Sendable {
  /// A party handed the other over and leaves.
  case transfer(Transfer)
  /// The call waits in the parking lot, or waited until somebody fetched it.
  case parked(Parked)
  /// Somebody took the call while it rang elsewhere.
  case pickedUp(PickedUp)

  /// A REFER and what it led to (RFC 3515, RFC 5589).
  public struct Transfer: Sendable {
    /// When the REFER came.
    public let at: Instant
    /// The leg of who asked for it.
    public let by: Leg
    /// User part of Refer-To.
    public let target: String
    /// Where the target leads, by the site file.
    public let route: DialledRoute?
    /// Whether the target was on the line already (Replaces).
    public let isAttended: Bool
  }

  /// A stay in the parking lot.
  public struct Parked: Sendable {
    /// When the call was parked.
    public let at: Instant
    /// The leg of who parked it.
    public let by: Leg
    /// The place, by the order in which places are filled; nil where the site names none or all are taken.
    public let slot: Int?
    /// When somebody fetched it; nil if nobody did.
    public internal(set) var until: Instant?
  }

  /// A pick-up from another phone.
  public struct PickedUp: Sendable {
    /// When the caller was connected to who picked it up.
    public let at: Instant
    /// The leg of the phone it rang at.
    public let ringing: Leg
    /// The leg of who took it.
    public let by: Leg
  }

  /// When it happened.
  public var at: Instant {
    switch self {
    case .transfer(let transfer): transfer.at
    case .parked(let parked): parked.at
    case .pickedUp(let pickedUp): pickedUp.at
    }
  }
}
