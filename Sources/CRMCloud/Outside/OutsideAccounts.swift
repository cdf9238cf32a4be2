import Primitives

/// What the providers keep for their users, by e-mail address: a little to start with, invented.
struct OutsideAccounts: Codable {
  private var mailChimp = BoundedTable<MailChimpAccount>(limit: 100)
  private var contacts = BoundedTable<[OutsideContact]>(limit: 100)

  func mailChimp(of account: String) -> MailChimpAccount {
    mailChimp[account] ?? MailChimpAccount(owner: account)
  }

  mutating func set(_ account: MailChimpAccount) { mailChimp.set(account.owner, account) }

  /// The address book of an account at Google or Microsoft.
  func contacts(of account: String, at provider: OutsideProvider) -> [OutsideContact] {
    contacts[provider.rawValue + " " + account] ?? OutsideContact.first
  }

  mutating func set(_ list: [OutsideContact], of account: String, at provider: OutsideProvider) {
    contacts.set(provider.rawValue + " " + account, list)
  }
}

/// One entry of an address book.
struct OutsideContact: Codable, Hashable {
  static let maximumCount = 1000
  static let first = [OutsideContact(name: "Gerda Example", phone: "+49 30 00000077", email: "gerda@example.com")]

  let name: String
  let phone: String?
  let email: String?
}

/// What one MailChimp account holds.
struct MailChimpAccount: Codable {
  static let maximumMembers = 1000
  /// Of the account's data centre: the `dc` of the metadata, the first part of the API's host.
  static let dataCentre = "us6"
  static let apiHost = dataCentre + ".api.mailchimp.com"
  static let listID = "a1b2c3d4e5"
  static let campaignID = "42694e9e57"

  struct Member: Codable, Hashable {
    let id: String
    let email: String
    let status: String
    let firstName: String
    let lastName: String
    let phone: String
  }

  let owner: String
  var members: [Member]

  init(owner: String) {
    self.owner = owner
    members = [
      Member(
        id: "f3c1a6a3a2b5d1b0c7f1e2d3c4b5a697", email: "ida@example.com", status: "subscribed", firstName: "Ida",
        lastName: "Reader", phone: "+1 555 010 0199"),
      Member(
        id: "0a9b8c7d6e5f40312233445566778899", email: "otto@example.com", status: "unsubscribed", firstName: "Otto",
        lastName: "Gone", phone: ""),
    ]
  }
}
