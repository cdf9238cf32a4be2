extension ZohoCloudData {
  /// One help desk of an organisation: what the consent page calls a portal and the API an organization.
  public struct DeskPortal: Hashable, Sendable {
    /// As the organisation chooser shows it.
    public var companyName: String
    /// As addresses show it; letters, digits and hyphens.
    public var portalName: String
    /// In the order lists give them.
    public var contacts: [DeskContact]
    /// Oldest first.
    public var tickets: [DeskTicket]

    /// A portal; without contacts and tickets it is empty.
    public init(
      companyName: String, portalName: String, contacts: [DeskContact] = [], tickets: [DeskTicket] = []
    ) {
      self.companyName = companyName
      self.portalName = portalName
      self.contacts = contacts
      self.tickets = tickets
    }
  }

  /// Someone who writes to a help desk.
  public struct DeskContact: Hashable, Sendable {
    /// `firstName`.
    public var firstName: String?
    /// `lastName`, mandatory.
    public var lastName: String
    /// `email`.
    public var email: String?
    /// `phone`, as typed.
    public var phone: String?
    /// `mobile`, as typed.
    public var mobile: String?

    /// Everything left out is an empty field.
    public init(
      firstName: String? = nil, lastName: String, email: String? = nil, phone: String? = nil, mobile: String? = nil
    ) {
      self.firstName = firstName
      self.lastName = lastName
      self.email = email
      self.phone = phone
      self.mobile = mobile
    }
  }

  /// One request to a help desk.
  public struct DeskTicket: Hashable, Sendable {
    /// `subject`, mandatory.
    public var subject: String
    /// `Open`, `On Hold`, `Escalated`, `Closed` or one of the portal's own.
    public var status: String
    /// Who asked: the e-mail address of one of the portal's contacts; nil for nobody known.
    public var contactEmail: String?

    /// A ticket; its number follows from its place.
    public init(subject: String, status: String = "Open", contactEmail: String? = nil) {
      self.subject = subject
      self.status = status
      self.contactEmail = contactEmail
    }
  }
}
