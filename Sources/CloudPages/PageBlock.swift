/// A part of a page.
public enum PageBlock: Hashable, Sendable {
  /// A heading of the second level with what belongs under it; the id can be linked to.
  case section(id: String, title: String, [PageBlock])
  /// A paragraph.
  case text(String)
  /// A list of links, one a line.
  case links([PageLink])
  /// Links to what can be done here, side by side, shown as buttons.
  case actions([PageLink])
  /// Where to go from here, each with a sentence that says what is there.
  case cards([PageCard])
  /// Where this part of a long list stands in it, and the parts beside it.
  case pager(PagePager)
  /// A list of texts; `numbered` for steps.
  case list([String], numbered: Bool)
  /// Names and their values, as a record page shows fields.
  case facts([PageFact])
  /// Something to copy, in a typewriter face; `label` names it.
  case code(id: String, label: String, text: String)
  /// Rows of cells.
  case table(PageTable)
  /// Fields to fill in and buttons to press.
  case form(PageForm)
}

/// One name and its value; the id can be asked for by those who drive the page.
public struct PageFact: Hashable, Sendable {
  /// Of the value's element; unique on the page.
  public var id: String
  /// What the value is.
  public var name: String
  /// The value; empty is shown as a dash.
  public var value: String
  /// Where the value leads; nil for nowhere.
  public var target: String?

  /// Takes all as they are.
  public init(id: String, _ name: String, _ value: String, target: String? = nil) {
    self.id = id
    self.name = name
    self.value = value
    self.target = target
  }
}

/// A table with a caption and column headings.
public struct PageTable: Hashable, Sendable {
  /// Of the element; unique on the page.
  public var id: String
  /// Says what the rows are.
  public var caption: String
  /// Headings, left to right.
  public var columns: [String]
  /// Each with as many cells as there are columns.
  public var rows: [[PageCell]]
  /// Sums below the rows; empty for none.
  public var totals: [PageCell]
  /// Said instead of an empty table.
  public var emptyText: String

  /// Takes all as they are.
  public init(
    id: String, caption: String, columns: [String], rows: [[PageCell]], totals: [PageCell] = [], emptyText: String
  ) {
    self.id = id
    self.caption = caption
    self.columns = columns
    self.rows = rows
    self.totals = totals
    self.emptyText = emptyText
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

/// A place to go, with what is there.
public struct PageCard: Hashable, Sendable {
  /// Its name and address.
  public var link: PageLink
  /// A sentence.
  public var text: String

  /// Takes both as they are.
  public init(_ link: PageLink, _ text: String) {
    self.link = link
    self.text = text
  }
}

/// One part of a long list.
public struct PagePager: Hashable, Sendable {
  /// `1 to 20 of 57`.
  public var text: String
  /// Address of the part before; nil for none.
  public var previous: String?
  /// Address of the part after; nil for none.
  public var next: String?

  /// Takes all as they are.
  public init(_ text: String, previous: String?, next: String?) {
    self.text = text
    self.previous = previous
    self.next = next
  }
}
