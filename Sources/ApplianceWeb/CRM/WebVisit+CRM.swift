import ApplianceAPI
import CloudPages
import Primitives

// Value-added Features > CRM, the administrator's page (keys and rules observed; labels documented).
extension WebVisit {
  func crm(_ doors: ApplianceDoors, notices: [PageNotice]) -> WebAnswer {
    var form = CRMForm(doors.crm)
    if let module = request.value("crm_module") { form.choose(doors.crm.form(of: module) == nil ? "" : module) }
    return crmPage(form, errors: [:], notices, doors)
  }

  func saveCRM(_ doors: inout ApplianceDoors) -> WebAnswer {
    let entered = CRMForm(request, doors.crm)
    let errors = entered.errors
    guard errors.isEmpty else {
      return crmPage(entered, errors: errors, [PageNotice(.error, "Nothing was saved.")], doors)
    }
    let status = doors.saveCRMSettings(entered.fields)
    guard status == .success else {
      return crmPage(
        entered, errors: [:], [PageNotice(.error, "Nothing was saved: the appliance answered \(status.rawValue).")],
        doors)
    }
    return .redirect("/crm?saved=1")
  }

  func applyChanges(_ doors: inout ApplianceDoors) -> WebAnswer {
    guard request.isPost else { return .redirect("/crm") }
    return .redirect(doors.applyChanges() == .success ? "/crm?applied=1" : "/crm")
  }

  private func crmPage(
    _ form: CRMForm, errors: [String: String], _ notices: [PageNotice], _ doors: ApplianceDoors
  ) -> WebAnswer {
    var notices = notices
    var blocks: [PageBlock] = []
    if let refusal = doors.crm.refusal { notices.append(PageNotice(.error, "Not applied: \(refusal)")) }
    if doors.crm.hasUnappliedChanges {
      notices.append(PageNotice(.information, "There are changes that are not applied."))
      blocks.append(
        .form(
          PageForm(id: "apply", action: "/apply", hidden: [proof], buttons: [PageButton("Apply Changes")])))
    }
    blocks += [
      .form(form.chooser(error: errors["crm_module"] ?? "")), .form(form.form(proof, errors: errors)),
      .section(id: "in-force", title: "In Force", [.facts(inForce(doors))]),
    ]
    return page("CRM", at: .crm, notices: notices, blocks)
  }

  /// What the appliance works by, which is not always what was saved.
  private func inForce(_ doors: ApplianceDoors) -> [PageFact] {
    let settings = doors.crm.inForce.settings
    let standings = state.crmStandings.values
    let count = { (status: CRMStandingFacts.Status) in standings.count { $0.status == status } }
    let users = CRMStandingFacts.Status.allCases.map { "\(count($0)) \($0.rawValue.lowercased())" }
    return [
      PageFact(id: "in-force-system", "CRM System", doors.crm.systemName(of: settings.module)),
      PageFact(id: "in-force-address", "CRM Server Address", settings.address),
      PageFact(id: "in-force-order", "Contact Lookups", settings.order),
      PageFact(
        id: "in-force-add", "Add Unknown Number", CRMPages.Lookup(rawValue: settings.addsTo)?.name ?? settings.addsTo),
      PageFact(
        id: "in-force-users", "Users", standings.isEmpty ? "" : users.joined(separator: ", "), target: "/dashboard"),
    ]
  }
}
