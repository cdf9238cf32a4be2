import CloudPages
import JSON
import Primitives

extension ZohoCloud {
  /// A module's list, newest first (assumed), with a search over names, texts and numbers.
  func listPage(_ visit: ZohoCRMVisit, _ module: ZohoModuleName) -> CloudResponse {
    let organisation = centres[visit.centre].organisations[visit.index]
    let wanted = (visit.request.query["search"] ?? "").trimmed
    let found = organisation.records(matching: String(wanted.prefix(100)), in: module, at: visit.instant)
    let page = ZohoListPage(visit.request.query, count: found.count)
    let last = found.count - page.range.lowerBound
    let shown = found[max(0, last - page.range.count)..<last].reversed()
    let columns = module.listColumns
    let table = PageTable(
      id: "records", caption: wanted.isEmpty ? module.rawValue : "\(module.rawValue) with “\(wanted)”",
      columns: [module.singularLabel] + columns.map(\.label) + ["Owner"],
      rows: shown.map { record in
        [.link(PageLink(record.displayName ?? record.id, visit.path("tab", module.rawValue, record.id)))]
          + columns.map { organisation.cell($0, of: record, visit) }
          + [.text(organisation.user(at: record.userIndex)?.fullName ?? "")]
      }, emptyText: wanted.isEmpty ? "No \(module.rawValue) yet." : "Nothing here contains “\(wanted)”.")
    let path = visit.path("tab", module.rawValue)
    let create = PageLink("Create \(module.singularLabel)", visit.path("tab", module.rawValue, "create"))
    return visit.page(
      module.rawValue,
      [
        .form(
          PageForm(
            id: "search-form", action: path, method: .get, fields: [PageField("search", "Search", value: wanted)],
            buttons: [PageButton("Search")], layout: .line)),
        .actions([create]), .table(table),
        .pager(page.pager(path, query: wanted.isEmpty ? [] : [("search", wanted)])),
      ])
  }
}

extension ZohoOrganisation {
  /// What the list shows for a text; everything for none. Searches know an edit after the delay only.
  fileprivate func records(matching text: String, in module: ZohoModuleName, at now: Instant) -> [ZohoRecord] {
    guard !text.isEmpty else { return records.all(in: module) }
    if ZohoPhoneNumber.isValid(text), ZohoPhoneNumber.digits(text).count >= 3 {
      let found = records.search(ZohoPhoneQuery(text, match: settings.phoneMatch), in: module, at: now)
      if !found.isEmpty { return found }
    }
    let search = ZohoTextSearch(text)
    let fields = module.storedFields.filter(\.isText)
    return records.filter(module, places: nil) { record in
      guard let values = records.searchedValues(of: record, at: now) else { return false }
      return ZohoRecord.fullName(of: values, in: module).map(search.isIn) ?? false
        || fields.contains { values[$0.name]?.string.map(search.isIn) ?? false }
    }
  }

  /// One field as a page shows it.
  func cell(_ field: ZohoField, of record: ZohoRecord, _ visit: ZohoCRMVisit) -> PageCell {
    let (text, target) = shownText(field, of: record, visit)
    return target.map { .link(PageLink(text, $0)) } ?? .text(text)
  }

  /// The text of a field and where it leads; empty for an empty field.
  func shownText(_ field: ZohoField, of record: ZohoRecord, _ visit: ZohoCRMVisit) -> (text: String, target: String?) {
    let value = self.value(of: field.name, record) ?? .null
    switch (field.kind, value) {
    case (_, .null): return ("", nil)
    case (.dateTime, .string(let text)):
      return (OffsetTimestamp(text).map { shown(Instant(seconds: $0.seconds)) } ?? text, nil)
    case (.website, .string(let text)): return (text, ZohoWebAddress.isWellFormed(text) ? text : nil)
    case (_, .bool(let isOn)): return (isOn ? "Yes" : "No", nil)
    case (_, .string(let text)): return (text, nil)
    case (_, .object):
      let text = value["name"]?.string ?? value["id"]?.string ?? ""
      let other = value["id"]?.string.flatMap { records.record($0) }
      return (text, other.map { visit.path("tab", $0.module.rawValue, $0.id) })
    case (_, .array): return ("", nil)
    case (_, .integer), (_, .decimal), (_, .number): return (String(decoding: value.bytes(), as: UTF8.self), nil)
    }
  }
}

extension ZohoModuleName {
  /// Columns of the list beside name and owner (assumed: Zoho's are each user's own).
  fileprivate var listColumns: [ZohoField] {
    let names =
      switch self {
      case .contacts: ["Account_Name", "Phone", "Mobile", "Email"]
      case .leads: ["Company", "Phone", "Mobile", "Email"]
      case .accounts: ["Phone", "Website"]
      case .deals: ["Stage", "Account_Name", "Amount", "Closing_Date"]
      case .calls: ["Call_Type", "Call_Start_Time", "Call_Duration", "Who_Id", "What_Id"]
      case .tasks: ["Status", "Due_Date", "Who_Id", "What_Id"]
      case .events: ["Start_DateTime", "Who_Id", "What_Id"]
      case .campaigns: ["Type", "Status"]
      case .notes: ["Note_Content", "Parent_Id"]
      }
    return names.compactMap { field($0) }
  }
}
