public import Primitives

/// The two CRM pages of the appliance: what the administrator chooses, and what each user gives; as saved, and as in
/// force since Apply Changes.
///
/// Keys and rules are those of the web interface of 2017 (observed); for systems that came later see `CRMSystemForm`.
public struct CRMPages: Hashable, Sendable {
  /// What a lookup goes through.
  public enum Lookup: String, Hashable, Sendable, CaseIterable {
    case contacts, leads, accounts
  }

  /// Value-added Features, CRM.
  public struct Settings: Hashable, Sendable {
    /// As `sugarcrm`; empty for none, and then the rest is empty too.
    public var module = ""
    /// As the system's `CRMSystemForm.Place` has it.
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
    /// What was entered, by field, secrets and others alike; fields of other systems than the chosen one stay.
    public var values: [String: Secret] = [:]

    /// A user without CRM.
    public init() {}
  }

  /// What the appliance works by.
  public struct InForce: Hashable, Sendable {
    /// The administrator's page.
    public var settings: Settings
    /// By extension.
    public var users: [String: User]
  }

  /// The systems to choose from.
  public let menu: [CRMSystemForm]
  /// The administrator's page as saved.
  public internal(set) var settings: Settings
  /// Users' pages as saved, by extension.
  public internal(set) var users: [String: User]
  /// What the appliance works by.
  public internal(set) var inForce: InForce
  /// Why Apply Changes was refused; nil for not.
  public internal(set) var refusal: String?

  /// Users of whom something is kept.
  public static let usersMax = 10_000

  /// Pages as they are when the appliance has booted: what is saved is in force.
  public init(
    menu: [CRMSystemForm] = CRMSystemForm.all(), settings: Settings = Settings(), users: [String: User] = [:]
  ) {
    self.menu = menu
    self.settings = settings
    self.users = users
    inForce = InForce(settings: settings, users: users)
  }

  /// Whether Apply Changes would change anything.
  public var hasUnappliedChanges: Bool { inForce != InForce(settings: settings, users: users) }

  /// The system of that name; nil for none, and for one that the menu does not offer.
  public func form(of module: String) -> CRMSystemForm? { menu.first { $0.module == module } }

  /// What a user's page asks for.
  public var userFields: [CRMSystemForm.Field] {
    form(of: settings.module)?.fields ?? CRMSystemForm.userAndPassword
  }
}
