import CloudPages
import JSON
import Primitives

extension ZohoCloud {
  /// The form of a new record or of one to edit, with what is wrong with what was entered.
  func editPage(
    _ visit: ZohoCRMVisit, _ module: ZohoModuleName, over record: ZohoRecord?, refusal: ZohoRefusedRecord? = nil
  ) -> CloudResponse {
    let organisation = centres[visit.centre].organisations[visit.index]
    let entered = refusal == nil ? nil : visit.request.form
    let form = ZohoRecordForm(module: module, record: record, organisation: organisation)
    let wrong = refusal?.details["api_name"]?.string ?? ""
    let reason = refusal.map(ZohoRecordForm.reason) ?? ""
    let fields = form.fields(entered: entered, wrong: wrong, reason: reason)
    let label = module.field(wrong)?.label
    let notices = refusal == nil ? [] : [PageNotice(.error, (label.map { "\($0): " } ?? "") + reason)]
    let action = visit.path("tab", module.rawValue, record?.id ?? "create") + (record == nil ? "" : "/edit")
    var above = [PageLink(module.rawValue, visit.path("tab", module.rawValue))]
    if let record {
      above.append(PageLink(record.displayName ?? record.id, visit.path("tab", module.rawValue, record.id)))
    }
    return visit.page(
      record.map { "Edit \($0.displayName ?? $0.id)" } ?? "Create \(module.singularLabel)", under: above,
      notices: notices, status: refusal == nil ? 200 : 400,
      [
        .form(
          PageForm(
            id: "record", action: action, hidden: [visit.visitor.proof], fields: fields,
            buttons: [PageButton("Save")], layout: .columns))
      ])
  }

  /// Checks what was entered by the API's own rules, and keeps it.
  mutating func save(_ record: ZohoRecord?, _ module: ZohoModuleName, _ visit: ZohoCRMVisit) -> CloudResponse {
    do throws(ZohoRefusedRecord) {
      let (values, owner) = try checkedForm(record, module, visit)
      let user = centres[visit.centre].organisations[visit.index].userIndex(zuid: visit.visitor.person.zuid) ?? 0
      guard let record else {
        let added = try centres[visit.centre].organisations[visit.index].records.insert(
          values, into: module, by: user, owner: owner, at: visit.instant)
        return visit.done(.recordCreated, visit.path("tab", module.rawValue, added.id))
      }
      _ = centres[visit.centre].organisations[visit.index].records.update(
        record.id, values: values, by: user, owner: owner, at: visit.instant)
      return visit.done(.recordSaved, visit.path("tab", module.rawValue, record.id))
    } catch {
      return editPage(visit, module, over: record, refusal: error)
    }
  }

  private func checkedForm(
    _ record: ZohoRecord?, _ module: ZohoModuleName, _ visit: ZohoCRMVisit
  ) throws(ZohoRefusedRecord) -> (values: [String: JSONValue], owner: Int?) {
    let organisation = centres[visit.centre].organisations[visit.index]
    let form = ZohoRecordForm(module: module, record: record, organisation: organisation)
    return try organisation.checked(try form.values(visit.request.form), module, over: record, .pages)
  }
}

extension ZohoAPIVersion {
  /// The rules of the pages: those of v2 (assumed).
  static let pages = ZohoAPIVersion(name: "v2", callStatusName: "Call_Status", locatesErrors: false)
}
