public import Primitives

/// What a Zoho cloud holds before the run: organisations with their people and records, and the clients allowed in.
public struct ZohoCloudData: Hashable, Sendable {
  /// At least one. The first is the one that a data file without `organisations` describes.
  public var organisations: [Organisation]
  /// Clients registered in the API console, with what users granted them.
  public var clients: [Client]

  /// A cloud of these.
  public init(organisations: [Organisation] = [Organisation()], clients: [Client] = []) {
    self.organisations = organisations
    self.clients = clients
  }

  /// Editions of the CRM, which differ in what the API may be asked (documented: API limits).
  public enum Edition: String, Codable, Hashable, Sendable, CaseIterable {
    case free, standard, professional, enterprise, ultimate
  }

  /// One customer of the CRM.
  public struct Organisation: Hashable, Sendable {
    /// As the organisation chooser shows it.
    public var name: String
    /// `us`, `eu`, `in`, `cn`, `au`, `jp`, `ca`, `sa` or `uk`.
    public var dataCentre: String
    /// The organisation's clock, which its timestamps show.
    public var timeZone: SiteTimeZone
    /// When the records here came into being, for their `Created_Time`.
    public var createdAt: Instant
    /// What the organisation pays for.
    public var edition: Edition
    /// The first is the one that tokens without `userID` act for.
    public var users: [User]
    /// The module Contacts, in the order searches find them.
    public var contacts: [Contact]
    /// The module Leads, in the order searches find them.
    public var leads: [Lead]
    /// The module Accounts, in the order searches find them.
    public var accounts: [Account]
    /// Help desks that its users work in.
    public var deskPortals: [DeskPortal]

    /// An organisation; what is left out is empty, but for its one user.
    public init(
      name: String = "Example Organisation", dataCentre: String = "us", timeZone: SiteTimeZone = .utc,
      createdAt: Instant = .epoch, edition: Edition = .enterprise,
      users: [User] = [User(fullName: "CRM Administrator")], contacts: [Contact] = [], leads: [Lead] = [],
      accounts: [Account] = [], deskPortals: [DeskPortal] = []
    ) {
      self.name = name
      self.dataCentre = dataCentre
      self.timeZone = timeZone
      self.createdAt = createdAt
      self.edition = edition
      self.users = users
      self.contacts = contacts
      self.leads = leads
      self.accounts = accounts
      self.deskPortals = deskPortals
    }
  }
}
