import JSON
public import Primitives

/// The two CRM pages of the appliance: what the administrator chooses, and what each user gives.
///
/// Keys and rules are those of the web interface of 2017 (observed); names of systems that came later are taken as they
/// come.
public struct CRMPages: Hashable, Sendable {
  /// What a lookup goes through.
  public enum Lookup: String, Hashable, Sendable, CaseIterable {
    case contacts, leads, accounts
  }

  /// Value-added Features, CRM.
  public struct Settings: Hashable, Sendable {
    /// As `sugarcrm`; empty for none, and then the rest is empty too.
    public var module = ""
    /// Begins with `http://` or `https://` where the system has an address of one's own.
    public var address = ""
    /// Where an unknown number is added: one of the lookups.
    public var addsTo = ""
    /// In the order asked; at least one.
    public var lookups: [String] = []

    /// No CRM.
    public init() {}
  }

  /// User Portal, CRM User Settings.
  public struct User: Hashable, Sendable {
    /// Whether the CRM is asked for this extension.
    public var isEnabled = false
    /// At most 64 characters.
    public var name = ""
    /// At most 64 characters; the page shows it as plain text (observed).
    public var password = Secret("")
    /// At most 128 characters; for Salesforce alone.
    public var securityToken = Secret("")
    /// `login`, `logout` or empty.
    public var status = ""

    /// A user without CRM.
    public init() {}
  }

  /// The administrator's page.
  public var settings = Settings()
  /// By extension.
  public var users: [String: User] = [:]
  /// Something was saved since Apply Changes.
  public internal(set) var hasUnappliedChanges = false

  /// Users of whom something is kept.
  static let usersMax = 10_000

  /// No CRM, no users.
  public init() {}
}

extension CRMPages {
  var settingsJSON: JSONValue {
    let lookups = settings.lookups + ["", "", ""]
    return [
      "crm_module": .string(settings.module), "crm_addr": .string(settings.address),
      "number_add": .string(settings.addsTo), "first_search": .string(lookups[0]),
      "second_search": .string(lookups[1]), "third_search": .string(lookups[2]),
    ]
  }

  /// The page's own rules.
  mutating func update(_ parameters: APIParameters) -> APIStatus {
    let names = ["crm_module", "crm_addr", "number_add", "first_search", "second_search", "third_search"]
    guard !names.contains(where: parameters.isOfWrongKind) else { return .invalidParameters }
    guard let module = parameters.text("crm_module"), module.utf8.count <= 32 else { return .invalidParameters }
    hasUnappliedChanges = true
    guard !module.isEmpty else {
      settings = Settings()
      return .success
    }
    var new = Settings()
    new.module = module
    new.address = parameters.text("crm_addr") ?? ""
    new.addsTo = parameters.text("number_add") ?? ""
    new.lookups = ["first_search", "second_search", "third_search"].compactMap { parameters.text($0) }
      .filter { !$0.isEmpty }
    let isLookup = { (name: String) in Lookup(rawValue: name) != nil }
    let hasScheme = new.address.hasPrefix("http://") || new.address.hasPrefix("https://")
    guard !new.lookups.isEmpty, new.lookups.allSatisfy(isLookup), Set(new.lookups).count == new.lookups.count,
      new.lookups.contains(new.addsTo), new.address.utf8.count <= 256,
      new.address.isEmpty ? module != "sugarcrm" : hasScheme || module != "sugarcrm"
    else { return .invalidValue }
    settings = new
    return .success
  }

  func userJSON(_ number: String, revealsSecrets: Bool) -> JSONValue? {
    guard let user = users[number] else { return nil }
    let shown = { (secret: Secret) in JSONValue.string(revealsSecrets ? secret.value : "") }
    return [
      "extension": .string(number), "enable_crm": .string(user.isEnabled ? "yes" : "no"),
      "crm_username": .string(user.name), "crm_password": shown(user.password),
      "security_token": shown(user.securityToken), "login_status": .string(user.status),
    ]
  }

  mutating func updateUser(_ parameters: APIParameters, isNew: Bool, isExtension: (String) -> Bool) -> APIStatus {
    let names = ["extension", "enable_crm", "crm_username", "crm_password", "security_token"]
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
    if let name = parameters.text("crm_username") { user.name = name }
    if let password = parameters.text("crm_password") { user.password = Secret(password) }
    if let token = parameters.text("security_token") { user.securityToken = Secret(token) }
    guard user.name.count <= 64, user.password.value.count <= 64, user.securityToken.value.count <= 128,
      !user.isEnabled || (!user.name.isEmpty && !user.password.value.isEmpty),
      !user.isEnabled || settings.module != "salesforce" || !user.securityToken.value.isEmpty
    else { return .invalidValue }
    users[number] = user
    hasUnappliedChanges = true
    return .success
  }
}
