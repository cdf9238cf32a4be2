import JSON

/// One person or company as a search answers it: its id, the name to put on a phone's display, and its numbers.
struct ZohoV2Record {
  private(set) var id: String?
  private var fullName: String?
  private var firstName: String?
  private var lastName: String?
  /// A contact's Account_Name is a reference, an account's is text.
  private var accountName: String?
  private var company: String?
  /// By field; nil for a field that holds no text.
  private var numberFields: [(name: String, number: String?)] = []

  /// The records found; none for a miss, which is status 204 and nothing else.
  ///
  /// A 200 without records is no documented answer, and taking it for a miss would add the caller once more.
  static func read(_ answer: CRMAnswer, settings: ConnectorSettings) throws(CRMRefusal) -> [CRMHit] {
    switch try ZohoV2Answer.read(answer, maximumBytes: settings.maximumAnswerBytes) {
    case .nothing: return []
    case .bytes(let body, let status):
      let records = try ZohoV2Answer.page(body, status: status) { cursor throws(JSONReader.Failure) in
        try ZohoV2Record(&cursor)
      }
      guard !records.isEmpty else { throw CRMRefusal(.unexpectedShape, status: status) }
      return try records.map { record throws(CRMRefusal) in
        guard let id = record.id, ZohoV2Answer.isRecordID(id), let numbers = record.numbers else {
          throw CRMRefusal(.unexpectedShape, status: status)
        }
        return CRMHit(id: id, name: record.name, numbers: numbers)
      }
    }
  }

  /// nil for a value that is no object. Of two fields of one name the first counts.
  private init?(_ cursor: inout JSONCursor) throws(JSONReader.Failure) {
    let isRecord = try cursor.members { cursor, name throws(JSONReader.Failure) in
      switch name {
      case "id": if id == nil { id = try cursor.text() }
      case "Full_Name": if fullName == nil { fullName = try cursor.text() }
      case "First_Name": if firstName == nil { firstName = try cursor.text() }
      case "Last_Name": if lastName == nil { lastName = try cursor.text() }
      case "Company": if company == nil { company = try cursor.text() }
      case "Account_Name": if accountName == nil { accountName = try Self.referredName(&cursor) }
      case _:
        if name.withBytes(Self.isForNumbers) { numberFields.append((name.string, try cursor.text())) }
      }
    }
    guard isRecord else { return nil }
  }

  /// The text, or the name in a reference.
  private static func referredName(_ cursor: inout JSONCursor) throws(JSONReader.Failure) -> String? {
    guard try cursor.kind == .object else { return try cursor.text() }
    var found: String?
    try cursor.members { cursor, name throws(JSONReader.Failure) in
      if name == "name", found == nil { found = try cursor.text() }
    }
    return found
  }

  /// The first of Full_Name, First_Name with Last_Name, Account_Name, Company that is there (documented fields; the
  /// order is assumed).
  var name: String? {
    if let fullName, let line = DisplayText.line(fullName) { return line }
    let parts = [firstName, lastName].compactMap { $0.flatMap { DisplayText.line($0) } }
    if !parts.isEmpty { return parts.joined(separator: " ") }
    return accountName.flatMap { DisplayText.line($0) } ?? company.flatMap { DisplayText.line($0) }
  }

  /// In the order of their fields' names, whatever the server's; nil where no field of the record is for a number, so
  /// that a hit cannot be verified.
  var numbers: [String]? {
    guard !numberFields.isEmpty else { return nil }
    // Sorting is stable: of two fields of one name the first stays in front.
    let sorted = numberFields.sorted { $0.name < $1.name }
    return sorted.indices.compactMap { index in
      index > 0 && sorted[index].name == sorted[index - 1].name ? nil : sorted[index].number
    }
  }

  /// Fields have the names their organisation gave them; those of its own that hold numbers are told by their names.
  ///
  /// Byte by byte, because every field of every hit is asked.
  private static func isForNumbers(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
    for start in name.indices {
      let word: StaticString
      switch name[start] | 0x20 {
      case UInt8(ascii: "p"): word = "phone"
      case UInt8(ascii: "m"): word = "mobile"
      case UInt8(ascii: "f"): word = "fax"
      case UInt8(ascii: "t"): word = "tel"
      case UInt8(ascii: "c"): word = "cell"
      case _: continue
      }
      guard name.count - start >= word.utf8CodeUnitCount else { continue }
      if (0..<word.utf8CodeUnitCount).allSatisfy({ name[start + $0] | 0x20 == word.utf8Start[$0] }) { return true }
    }
    return false
  }
}
