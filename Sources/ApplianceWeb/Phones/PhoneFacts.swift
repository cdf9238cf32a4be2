public import Primitives

/// What the phone of one extension shows.
public struct PhoneFacts: Hashable, Sendable {
  /// In the order in which they came; none for an idle phone.
  public var calls: [PhoneCall] = []
  /// The call that was over last; nil for none so far.
  public var last: PhoneCall?

  /// An idle phone that never rang.
  public init() {}
}

/// One call as a phone shows it.
public struct PhoneCall: Hashable, Sendable {
  /// How far it is.
  public enum State: String, Hashable, Sendable, CaseIterable {
    case ringing = "Ringing"
    case dialling = "Dialling"
    case talking = "Talking"
    case over = "Over"
  }

  /// How far it is.
  public var state: State
  /// Somebody calls the phone; otherwise it calls.
  public var isIncoming: Bool
  /// The other side's number.
  public var number: String
  /// What the phone shows as the other side's name: the CRM's, else what came with the call. May be empty.
  public var name: String
  /// Since when it is that far.
  public var since: Instant
  /// What the CRM said of the number.
  public var lookup = CRMLookupFacts.none

  /// A call that the CRM says nothing of.
  public init(state: State, isIncoming: Bool, number: String, name: String, since: Instant) {
    self.state = state
    self.isIncoming = isIncoming
    self.number = number
    self.name = name
    self.since = since
  }
}

/// What the CRM said of a number.
public enum CRMLookupFacts: Hashable, Sendable {
  /// It was not asked, or has not answered yet.
  case none
  /// It knows this one; one of several where there are more.
  case found(CRMContactFacts, of: Int)
  /// It did not know the number, and has it now.
  case added(CRMContactFacts)
  /// It does not know the number.
  case unknown
  /// It could not be asked, or answered otherwise than documented.
  case failed
}

/// One record of the CRM.
public struct CRMContactFacts: Hashable, Sendable {
  /// `contacts`, `leads` or `accounts`.
  public var table: String
  /// The CRM's own id, as it came.
  public var id: String
  /// As it came.
  public var name: String
  /// The address that the CRM was asked at, without a query; empty where that is not known.
  public var askedAt: String

  /// Takes all as they are.
  public init(table: String, id: String, name: String, askedAt: String = "") {
    self.table = table
    self.id = id
    self.name = name
    self.askedAt = askedAt
  }
}
