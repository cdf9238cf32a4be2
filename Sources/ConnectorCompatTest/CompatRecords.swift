public import CRMConnectors

/// Somebody a cloud knows from the beginning.
public struct CompatPerson: Hashable, Sendable {
  /// Where.
  public let table: CRMTable
  /// Last name, or the company's.
  public let name: String
  /// At most two: the main field for a number, and the next that searches look into.
  public let numbers: [String]

  /// Takes all as they are.
  public init(_ table: CRMTable, _ name: String, _ numbers: String...) {
    self.init(table, name, numbers: numbers)
  }

  /// Takes all as they are.
  public init(_ table: CRMTable, _ name: String, numbers: [String]) {
    self.table = table
    self.name = name
    self.numbers = numbers
  }
}

/// A person or company as a cloud keeps it.
public struct CompatRecord: Hashable, Sendable {
  /// As answers tell it.
  public let id: String
  /// The name it is found by in the suite: a person's last name, a company's name.
  public let name: String
  /// As stored; empty fields left out.
  public let numbers: [String]

  /// Takes all as they are.
  public init(id: String, name: String, numbers: [String]) {
    self.id = id
    self.name = name
    self.numbers = numbers
  }
}

/// A call as a cloud keeps it.
public struct CompatCall: Hashable, Sendable {
  /// As answers tell it.
  public let id: String
  /// Every text of the record, one of which has the call's mark.
  public let texts: [String]
  /// The id of whom it is filed under; nil for nobody.
  public let record: String?
  /// nil where the system has no field that tells these apart.
  public let direction: CallLogEntry.Direction?
  /// nil where the system keeps none.
  public let seconds: Int64?

  /// Takes all as they are.
  public init(
    id: String, texts: [String], record: String?, direction: CallLogEntry.Direction?, seconds: Int64?
  ) {
    self.id = id
    self.texts = texts
    self.record = record
    self.direction = direction
    self.seconds = seconds
  }
}
