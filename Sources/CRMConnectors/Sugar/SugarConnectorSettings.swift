/// What the appliance's firmware decides about its clients of SugarCRM and SuiteCRM; all assumed, as its own way was
/// not found.
public struct SugarConnectorSettings: Hashable, Sendable {
  /// How a call's seconds become the record's hours and minutes, which is all it has (measured).
  public var duration = SugarDuration.roundedUp
  /// Under which platform the REST API's session is kept. One user has one session on each, so that a client that says
  /// `base` throws people out of their browsers (observed by several third parties); newer versions want the platform
  /// registered.
  public var platform = "ucm"
  /// Of the REST API, whose filters compare stored texts: so many last digits are asked for in one piece. Four stand
  /// together in most countries' spellings, more rarely do.
  public var filterDigits = 4
  /// Records asked for in one answer.
  public var recordsMax = 500
  /// Whether new records belong to the user who is logged in; otherwise to nobody.
  public var assignsRecords = true

  /// Every setting at its default.
  public init() {}
}

/// How a call's length is written down.
public enum SugarDuration: String, Hashable, Sendable, CaseIterable {
  /// A begun minute counts, so that no answered call lasts nothing.
  case roundedUp = "rounded-up"
  case roundedDown = "rounded-down"
  /// To the nearest minute, half of one upwards.
  case nearest
  /// Minutes with a fraction and no hours, as the vendor's softphone add-in writes them (observed): SuiteCRM 7.14 fails
  /// on either (measured), so that every answered call is lost.
  case fractionOfMinutes = "fraction-of-minutes"
}
