import CloudPages
import HTTPTypes
import JSON
import Primitives

extension SalesforceCloud {
  private static let pages = RecordPages(product: "Salesforce")

  /// `/003000000000001`, where the vendor's add-in leads (observed, G4: Salesforce @244a784): the page of a contact,
  /// lead or account.
  ///
  /// The hosts where users log in lead on to the organisation's own (recalled).
  mutating func respondAsPage(_ request: CloudRequest, _ now: Instant) -> CloudResponse {
    let id = request.parts.count == 1 ? request.parts.first.flatMap(SalesforceID.whole) : nil
    if request.host != host, let id, request.method == .get { return .redirect(to: "https://\(host)/\(id)") }
    var isLetIn = false
    if let shown = request.basicCredentials,
      case .success = authenticate(shown.user, shown.password, at: request.host, inBrowser: true, now)
    {
      isLetIn = true
    }
    return Self.pages.answer(request, isLetIn: isLetIn) {
      guard let id, let object = SalesforceObject.allCases.first(where: { id.hasPrefix($0.prefix) }), object.hasPages
      else { return nil }
      return store.record(id, of: object).map { sheet(of: $0) }
    }
  }

  private func sheet(of record: SalesforceRecord) -> RecordSheet {
    let own = record.object.fields.filter { $0.name != "Name" && $0.name != "IsDeleted" }.map { field in
      let text = record[field.name].shown
      let other = field.isReference ? anyRecord(text) : nil
      return PageFact(
        id: field.name, field.label, other?.pageTitle ?? text,
        target: other.flatMap { $0.object.hasPages ? "/\($0.id)" : nil })
    }
    let kind = PageFact(id: "object", "Object", record.object.rawValue)
    return RecordSheet(title: record.pageTitle, facts: [kind] + own, calls: calls(with: record))
  }

  private func anyRecord(_ id: String) -> SalesforceRecord? {
    SalesforceObject.allCases.lazy.compactMap { store.record(id, of: $0) }.first
  }

  private func calls(with record: SalesforceRecord) -> RecordSheet.CallList {
    let id = JSONValue.string(record.id)
    let found = store.all(.task).filter { $0.values["WhoId"] == id || $0.values["WhatId"] == id }
    return RecordSheet.CallList(
      columns: ["Subject", "Call type", "Seconds", "Created"],
      rows: found.map { call in
        ["Subject", "CallType", "CallDurationInSeconds", "CreatedDate"].map { call[$0].shown }
      })
  }
}

extension SalesforceObject {
  /// Those a caller can be of.
  fileprivate var hasPages: Bool {
    switch self {
    case .contact, .lead, .account: true
    case .task, .user: false
    }
  }
}

extension SalesforceRecord {
  /// What people call it; its id where it has no name.
  fileprivate var pageTitle: String { self["Name"].string ?? id }
}

extension SalesforceField {
  fileprivate var isReference: Bool { if case .reference = kind { true } else { false } }

  /// `Mobile Phone`, `Account` (the product's own labels are the administrator's to change; these are ours).
  fileprivate var label: String {
    let words = isReference ? String(name.dropLast(2)) : name
    return words.reduce(into: "") { text, letter in
      if letter.isUppercase, !text.isEmpty { text.append(" ") }
      text.append(letter)
    }
  }
}

extension JSONValue {
  /// A field's value in words; empty for none.
  fileprivate var shown: String {
    switch self {
    case .string(let text): text
    case .bool(let isOn): isOn ? "Yes" : "No"
    case .integer(let number): String(number)
    case .null, .decimal, .number, .array, .object: ""
    }
  }
}
