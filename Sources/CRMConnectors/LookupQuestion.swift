/// "Who is this number?", asked when a phone starts to ring.
public struct LookupQuestion: Hashable, Sendable {
  /// Unique within one connector; the asker's to choose.
  public struct ID: Hashable, Sendable {
    /// Any number; the CRM module counts its questions from 1.
    public let rawValue: Int
    /// The id with this number, which the asker has not used before.
    public init(rawValue: Int) { self.rawValue = rawValue }
  }

  /// Comes back with the outcome.
  public let id: ID
  /// As the caller's identity shows it, `+` included.
  public let number: String
  /// Tables in the order asked (GUI: Contact Lookups).
  public let tables: [CRMTable]
  /// Where a number found nowhere is added; nil for nowhere (GUI: Add Unknown Number).
  public let addUnknownTo: CRMTable?

  /// A question as it is to be asked. No table at all is `.missed` without a request.
  public init(id: ID, number: String, tables: [CRMTable], addUnknownTo: CRMTable?) {
    self.id = id
    self.number = number
    self.tables = tables
    self.addUnknownTo = addUnknownTo
  }
}

/// The tables the appliance knows (reference section 6.1, observed). The raw value is that of its settings.
public enum CRMTable: String, Hashable, Sendable, CaseIterable {
  /// People known as customers.
  case contacts
  /// People who may become customers.
  case leads
  /// Companies.
  case accounts
}

/// One person or company in the CRM.
public struct CRMRecordReference: Hashable, Sendable {
  /// The table the record is in.
  public let table: CRMTable
  /// The CRM's own id, opaque; in Zoho 16 to 19 digits.
  public let id: String
  /// The name to show on a phone; the number itself for a record added by the appliance.
  public let name: String

  /// Takes what the CRM answered as it is.
  public init(table: CRMTable, id: String, name: String) {
    self.table = table
    self.id = id
    self.name = name
  }
}

/// What came of a question. Each question gets exactly one.
public enum LookupOutcome: Hashable, Sendable {
  /// The first table with a verified hit has this one.
  case found(CRMRecordReference)
  /// The first table with a verified hit has several; which is taken is the site's rule (`SeveralHits`), nil for none.
  case ambiguous(CRMRecordReference?, count: Int)
  /// Not in any table.
  case missed
  /// Not in any table, and added.
  case added(CRMRecordReference)
  /// Nobody knows; the CRM did not answer as documented, or was not asked.
  case failed(CRMFailure)

  /// Whom the number belongs to; nil where nobody is known.
  public var record: CRMRecordReference? {
    switch self {
    case .found(let record), .added(let record): record
    case .ambiguous(let record, _): record
    case .missed, .failed: nil
    }
  }
}
