/// A table with a caption and column headings.
public struct PageTable: Hashable, Sendable {
  /// Of the element; unique on the page.
  public var id: String
  /// Says what the rows are.
  public var caption: String
  /// Headings, left to right.
  public var columns: [PageColumn]
  /// Each with as many cells as there are columns.
  public var rows: [[PageCell]]
  /// What is folded away below a row, by the row's place; any browser unfolds it.
  public var folds: [Int: PageFold]
  /// Sums below the rows; empty for none.
  public var totals: [PageCell]
  /// Said instead of an empty table.
  public var emptyText: String

  /// Takes all as they are.
  public init(
    id: String, caption: String, columns: [PageColumn], rows: [[PageCell]], folds: [Int: PageFold] = [:],
    totals: [PageCell] = [], emptyText: String
  ) {
    self.id = id
    self.caption = caption
    self.columns = columns
    self.rows = rows
    self.folds = folds
    self.totals = totals
    self.emptyText = emptyText
  }

  /// The same with columns by which nothing is sorted.
  public init(
    id: String, caption: String, columns: [String], rows: [[PageCell]], folds: [Int: PageFold] = [:],
    totals: [PageCell] = [], emptyText: String
  ) {
    self.init(
      id: id, caption: caption, columns: columns.map { PageColumn($0) }, rows: rows, folds: folds, totals: totals,
      emptyText: emptyText)
  }
}

/// The heading of a column.
public struct PageColumn: Hashable, Sendable {
  /// How the rows stand by this column.
  public enum Order: String, Hashable, Sendable, CaseIterable { case ascending, descending }

  /// What the column holds.
  public var text: String
  /// Where the rows are sorted by it; nil where they cannot be.
  public var target: String?
  /// nil for a column by which they are not sorted.
  public var order: Order?

  /// Takes all as they are.
  public init(_ text: String, target: String? = nil, order: Order? = nil) {
    self.text = text
    self.target = target
    self.order = order
  }
}

/// A table below a row, folded away until somebody wants it.
public struct PageFold: Hashable, Sendable {
  /// What is in it; names it.
  public var summary: String
  /// What is in it.
  public var table: PageTable

  /// Takes both as they are.
  public init(_ summary: String, _ table: PageTable) {
    self.summary = summary
    self.table = table
  }
}

/// What stands in one cell of a table.
public enum PageCell: Hashable, Sendable {
  case text(String)
  case link(PageLink)
  /// A state in a word, coloured as a notice of that kind would be.
  case badge(String, PageNotice.Kind)
  /// A form of hidden fields and one button, as for deleting the row.
  case button(PageForm)
  /// A date and a time, each of which stays in one line.
  case moment(String)
  /// A time that goes on while the page is looked at.
  case elapsed(PageElapsed)
}

/// A time that went by until the page was made, and goes on where the page's script runs.
public struct PageElapsed: Hashable, Sendable {
  /// Seconds so far.
  public var seconds: Int64
  /// Seconds it grows by in one second; 0 for a clock that stands.
  public var rate: Double

  /// Takes both as they are.
  public init(seconds: Int64, rate: Double) {
    self.seconds = seconds
    self.rate = rate
  }

  /// `1:02:03`, as the script writes it too.
  public var text: String {
    let parts = [seconds / 3600, seconds / 60 % 60, seconds % 60]
    return parts.enumerated().map { place, part in
      place > 0 && part < 10 ? "0\(part)" : "\(part)"
    }.joined(separator: ":")
  }
}
