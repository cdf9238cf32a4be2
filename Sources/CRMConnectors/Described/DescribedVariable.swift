/// A word that a template of a connector's description may hold.
public enum DescribedVariable: Hashable, Sendable {
  case builtIn(BuiltIn)
  /// What the user entered for a parameter of the description.
  case parameter(String)

  /// What the appliance knows. Names are those of 3CX's server-side templates where they have one (reference 5.1).
  public enum BuiltIn: String, Hashable, Sendable, CaseIterable {
    /// The outside party; in a lookup spelt as `numbers:` of the description says.
    case number = "Number"
    /// Of the CRM's record, or of a record to be made; empty where nobody is known.
    case name = "Name"
    /// The extension.
    case agent = "Agent"
    /// `Inbound`, `Missed`, `Outbound` or `Notanswered`.
    case callType = "CallType"
    /// Whole seconds of talk.
    case duration = "Duration"
    case callStart = "CallStart"
    case callEnd = "CallEnd"
    /// Whom the call is filed under: `contacts`, `leads`, `accounts`, or `none`.
    case entityType = "EntityType"
    /// Empty for `none`.
    case entityID = "EntityId"
    /// The call record's subject.
    case subject = "Subject"
    /// The call record's text, the mark among it.
    case description = "Description"
    /// Tells the call's record from every other; empty for a call without one.
    case mark = "Mark"
    /// The id of the call's record, once it is made.
    case callID = "CallId"
    /// A page of records, from 1.
    case page = "Page"
    /// Records before the page.
    case offset = "Offset"
    /// What the login gave.
    case token = "Token"
    /// The CRM's id of the user who is logged in.
    case user = "User"

    /// What its values are.
    public var kind: DescribedKind {
      switch self {
      case .number, .name, .agent, .entityID, .subject, .description, .mark, .callID, .token, .user: .text
      case .callType: .word(CallType.allCases.map(\.rawValue))
      case .entityType: .word(CRMTable.allCases.map(\.rawValue) + ["none"])
      case .duration: .seconds
      case .page, .offset: .integer
      case .callStart, .callEnd: .instant
      }
    }
  }

  /// Four outcomes, missed and unanswered told apart by direction (reference 5.1).
  enum CallType: String, CaseIterable {
    case inbound = "Inbound"
    case missed = "Missed"
    case outbound = "Outbound"
    case notAnswered = "Notanswered"
  }

  /// As it stands between the braces.
  public var name: String {
    switch self {
    case .builtIn(let word): word.rawValue
    case .parameter(let name): name
    }
  }
}

/// What the values of a variable are, so that a number stays a number on its way into JSON.
public enum DescribedKind: Hashable, Sendable {
  case text
  /// A text out of a closed set, which `$case` can tell apart.
  case word([String])
  case integer
  /// A length of time in whole seconds.
  case seconds
  case boolean
  /// A moment; every use says in what form.
  case instant
}

/// `{{CallStart | utc}}`: the form a value takes. Which value has which forms is checked when a description is read.
public enum DescribedForm: String, Hashable, Sendable, CaseIterable {
  /// `2026-01-31T08:00:00Z`.
  case utc
  /// `2026-01-31T09:00:00+01:00`, on the site's wall clock.
  case local
  /// `2026-01-31`, on the site's wall clock.
  case date
  /// `09:00:00`, on the site's wall clock.
  case time
  /// Whole seconds: of a moment since 1970.
  case seconds
  /// Whole milliseconds: of a moment since 1970.
  case milliseconds
  /// Whole minutes, what is over cut off.
  case minutes
  /// `0:01:12`.
  case timespan
  /// A number as text.
  case text
  /// The digits of a text alone.
  case digits

  /// Whether the form is one of such a value; nil for a value as it is.
  public static func isForm(_ form: DescribedForm?, of kind: DescribedKind) -> Bool {
    switch (kind, form) {
    case (.text, nil), (.text, .digits), (.word, nil), (.boolean, nil), (.boolean, .text): true
    case (.integer, nil), (.integer, .text): true
    case (.seconds, nil), (.seconds, .seconds), (.seconds, .milliseconds), (.seconds, .minutes), (.seconds, .timespan),
      (.seconds, .text):
      true
    case (.instant, .utc), (.instant, .local), (.instant, .date), (.instant, .time), (.instant, .seconds),
      (.instant, .milliseconds):
      true
    case (.text, _), (.word, _), (.boolean, _), (.integer, _), (.seconds, _), (.instant, _): false
    }
  }

  /// The forms of such a value, for errors.
  public static func forms(of kind: DescribedKind) -> [String] {
    allCases.filter { isForm($0, of: kind) }.map(\.rawValue)
  }
}
