/// The form of the files a run writes.
///
/// A golden names the version it was recorded by. The version goes up whenever the same run would be written in other
/// bytes: a column more, a member more, another order.
public enum RunFormat {
  /// The version of what this program writes.
  public static let version = 1

  /// The files of a run that can be held against a golden.
  public enum File: String, Hashable, Sendable, CaseIterable {
    case csv = "cdr.csv"
    case json = "cdr.json"
    case events = "events.jsonl"
    case exchanges = "crm.jsonl"
    case summary = "summary.json"
  }
}
