import ApplianceAPI
import CloudPages
import HTTPTypes
import Primitives

// Value-added Features > CRM, the administrator's page (keys and rules observed; labels documented).
extension WebVisit {
  func crm(_ doors: ApplianceDoors, notices: [PageNotice]) -> WebAnswer {
    crmPage(CRMForm(doors.crm.settings), errors: [:], notices, doors)
  }

  func saveCRM(_ doors: inout ApplianceDoors) -> WebAnswer {
    let entered = CRMForm(request)
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

  private func crmPage(
    _ form: CRMForm, errors: [String: String], _ notices: [PageNotice], _ doors: ApplianceDoors
  ) -> WebAnswer {
    var notices = notices
    var blocks: [PageBlock] = []
    if doors.crm.hasUnappliedChanges {
      notices.append(PageNotice(.information, "There are changes that are not applied."))
      blocks.append(
        .form(
          PageForm(id: "apply", action: "/apply", hidden: [proof], buttons: [PageButton("Apply Changes")])))
    }
    blocks += [
      .form(form.form(proof, errors: errors)),
      .text("What is saved here is what the APIs answer; the replay goes on with the CRM it was started with."),
    ]
    return page("CRM", at: .crm, notices: notices, blocks)
  }

  // User Portal > Value-added Features > CRM User Settings.

  func portalCRM(_ number: String, _ doors: ApplianceDoors, notices: [PageNotice]) -> WebAnswer {
    let user = doors.crm.users[number] ?? CRMPages.User()
    return portalCRMPage(number, isEnabled: user.isEnabled, name: user.name, errors: [:], notices, doors)
  }

  func savePortalCRM(_ number: String, _ doors: inout ApplianceDoors) -> WebAnswer {
    let known = doors.crm.users[number] ?? CRMPages.User()
    let isEnabled = request.value("enable_crm") == "yes"
    let name = request.value("crm_username") ?? ""
    // Secrets are never shown, so that an empty field leaves what is there.
    let password = Self.entered(request.value("crm_password"), else: known.password)
    let token = Self.entered(request.value("security_token"), else: known.securityToken)
    var errors: [String: String] = [:]
    if isEnabled, name.isEmpty { errors["crm_username"] = "Enter the user name." }
    if isEnabled, password.isEmpty { errors["crm_password"] = "Enter the password." }
    if isEnabled, doors.crm.settings.module == "salesforce", token.isEmpty {
      errors["security_token"] = "Enter the security token."
    }
    if name.count > 64 { errors["crm_username"] = "At most 64 characters." }
    if password.count > 64 { errors["crm_password"] = "At most 64 characters." }
    if token.count > 128 { errors["security_token"] = "At most 128 characters." }
    guard errors.isEmpty else {
      return portalCRMPage(
        number, isEnabled: isEnabled, name: name, errors: errors, [PageNotice(.error, "Nothing was saved.")], doors)
    }
    let fields = [
      ("enable_crm", isEnabled ? "yes" : "no"), ("crm_username", name), ("crm_password", password),
      ("security_token", token),
    ]
    let status = doors.saveCRMUser(number, fields, of: state)
    guard status == .success else {
      return portalCRMPage(
        number, isEnabled: isEnabled, name: name, errors: [:],
        [PageNotice(.error, "Nothing was saved: the appliance answered \(status.rawValue).")], doors)
    }
    return .redirect("/portal/crm?saved=1")
  }

  private static func entered(_ text: String?, else known: Secret) -> String {
    text.flatMap { $0.isEmpty ? nil : $0 } ?? known.value
  }

  private func portalCRMPage(
    _ number: String, isEnabled: Bool, name: String, errors: [String: String], _ notices: [PageNotice],
    _ doors: ApplianceDoors
  ) -> WebAnswer {
    let known = doors.crm.users[number] ?? CRMPages.User()
    let error = { (field: String) in errors[field] ?? "" }
    let hint = { (secret: Secret) in secret.value.isEmpty ? "" : "One is saved; leave this empty to keep it." }
    var fields = [
      PageField("enable_crm", "Enable CRM", .checkbox(isOn: isEnabled), value: "yes"),
      PageField("crm_username", "Username", value: name, error: error("crm_username")),
      PageField(
        "crm_password", "Password", .password, hint: hint(known.password), error: error("crm_password")),
    ]
    if doors.crm.settings.module == "salesforce" {
      fields.append(
        PageField(
          "security_token", "Security Token", .password, hint: hint(known.securityToken),
          error: error("security_token")))
    }
    let standing = state.crmStandings[number]
    let status = PageFact(
      id: "crm-status", "Status", standing.map { $0.isLoggedIn ? "Logged In" : "Logged Out" } ?? "Logged Out")
    return userPage(
      "CRM User Settings", number, at: .portalCRM, notices: notices,
      [
        .facts([
          PageFact(id: "crm-system", "CRM System", CRMSystemName.text(doors.crm.settings.module)), status,
          PageFact(id: "crm-reason", "Reason", standing?.reason ?? "This user has not signed in to the CRM."),
        ]),
        .form(
          PageForm(
            id: "crm-user", action: "/portal/crm", hidden: [proof], fields: fields, buttons: [PageButton("Save")])),
      ])
  }

  // User Portal > Basic Information.

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
