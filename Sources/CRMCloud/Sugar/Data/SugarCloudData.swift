public import Primitives

/// What an installation of SugarCRM or SuiteCRM holds before the run.
public struct SugarCloudData: Hashable, Sendable {
  /// Where it answers: `https://crm.example.com/sugarcrm`, `http` or `https`, with the installation's path.
  public var address: String
  /// At least one; the first owns what the data brings.
  public var users: [User]
  /// The module Contacts.
  public var contacts: [Record]
  /// The module Leads.
  public var leads: [Record]
  /// The module Accounts.
  public var accounts: [Record]
  /// Clients of SuiteCRM's V8.
  public var clients: [SugarClient] = []
  /// When the records here came into being.
  public var createdAt: Instant

  /// An installation of these.
  public init(
    address: String, users: [User], contacts: [Record] = [], leads: [Record] = [], accounts: [Record] = [],
    createdAt: Instant = .epoch
  ) {
    self.address = address
    self.users = users
    self.contacts = contacts
    self.leads = leads
    self.accounts = accounts
    self.createdAt = createdAt
  }

  /// A record by its API field names.
  public struct Record: Hashable, Sendable {
    /// A UUID in most installations; nil for one of the cloud's.
    public var id: String?
    /// By API name (`phone_work`); only fields that the module has.
    public var fields: [String: String]

    /// A record with these fields.
    public init(id: String? = nil, fields: [String: String]) {
      self.id = id
      self.fields = fields
    }
  }

  /// Somebody who logs in.
  public struct User: Hashable, Sendable {
    /// `1` in most installations for the administrator; nil for one of the cloud's.
    public var id: String?
    /// What is typed at login, whatever its case.
    public var userName: String
    /// The password of the login page; v4_1 takes its MD5.
    public var password: Secret
    /// Shown before the last name.
    public var firstName: String?
    /// Shown, and searched.
    public var lastName: String
    /// Whether logging in works.
    public var isActive = true

    /// Somebody who may do everything.
    public init(id: String? = nil, userName: String, password: Secret, firstName: String? = nil, lastName: String) {
      self.id = id
      self.userName = userName
      self.password = password
      self.firstName = firstName
      self.lastName = lastName
    }
  }
}

extension SugarCloudData {
  /// The fields a record of Contacts can be given.
  public static let contactFields = writable(.contacts)
  /// The same of Leads.
  public static let leadFields = writable(.leads)
  /// The same of Accounts.
  public static let accountFields = writable(.accounts)

  private static func writable(_ module: SugarModule) -> [String] {
    module.fields.filter(\.isWritable).map(\.name)
  }
}
