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
  /// A picture of the same host.
  case picture(PagePicture)
  /// Blocks beside one another, where there is room.
  case columns([[PageBlock]])
  /// What a small display shows, line by line.
  case screen(label: String, lines: [String])
  /// What changes while the page is looked at: where the page's script runs, what `source` answers with takes the place
  /// of the blocks, and is read out.
  case live(id: String, source: String, [PageBlock])
}

/// A picture with what it says.
public struct PagePicture: Hashable, Sendable {
  /// Its address, of the same host.
  public var source: String
  /// Said instead of it.
  public var text: String

  /// Takes both as they are.
  public init(_ source: String, text: String) {
    self.source = source
    self.text = text
  }
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
