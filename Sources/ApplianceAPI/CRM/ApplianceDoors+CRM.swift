// The CRM pages, for forms and APIs alike.
extension ApplianceDoors {
  /// Saves the administrator's CRM page, fields named as in `updateCRMSettings`.
  public mutating func saveCRMSettings(_ fields: [(name: String, value: String)]) -> APIStatus {
    guard let parameters = APIParameters(form: fields) else { return .invalidParameters }
    return crm.update(parameters)
  }

  /// Saves a user's CRM page as it is, and has it in force where the settings say so.
  public mutating func saveCRMUser(_ number: String, _ user: CRMPages.User, of state: some ApplianceState) -> APIStatus
  {
    guard state.accounts.contains(where: { $0.number == number }) else { return .databaseFailed }
    let status = crm.save(user, of: number)
    if status == .success { crmUserWasSaved(number) }
    return status
  }

  mutating func updateCRMUser(
    _ parameters: APIParameters, isNew: Bool, of state: some ApplianceState
  ) -> APIStatus {
    let numbers = Set(state.accounts.map(\.number))
    let status = crm.updateUser(parameters, isNew: isNew) { numbers.contains($0) }
    if status == .success, let number = parameters.text("extension") { crmUserWasSaved(number) }
    return status
  }

  /// Has what was saved in force.
  ///
  /// - Returns: `.invalidValue` where the appliance cannot work by it, and everything stays as it was.
  public mutating func applyChanges() -> APIStatus {
    apply(CRMPages.InForce(settings: crm.settings, users: crm.users))
  }

  private mutating func crmUserWasSaved(_ number: String) {
    guard settings.crmUserPages == .atOnce else { return }
    var new = crm.inForce
    new.users[number] = crm.users[number]
    _ = apply(new)
  }

  private mutating func apply(_ new: CRMPages.InForce) -> APIStatus {
    crm.refusal = crmFault(new)
    guard crm.refusal == nil else { return .invalidValue }
    crm.inForce = new
    return .success
  }
}
