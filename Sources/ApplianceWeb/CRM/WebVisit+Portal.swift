import ApplianceAPI
import CloudPages
import HTTPTypes
import Primitives

// User Portal: Basic Information, and Value-added Features > CRM User Settings.
extension WebVisit {
  func portalCRM(_ number: String, _ doors: ApplianceDoors, notices: [PageNotice]) -> WebAnswer {
    portalCRMPage(number, CRMUserForm(number, doors.crm), notices, doors)
  }

  func savePortalCRM(_ number: String, _ doors: inout ApplianceDoors) -> WebAnswer {
    var form = CRMUserForm(number, doors.crm)
    let cleared = request.value("clear")
    if let cleared {
      guard form.clear(cleared) else {
        return WebInterface.refusal(.badRequest, "The page has no such field. Nothing was changed.")
      }
    } else {
      form.enter(request)
    }
    guard form.errors.isEmpty else {
      return portalCRMPage(number, form, [PageNotice(.error, "Nothing was saved.")], doors)
    }
    let status = doors.saveCRMUser(number, form.user, of: state)
    guard status == .success else {
      return portalCRMPage(
        number, form, [PageNotice(.error, "Nothing was saved: the appliance answered \(status.rawValue).")], doors)
    }
    return .redirect("/portal/crm?\(cleared == nil ? "saved" : "cleared")=1")
  }

  private func portalCRMPage(
    _ number: String, _ form: CRMUserForm, _ notices: [PageNotice], _ doors: ApplianceDoors
  ) -> WebAnswer {
    let pages = doors.crm
    var notices = notices
    if let refusal = pages.refusal {
      notices.append(PageNotice(.error, "What is saved is not in force: \(refusal)"))
    } else if pages.settings != pages.inForce.settings || pages.users[number] != pages.inForce.users[number] {
      notices.append(PageNotice(.information, "The administrator has not applied all changes yet."))
    }
    let standing = state.crmStandings[number]
    return userPage(
      "CRM User Settings", number, at: .portalCRM, notices: notices,
      [
        .facts([
          PageFact(id: "crm-system", "CRM System", pages.systemName(of: pages.settings.module)),
          PageFact(id: "crm-status", "Status", (standing?.status ?? .loggedOut).rawValue),
          PageFact(
            id: "crm-reason", "Reason", standing?.reason ?? "This user has not signed in to the CRM."),
        ]), .form(form.form(proof)),
      ])
  }

  func portal(_ number: String) -> WebAnswer {
    guard let account = state.accounts.first(where: { $0.number == number }) else {
      return WebInterface.refusal(.notFound, "There is no such extension any more.")
    }
    return userPage(
      "Basic Information", number, at: .portal,
      [
        .facts([
          PageFact(id: "extension", "Extension", account.number), PageFact(id: "name", "Name", account.name),
          PageFact(id: "status", "Status", account.status),
          PageFact(id: "address", "IP and Port", account.address ?? ""),
          PageFact(id: "forward", "Call Forward", account.forwards),
          PageFact(id: "voicemail", "Voicemail", account.hasVoicemail ? "on" : "off"),
        ])
      ])
  }
}
