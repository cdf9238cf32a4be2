import CloudPages
import Primitives

extension SugarCloud {
  private static let pages = RecordPages(product: "SugarCRM")

  /// `index.php?module=Contacts&action=DetailView&record=…`, where the vendor's add-in leads (observed, G4: SugarCRM
  /// @787036f): the page of a contact, lead or account.
  func respondAsPage(_ request: CloudRequest) -> CloudResponse {
    let shown = request.basicCredentials
    let account = shown.flatMap { shown in
      accounts.first { $0.userName.lowercased() == shown.user.lowercased() }
    }
    let isLetIn = account.map { $0.isActive && $0.password.value == shown?.password } ?? false
    return Self.pages.answer(request, isLetIn: isLetIn) {
      guard request.query["action"] == "DetailView", let module = SugarModule(rawValue: request.query["module"] ?? ""),
        module.hasPages
      else { return nil }
      return records.record(request.query["record"] ?? "", in: module).map { sheet(of: $0) }
    }
  }

  /// Where Sugar 7 and later show everything by a fragment, `/#Contacts/…`, which a browser keeps to itself: the page's
  /// script leads on to the record, and without one a person names it.
  var entryPage: CloudResponse {
    let modules = SugarModule.allCases.filter(\.hasPages).map { PageOption($0.rawValue, $0.rawValue) }
    let form = PageForm(
      id: "record-form", action: indexPath, method: .get, hidden: [.init("action", "DetailView")],
      fields: [
        PageField("module", "Module", .choice(modules)), PageField("record", "Record id", isRequired: true),
      ], buttons: [PageButton("Open the record")])
    return Self.pages.page("Records", script: SugarEntryScript.path, [.form(form)])
  }

  private var indexPath: String { address.path.map { "/" + $0 }.joined() + "/index.php" }

  private func sheet(of record: SugarRecord) -> RecordSheet {
    let own = record.module.fields.filter { !$0.isHiddenOnPages }.map { field in
      let other = field.isReference ? records.record(record[field.name]) : nil
      return PageFact(
        id: field.name, field.label, other?.pageTitle ?? record[field.name],
        target: other.flatMap { $0.module.hasPages ? pagePath(of: $0) : nil })
    }
    let kind = PageFact(id: "module", "Module", record.module.rawValue)
    return RecordSheet(title: record.pageTitle, facts: [kind] + own, calls: calls(with: record))
  }

  private func pagePath(of record: SugarRecord) -> String {
    "\(indexPath)?module=\(record.module.rawValue)&action=DetailView&record=\(record.id)"
  }

  private func calls(with record: SugarRecord) -> RecordSheet.CallList {
    RecordSheet.CallList(
      columns: ["Subject", "Direction", "Start date", "Status"],
      rows: records.tied(to: record, .calls).map { call in
        ["name", "direction", "date_start", "status"].map { call[$0] }
      })
  }
}

extension SugarModule {
  /// Those a caller can be of.
  fileprivate var hasPages: Bool {
    switch self {
    case .contacts, .leads, .accounts: true
    case .calls, .users, .employees: false
    }
  }
}

extension SugarRecord {
  /// What people call it; its id where it has no name.
  fileprivate var pageTitle: String { displayName.isEmpty ? id : displayName }
}

extension SugarField {
  /// What the page's title says already, and what every record that is shown has in common.
  fileprivate var isHiddenOnPages: Bool { name == "name" || name == "deleted" }

  /// Whether its value is another record's id, by the name that such fields have.
  fileprivate var isReference: Bool { type == "assigned_user_name" || type == "relate" || name.hasSuffix("_id") }

  /// `Phone work`, `Account` (the product's own labels are in its language files; these are ours).
  fileprivate var label: String {
    let words = name.split(separator: "_").joined(separator: " ").capitalised
    return name.hasSuffix("_id") ? String(words.dropLast(3)) : words
  }
}
