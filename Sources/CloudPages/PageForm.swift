/// A form: its fields with their labels, and its buttons.
public struct PageForm: Hashable, Sendable {
  /// Of the element; unique on the page.
  public var id: String
  /// Where it goes, a path or an address.
  public var action: String
  /// `get` puts the fields into the address, `post` into the body.
  public var method: Method
  /// Names and values that nobody sees.
  public var hidden: [Hidden]
  /// In the order filled in.
  public var fields: [PageField]
  /// At least one; the first is pressed by the Enter key.
  public var buttons: [PageButton]
  /// How the fields stand where there is room.
  public var layout: Layout

  /// How the fields travel.
  public enum Method: String, Hashable, Sendable, CaseIterable { case get, post }

  /// How the fields stand: below one another, in two columns, in as many as there is room for, or in one line with the
  /// button.
  public enum Layout: String, Hashable, Sendable, CaseIterable { case stacked, columns, dense, line }

  /// A name and its value.
  public struct Hidden: Hashable, Sendable {
    /// The parameter's name.
    public var name: String
    /// Its value.
    public var value: String

    /// Takes both as they are.
    public init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// Takes all as they are.
  public init(
    id: String, action: String, method: Method = .post, hidden: [Hidden] = [], fields: [PageField] = [],
    buttons: [PageButton], layout: Layout = .stacked
  ) {
    self.id = id
    self.action = action
    self.method = method
    self.hidden = hidden
    self.fields = fields
    self.buttons = buttons
    self.layout = layout
  }
}

/// One field of a form; its element's id is its name.
public struct PageField: Hashable, Sendable {
  /// What can be entered.
  public enum Kind: Hashable, Sendable {
    case text, email, password, url, telephone, number
    /// `2027-01-15`.
    case date
    /// `2027-01-15T09:30:00` on whatever clock the page means.
    case localTime
    /// Several lines.
    case multiline
    /// On or off; on sends `value`.
    case checkbox(isOn: Bool)
    /// One of several.
    case choice([PageOption])
  }

  /// The parameter's name.
  public var name: String
  /// What to enter; as the product's own page calls it.
  public var label: String
  /// What can be entered.
  public var kind: Kind
  /// What stands in it at first.
  public var value: String
  /// Whether the browser insists on it; whoever reads the form checks again.
  public var isRequired: Bool
  /// A sentence of help; empty for none.
  public var hint: String
  /// What was wrong with what was entered; empty for nothing.
  public var error: String
  /// Stands in an empty line of text, to say what leaving it so means; empty for nothing.
  public var placeholder = ""
  /// Characters that can be entered; nil for any number.
  public var limit: Int?

  /// Takes all as they are.
  public init(
    _ name: String, _ label: String, _ kind: Kind = .text, value: String = "", isRequired: Bool = false,
    hint: String = "", error: String = "", limit: Int? = nil
  ) {
    self.name = name
    self.label = label
    self.limit = limit
    self.kind = kind
    self.value = value
    self.isRequired = isRequired
    self.hint = hint
    self.error = error
  }
}

/// One of several values.
public struct PageOption: Hashable, Sendable {
  /// What is sent.
  public var value: String
  /// What is shown.
  public var label: String
  /// Whether it is chosen at first.
  public var isChosen: Bool

  /// Takes all as they are.
  public init(_ value: String, _ label: String, isChosen: Bool = false) {
    self.value = value
    self.label = label
    self.isChosen = isChosen
  }
}

/// What ends a form.
public struct PageButton: Hashable, Sendable {
  /// What it says; names what it does.
  public var label: String
  /// Sent when this one is pressed; nil for nothing.
  public var parameter: PageForm.Hidden?

  /// Takes both as they are.
  public init(_ label: String, sending parameter: PageForm.Hidden? = nil) {
    self.label = label
    self.parameter = parameter
  }
}
