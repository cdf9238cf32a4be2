extension ZohoCloudData {
  /// A record of Contacts. Phone numbers are kept as typed, as Zoho keeps them.
  public struct Contact: Hashable, Sendable {
    /// Decimal text; nil for one made from the seed.
    public var id: String?
    /// `First_Name`.
    public var firstName: String?
    /// `Last_Name`, mandatory.
    public var lastName: String
    /// `Phone`.
    public var phone: String?
    /// `Home_Phone`.
    public var homePhone: String?
    /// `Other_Phone`.
    public var otherPhone: String?
    /// `Mobile`.
    public var mobile: String?
    /// `Asst_Phone`.
    public var assistantPhone: String?
    /// `Fax`.
    public var fax: String?
    /// `Email`.
    public var email: String?
    /// Name of the account it belongs to, which need not be among `accounts`.
    public var accountName: String?

    /// Everything left out is an empty field.
    public init(
      id: String? = nil, firstName: String? = nil, lastName: String, phone: String? = nil, homePhone: String? = nil,
      otherPhone: String? = nil, mobile: String? = nil, assistantPhone: String? = nil, fax: String? = nil,
      email: String? = nil, accountName: String? = nil
    ) {
      self.id = id
      self.firstName = firstName
      self.lastName = lastName
      self.phone = phone
      self.homePhone = homePhone
      self.otherPhone = otherPhone
      self.mobile = mobile
      self.assistantPhone = assistantPhone
      self.fax = fax
      self.email = email
      self.accountName = accountName
    }
  }

  /// A record of Leads.
  public struct Lead: Hashable, Sendable {
    /// Decimal text; nil for one made from the seed.
    public var id: String?
    /// `First_Name`.
    public var firstName: String?
    /// `Last_Name`, mandatory.
    public var lastName: String
    /// `Company`, mandatory.
    public var company: String
    /// `Phone`.
    public var phone: String?
    /// `Mobile`.
    public var mobile: String?
    /// `Fax`.
    public var fax: String?
    /// `Email`.
    public var email: String?

    /// Everything left out is an empty field.
    public init(
      id: String? = nil, firstName: String? = nil, lastName: String, company: String, phone: String? = nil,
      mobile: String? = nil, fax: String? = nil, email: String? = nil
    ) {
      self.id = id
      self.firstName = firstName
      self.lastName = lastName
      self.company = company
      self.phone = phone
      self.mobile = mobile
      self.fax = fax
      self.email = email
    }
  }

  /// A record of Accounts.
  public struct Account: Hashable, Sendable {
    /// Decimal text; nil for one made from the seed.
    public var id: String?
    /// `Account_Name`, mandatory.
    public var name: String
    /// `Phone`.
    public var phone: String?
    /// `Fax`.
    public var fax: String?

    /// Everything left out is an empty field.
    public init(id: String? = nil, name: String, phone: String? = nil, fax: String? = nil) {
      self.id = id
      self.name = name
      self.phone = phone
      self.fax = fax
    }
  }
}
