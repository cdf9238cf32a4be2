import Primitives

// The pages' own rules (observed for 2017); the same for forms and APIs.
extension CRMPages {
  /// Keys of the lookups, in the order asked.
  public static let lookupNames = ["first_search", "second_search", "third_search"]

  /// Saves the administrator's page.
  mutating func update(_ parameters: APIParameters) -> APIStatus {
    let names = ["crm_module", "crm_addr", "number_add"] + Self.lookupNames
    guard !names.contains(where: parameters.isOfWrongKind) else { return .invalidParameters }
    guard let module = parameters.text("crm_module"), module.utf8.count <= 32 else { return .invalidParameters }
    guard !module.isEmpty else {
      settings = Settings()
      return .success
    }
    guard let form = form(of: module) else { return .invalidValue }
    var new = Settings()
    new.module = module
    new.address = parameters.text("crm_addr") ?? ""
    new.addsTo = parameters.text("number_add") ?? ""
    new.lookups = Self.lookupNames.compactMap { parameters.text($0) }.filter { !$0.isEmpty }
    guard form.errors(in: new).isEmpty else { return .invalidValue }
    settings = new
    return .success
  }

  /// Saves a user's page; what is not sent stays, and so does a secret that is sent empty, because the APIs show none.
  mutating func updateUser(_ parameters: APIParameters, isNew: Bool, isExtension: (String) -> Bool) -> APIStatus {
    let fields = allFields
    let names = ["extension", "enable_crm"] + fields.map(\.name)
    guard !names.contains(where: parameters.isOfWrongKind), let number = parameters.text("extension") else {
      return .invalidParameters
    }
    guard isExtension(number) else { return .databaseFailed }
    guard isNew != (users[number] != nil) else { return isNew ? .invalidValue : .databaseFailed }
    guard users.count < Self.usersMax || !isNew else { return .generalError }
    var user = users[number] ?? User()
    if let enabled = parameters.text("enable_crm") {
      guard enabled == "yes" || enabled == "no" else { return .invalidValue }
      user.isEnabled = enabled == "yes"
    }
    for field in fields {
      guard let text = parameters.text(field.name), !field.isSecret || !text.isEmpty else { continue }
      user.values[field.name] = text.isEmpty ? nil : Secret(text)
    }
    return save(user, of: number)
  }

  /// Saves a user's page as it is.
  mutating func save(_ user: User, of number: String) -> APIStatus {
    guard users[number] != nil || users.count < Self.usersMax else { return .generalError }
    guard allFields.allSatisfy({ field in user.values[field.name].map(field.takes) ?? true }),
      !user.isEnabled || missingField(of: user) == nil
    else { return .invalidValue }
    users[number] = user
    return .success
  }

  /// What the chosen system asks for and the user has not given; nil for nothing.
  func missingField(of user: User) -> CRMSystemForm.Field? {
    guard let form = form(of: settings.module) else {
      return CRMSystemForm.userAndPassword.first { user.values[$0.name] == nil }
    }
    return form.missingField(in: user.values)
  }

  /// Fields of every system, those of the chosen one first, each name once.
  private var allFields: [CRMSystemForm.Field] {
    var names: Set<String> = []
    let every = userFields + CRMSystemForm.userAndPassword + [CRMSystemForm.securityToken] + menu.flatMap(\.fields)
    return every.filter { names.insert($0.name).inserted }
  }
}

extension CRMSystemForm {
  /// What is wrong with the administrator's page, in words by field; empty for nothing.
  public func errors(in settings: CRMPages.Settings) -> [String: String] {
    var errors: [String: String] = [:]
    if let error = addressError(settings.address) { errors["crm_addr"] = error }
    let known = Set(lookups.map(\.rawValue))
    if settings.lookups.isEmpty {
      errors["first_search"] = "Choose at least one."
    } else if let place = settings.lookups.firstIndex(where: { !known.contains($0) }) {
      errors[CRMPages.lookupNames[min(place, 2)]] = "Choose one of the list."
    } else if Set(settings.lookups).count < settings.lookups.count {
      errors["second_search"] = "Choose each only once."
    }
    let isAdded = adds.contains { $0.rawValue == settings.addsTo } && settings.lookups.contains(settings.addsTo)
    if !isAdded, !(mayAddNowhere && settings.addsTo.isEmpty) {
      errors["number_add"] = "Choose one that is looked up."
    }
    return errors
  }

  private func addressError(_ address: String) -> String? {
    guard address.utf8.count <= 256 else { return "At most 256 characters." }
    switch place {
    case .oneOf(let addresses): return addresses.contains(address) ? nil : "Choose one of the list."
    case .standard: if address.isEmpty { return nil }
    case .own: break
    }
    guard let scheme = ["https://", "http://"].first(where: address.hasPrefix) else {
      return "Begin the address with http:// or https://."
    }
    let rest = address.dropFirst(scheme.count)
    guard let first = rest.first, first != "/", first != ":", rest.utf8.allSatisfy({ $0 > 32 && $0 < 127 }) else {
      return "Name a host behind \(scheme)."
    }
    // Never kept: an address can hold a password.
    guard !rest.contains(where: { "@?#".contains($0) }) else {
      return "The address ends with the path of the installation, and holds no user name."
    }
    return nil
  }
}
