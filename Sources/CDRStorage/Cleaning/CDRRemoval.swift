/// What a cleaning removed, or would.
public struct CDRRemoval: Hashable, Sendable {
  /// Rows.
  public var rows = 0
  /// Calls these rows are of; a call goes whole.
  public var calls = 0
}
