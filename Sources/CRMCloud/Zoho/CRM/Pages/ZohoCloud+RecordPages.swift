import CloudPages
import JSON
import Primitives

extension ZohoCloud {
  /// One record: its fields, then the records that refer to it. What a phone's button or a popup opens (documented in
  /// the appliance's guide: the contact's page).
  func recordPage(_ visit: ZohoCRMVisit, _ record: ZohoRecord) -> CloudResponse {
    let organisation = centres[visit.centre].organisations[visit.index]
    let module = record.module
    let place = { (last: String) in visit.path("tab", module.rawValue, record.id) + last }
    let own = module.storedFields.filter { $0.kind != .moduleName }.map { field in
      let (text, target) = organisation.shownText(field, of: record, visit)
      return PageFact(id: field.pageID, field.label, text, target: target)
    }
    let system = [
      PageFact(id: "Owner", module.singularLabel + " Owner", organisation.user(at: record.userIndex)?.fullName ?? ""),
      PageFact(
        id: "Created_By", "Created By",
        "\(organisation.user(at: record.createdBy)?.fullName ?? ""), \(organisation.shown(record.createdAt))"),
      PageFact(
        id: "Modified_By", "Modified By",
        "\(organisation.user(at: record.modifiedBy)?.fullName ?? ""), \(organisation.shown(record.modifiedAt))"),
      PageFact(id: "id", "Id", record.id),
    ]
    let delete = PageForm(
      id: "delete", action: place("/delete"), hidden: [visit.visitor.proof],
      buttons: [PageButton("Delete this \(module.singularLabel)")])
    return visit.page(
      record.displayName ?? record.id, under: [PageLink(module.rawValue, visit.path("tab", module.rawValue))],
      [.actions([PageLink("Edit", place("/edit"))]), .facts(own.filter { !$0.value.isEmpty } + system)]
        + related(to: record, organisation, visit)
        + [.section(id: "deletion", title: "Deletion", [.form(delete)])])
  }

  /// The last ten of each list that has any.
  private func related(
    to record: ZohoRecord, _ organisation: ZohoOrganisation, _ visit: ZohoCRMVisit
  ) -> [PageBlock] {
    ZohoRelatedList.all(of: record.module).filter { !$0.onlyClosed }.compactMap { list in
      let found = organisation.records.filter(list.module, places: nil) { other in
        list.fields.contains { other.values[$0]?["id"]?.string == record.id }
      }
      guard !found.isEmpty else { return nil }
      let columns = list.module.relatedColumns
      let table = PageTable(
        id: "related-\(list.name.lowercased())",
        caption: found.count > 10 ? "The last 10 of \(found.count)" : "\(found.count) in all",
        columns: [list.module.singularLabel] + columns.map(\.label),
        rows: found.suffix(10).reversed().map { other in
          [.link(PageLink(other.displayName ?? other.id, visit.path("tab", list.module.rawValue, other.id)))]
            + columns.map { organisation.cell($0, of: other, visit) }
        }, emptyText: "")
      return .section(id: "list-\(list.name.lowercased())", title: list.name, [.table(table)])
    }
  }
}

extension ZohoField {
  /// Of its element on a page.
  var pageID: String { name.hasPrefix("$") ? String(name.dropFirst()) : name }
}

extension ZohoModuleName {
  fileprivate var relatedColumns: [ZohoField] {
    let names =
      switch self {
      case .calls: ["Call_Type", "Call_Start_Time", "Call_Duration"]
      case .contacts, .leads, .accounts: ["Phone"]
      case .deals: ["Stage", "Amount"]
      case .tasks: ["Status", "Due_Date"]
      case .events: ["Start_DateTime"]
      case .campaigns: ["Status"]
      case .notes: ["Note_Content"]
      }
    return names.compactMap { field($0) }
  }
}
