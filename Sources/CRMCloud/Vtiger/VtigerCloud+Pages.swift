import CloudPages
import Primitives

extension VtigerCloud {
  private static let pages = RecordPages(product: "vTiger")

  /// `index.php?module=Contacts&view=Detail&record=12`, where the vendor's add-in leads (observed, G4: vTiger
  /// @97df9fd): the page of a contact, lead or account.
  ///
  /// People sign in with the user's access key: this server's data has no passwords (ours).
  func respondAsPage(_ request: CloudRequest) -> CloudResponse {
    let shown = request.basicCredentials
    let user = shown.flatMap { self.user(named: $0.user) }
    let isLetIn = user.map { $0.isActive && $0.accessKey.value == shown?.password } ?? false
    return Self.pages.answer(request, isLetIn: isLetIn) {
      guard request.query["view"] == "Detail", let number = request.query["record"], number.isDigits(1...15),
        let module = VtigerModule(rawValue: request.query["module"] ?? ""), module.hasPages
      else { return nil }
      return Int(number).flatMap { records.record($0, in: module) }.map { sheet(of: $0) }
    }
  }

  private func sheet(of record: VtigerRecord) -> RecordSheet {
    let own = record.module.fields(settings.manner).map { field in
      let text = record[field.name]
      let other = field.isReference ? knownRecord(text) : nil
      return PageFact(id: field.name, field.label, other?.displayName ?? text, target: other.flatMap(pagePath))
    }
    let kind = PageFact(id: "module", "Module", record.module.labels.plural)
    return RecordSheet(
      title: record.displayName, facts: [kind] + own + [PageFact(id: "id", "Id", record.id)],
      calls: calls(with: record))
  }

  private func knownRecord(_ id: String) -> VtigerRecord? { try? record(id) }

  /// nil for a record that has no page here, as users have none.
  private func pagePath(of record: VtigerRecord) -> String? {
    guard record.module.hasPages else { return nil }
    let folder = place.map { "/" + $0 }.joined()
    return "\(folder)/index.php?module=\(record.module.rawValue)&view=Detail&record=\(record.number)"
  }

  private func calls(with record: VtigerRecord) -> RecordSheet.CallList {
    let module: VtigerModule = settings.manner == .strict ? .events : .coreBOSCalendar
    let links = module.fields(settings.manner).filter { $0.referredModules != nil }.map(\.name)
    let found = records.all(in: module).filter { call in links.contains { call[$0] == record.id } }
    return RecordSheet.CallList(
      columns: ["Subject", "Start Date", "Time Start", "Status"],
      rows: found.map { call in ["subject", "date_start", "time_start", "eventstatus"].map { call[$0] } })
  }
}

extension VtigerModule {
  /// Those a caller can be of.
  fileprivate var hasPages: Bool {
    switch self {
    case .contacts, .leads, .accounts: true
    case .tickets, .events, .coreBOSCalendar, .pbxManager, .comments, .users: false
    }
  }
}

extension VtigerRecord {
  /// What people call it; its id where it has no name.
  fileprivate var displayName: String {
    let words = module.labelFields.map { self[$0] }.filter { !$0.isEmpty }
    return words.isEmpty ? id : words.joined(separator: " ")
  }
}

extension VtigerField {
  /// Whether its value is another record's id.
  fileprivate var isReference: Bool {
    switch kind {
    case .reference, .owner: true
    case .text, .longText, .phone, .email, .date, .time, .dateTime, .integer, .picklist, .automatic: false
    }
  }
}
