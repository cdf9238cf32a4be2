import Primitives

/// One data centre's Desk: its portals with their tickets and contacts.
struct ZohoDesk: Codable {
  /// Of one organisation, in the data.
  static let maximumPortals = 100
  /// Contacts, and tickets, of one portal in the data.
  static let maximumEntries = 100_000

  private(set) var portals: [ZohoDeskPortal] = []

  mutating func add(_ portal: ZohoDeskPortal) { portals.append(portal) }

  /// The portals somebody works in, in the order of the data.
  func portals(of zuid: String) -> [ZohoDeskPortal] { portals.filter { $0.memberZUIDs.contains(zuid) } }
}

/// One help desk; the API calls it an organization.
struct ZohoDeskPortal: Codable {
  /// `orgId`, decimal text.
  let id: String
  let companyName: String
  let portalName: String
  let memberZUIDs: Set<String>
  private(set) var contacts: [ZohoDeskContact] = []
  /// By number, rising.
  private(set) var tickets: [ZohoDeskTicket] = []

  init(_ data: ZohoCloudData.DeskPortal, id: String, memberZUIDs: Set<String>, createdAt: Instant, seed: UInt64) {
    self.id = id
    companyName = data.companyName
    portalName = data.portalName
    self.memberZUIDs = memberZUIDs
    var identifiers = ZohoIdentifiers(seed: seed)
    let department = identifiers.next()
    contacts = data.contacts.map { contact in
      ZohoDeskContact(
        id: identifiers.next(), firstName: contact.firstName, lastName: contact.lastName, email: contact.email,
        phone: contact.phone, mobile: contact.mobile, createdAt: createdAt)
    }
    let places = Dictionary(
      contacts.compactMap { contact in contact.email.map { ($0.lowercased(), contact.id) } },
      uniquingKeysWith: { first, _ in first })
    tickets = data.tickets.enumerated().map { index, ticket in
      ZohoDeskTicket(
        id: identifiers.next(), number: 101 + index, subject: ticket.subject, status: ticket.status,
        contactID: ticket.contactEmail.flatMap { places[$0.lowercased()] }, email: ticket.contactEmail,
        departmentID: department, createdAt: createdAt)
    }
  }
}

/// Someone who writes to a help desk.
struct ZohoDeskContact: Codable, Hashable {
  let id: String
  let firstName: String?
  let lastName: String
  let email: String?
  let phone: String?
  let mobile: String?
  let createdAt: Instant
}

/// One request to a help desk.
struct ZohoDeskTicket: Codable, Hashable {
  let id: String
  /// Counted within the portal (documented; where it starts is assumed).
  let number: Int
  let subject: String
  let status: String
  let contactID: String?
  let email: String?
  let departmentID: String
  let createdAt: Instant
}
