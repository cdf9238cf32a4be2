import JSON

/// A search as read.
struct SOSLSearch {
  enum Group: String, CaseIterable {
    case all = "ALL"
    case name = "NAME"
    case email = "EMAIL"
    case phone = "PHONE"
  }

  struct Returning {
    let object: SalesforceObject
    /// By the fields' own names; `Id` where none is named.
    var fields = ["Id"]
    var condition: SOQLCondition?
    var limit: Int?
  }

  let term: SearchTerm
  let group: Group
  let returning: [Returning]
  let limit: Int

  /// Whether the record's texts, as the index has them, are meant.
  func finds(
    _ values: [String: JSONValue], of record: SalesforceRecord, _ index: SalesforceCloudSettings.PhoneIndex
  ) -> Bool {
    var texts: [[String]] = []
    for field in record.object.fields where group.covers(field) {
      guard let text = SalesforceRecord.value(of: field.name, in: values, record).string else { continue }
      texts.append(SearchTokens.of(text))
      if field.kind == .phone, index == .digits { texts += SearchTokens.numbers(text).map { [$0] } }
    }
    return term.holds(for: texts)
  }
}

extension SOSLSearch.Group {
  fileprivate func covers(_ field: SalesforceField) -> Bool {
    switch (self, field.kind) {
    case (.phone, .phone), (.email, .email): true
    case (.name, .text): field.name == "Name"
    case (.all, .text), (.all, .phone), (.all, .email): true
    case (_, _): false
    }
  }
}
