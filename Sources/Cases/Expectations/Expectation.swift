/// One thing a case claims of a run, with its place in the case.
public struct Expectation: Hashable, Sendable {
  /// What records are looked at.
  public enum RecordKind: String, Hashable, Sendable, CaseIterable {
    /// CDR rows, by the columns' names.
    case cdr
    /// Lines of the journal.
    case events
    /// Requests to the CRM with their answers.
    case crm
    /// Names shown on phones: lines of the journal again.
    case display
    /// Alerts: lines of the journal again.
    case systemEvents

    /// One of them, for messages.
    public var noun: String {
      switch self {
      case .cdr: "row"
      case .events: "event"
      case .crm: "request"
      case .display: "shown name"
      case .systemEvents: "system event"
      }
    }
  }

  /// A field and what it must be.
  public struct Field: Hashable, Sendable {
    /// A column, a member, or a part of a request.
    public var name: String
    /// What its value must be.
    public var matcher: Matcher
    /// Where it is written.
    public var place: SourcePlace

    /// A field written at that place.
    public init(name: String, matcher: Matcher, place: SourcePlace) {
      self.name = name
      self.matcher = matcher
      self.place = place
    }
  }

  /// What is claimed.
  public enum Claim: Hashable, Sendable {
    /// So many records have all of these fields.
    case records(RecordKind, fields: [Field], count: CountCondition)
    /// Records of these fields come in this order, others in between allowed.
    case order(RecordKind, [[Field]])
    /// A number or text of the summary, by its path there, is this.
    case summary(path: [String], Matcher)
    /// Of the summary's list at this path, the elements have no other names than these.
    case onlyNames(path: [String], [String])
    /// The run leaned on the assumption, or did not.
    case assumption(String, isLeanedOn: Bool)
    /// Every record of the kind was wanted by some expectation of the case.
    case nothingUnexpected(RecordKind)
  }

  /// The section of `expect` it stands in, and its number there: `cdr[2]`.
  public var label: String
  /// Where it is written.
  public var place: SourcePlace
  /// What is claimed.
  public var claim: Claim
  /// Where the count or value is written that `--update` may renew, and how it is written; nil where there is none.
  public var renewable: Renewable?

  /// A scalar of the case file that holds what came out.
  public struct Renewable: Hashable, Sendable {
    /// Where it begins.
    public var place: SourcePlace
    /// As it is written.
    public var text: String

    /// A scalar at that place.
    public init(place: SourcePlace, text: String) {
      self.place = place
      self.text = text
    }
  }

  /// A claim written at that place.
  public init(label: String, place: SourcePlace, claim: Claim, renewable: Renewable? = nil) {
    self.label = label
    self.place = place
    self.claim = claim
    self.renewable = renewable
  }
}

extension [Expectation.Field] {
  /// `src '1001', duration >= 3`; `any` for no field.
  public var text: String {
    isEmpty ? "any" : map { "\($0.name) \($0.matcher.text)" }.joined(separator: ", ")
  }
}
