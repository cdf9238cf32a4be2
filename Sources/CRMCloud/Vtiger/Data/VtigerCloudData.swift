public import Primitives

/// What a vTiger server holds at its beginning.
public struct VtigerCloudData: Hashable, Sendable {
  /// Where it is installed: `https://crm.example.com/vtigercrm`; host and path count.
  public var address: String
  /// The first is the administrator, who owns the records of this data.
  public var users: [User]
  /// The module Contacts, in the order queries find them.
  public var contacts: [Record] = []
  /// The module Leads.
  public var leads: [Record] = []
  /// The module Accounts, shown as Organizations.
  public var accounts: [Record] = []
  /// What vTiger's own PBX channel shows to be let in; nil for a server without one.
  public var callbackSecret: Secret?
  /// Switches.
  public var settings = VtigerCloudSettings()

  /// What a contact's record may hold, by the API's names.
  public static let contactFields = fields(of: .contacts)
  /// What a lead's record may hold.
  public static let leadFields = fields(of: .leads)
  /// What an account's record may hold.
  public static let accountFields = fields(of: .accounts)

  private static func fields(of module: VtigerModule) -> [String] {
    module.fields(.strict).filter { !$0.isAutomatic }.map(\.name)
  }

  /// A server with these users and no records.
  public init(address: String, users: [User]) {
    self.address = address
    self.users = users
  }

  /// Somebody who may log in.
  public struct User: Hashable, Sendable {
    /// Unique, whatever its letters' case.
    public var userName: String
    /// Of My Preferences; what the API takes for a password (measured: 16 letters and digits).
    public var accessKey: Secret
    /// The name shown; empty for none.
    public var firstName = ""
    /// The name shown.
    public var lastName: String
    /// `phone_crm_extension`, by which vTiger's own PBX channel finds the user.
    public var phoneExtension = ""
    /// Inactive users are refused as if their key were wrong (measured).
    public var isActive = true

    /// An active user, shown by the user name.
    public init(userName: String, accessKey: Secret) {
      self.userName = userName
      self.accessKey = accessKey
      lastName = userName
    }
  }

  /// One record by the API's field names.
  public struct Record: Hashable, Sendable {
    /// `12x5`; nil for the next free one.
    public var id: String?
    /// Texts by field; fields that are not there are empty.
    public var values: [String: String]

    /// A record as it is; the cloud checks it when it takes it in.
    public init(id: String? = nil, values: [String: String]) {
      self.id = id
      self.values = values
    }
  }
}

/// Data that no vTiger server could hold.
public enum VtigerCloudDataError: Error, Hashable, Sendable, CustomStringConvertible {
  case malformedAddress
  case noUsers
  case tooMany(list: String, count: Int, limit: Int)
  case duplicateUserName(index: Int)
  case malformedID(list: String, index: Int)
  case duplicateID(list: String, index: Int)
  case unknownField(list: String, index: Int, field: String)
  case mandatoryField(list: String, index: Int, field: String)
  case duplicateAccountName(index: Int)

  /// What is wrong, where (lists count from 0), and what would be right.
  public var description: String {
    switch self {
    case .malformedAddress: "vtiger.address: no address of a server; write https://crm.example.com/vtigercrm"
    case .noUsers: "vtiger.users: empty; a server has at least one user"
    case .tooMany(let list, let count, let limit):
      "vtiger.\(list): \(count) entries; this cloud keeps at most \(limit)"
    case .duplicateUserName(let index):
      "vtiger.users[\(index)].userName: an earlier user has it; user names are unique"
    case .malformedID(let list, let index):
      "vtiger.\(list)[\(index)].id: no id of this module; write its number, an x and the record's, or leave it out"
    case .duplicateID(let list, let index):
      "vtiger.\(list)[\(index)].id: an earlier record has it; a record's number is unique in all modules"
    case .unknownField(let list, let index, let field):
      "vtiger.\(list)[\(index)].\(field): no field of this module; leave it out"
    case .mandatoryField(let list, let index, let field):
      "vtiger.\(list)[\(index)].\(field): empty; vTiger has no such record without it"
    case .duplicateAccountName(let index):
      "vtiger.accounts[\(index)].accountname: an earlier account has it; names of accounts are unique"
    }
  }
}
