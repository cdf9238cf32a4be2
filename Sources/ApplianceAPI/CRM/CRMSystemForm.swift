public import Primitives

/// A CRM system as the administrator's menu offers it: where it is, and what its user's page asks for.
///
/// Keys and lengths of SugarCRM and Salesforce are those of the web interface of 2017 (observed). That Zoho v1 asks for
/// a security token, and Zoho v2 for a client's id and secret and a refresh token, is documented; their keys and
/// lengths, and that vTiger asks as SugarCRM does, are assumed.
public struct CRMSystemForm: Hashable, Sendable {
  /// What can be entered as the server's address.
  public enum Place: Hashable, Sendable {
    /// Of an installation of one's own; begins with `http://` or `https://`.
    case own
    /// One of these (documented: a pick list for Zoho).
    case oneOf([String])
    /// Everybody's, unless another is entered.
    case standard(String)
  }

  /// One field of the user's page.
  public struct Field: Hashable, Sendable {
    /// What can be entered.
    public enum Kind: Hashable, Sendable {
      case text
      /// Never sent to a browser.
      case secret
      case integer
      case boolean
      case choice([String])
    }

    /// The key at the APIs and in the form.
    public var name: String
    /// As the page calls it.
    public var label: String
    /// What can be entered.
    public var kind: Kind
    /// Characters it takes.
    public var charactersMax: Int
    /// What holds where nothing is entered; nil where something has to be.
    public var standard: String?
    /// A sentence of help; empty for none.
    public var hint: String

    /// A field that has to be filled in unless it has a standard.
    public init(
      _ name: String, _ label: String, _ kind: Kind, charactersMax: Int = 64, standard: String? = nil,
      hint: String = ""
    ) {
      self.name = name
      self.label = label
      self.kind = kind
      self.charactersMax = charactersMax
      self.standard = standard
      self.hint = hint
    }

    /// Whether it is never shown.
    public var isSecret: Bool { kind == .secret }

    /// Whether the value is one of its kind; an empty one is none, and of every kind.
    public func takes(_ value: Secret) -> Bool {
      let text = value.value
      guard text.count <= charactersMax, text.utf8.count <= APIParameters.bytesMax else { return false }
      switch kind {
      case .text, .secret: return !text.unicodeScalars.contains { $0.value < 32 || $0.value == 127 }
      case .integer: return text.isEmpty || Int64(text) != nil
      case .boolean: return ["", "true", "false"].contains(text)
      case .choice(let words): return text.isEmpty || words.contains(text)
      }
    }
  }

  /// As in `crm_module`: `sugarcrm`, `salesforce` (observed), others by their command-line names (assumed).
  public var module: String
  /// As the menu shows it.
  public var name: String
  /// What can be entered as the server's address.
  public var place: Place
  /// In the order of the page.
  public var fields: [Field]
  /// What can be looked up.
  public var lookups: [CRMPages.Lookup]
  /// Where an unknown number can be added; empty for nowhere.
  public var adds: [CRMPages.Lookup]
  /// Whether unknown numbers may also be added nowhere.
  public var mayAddNowhere = false

  /// A system that looks up and adds everything.
  public init(_ module: String, _ name: String, at place: Place, fields: [Field]) {
    self.module = module
    self.name = name
    self.place = place
    self.fields = fields
    lookups = CRMPages.Lookup.allCases
    adds = CRMPages.Lookup.allCases
  }

  /// The first field that is missing, as far as this system is concerned; nil where all are there.
  public func missingField(in values: [String: Secret]) -> Field? {
    fields.first { $0.standard == nil && (values[$0.name]?.value ?? "").isEmpty }
  }
}

extension CRMSystemForm {
  /// What the page of 2017 asks for whatever the system (observed).
  static let userAndPassword = [
    Field("crm_username", "Username", .text), Field("crm_password", "Password", .secret),
  ]
  static let securityToken = Field("security_token", "Security Token", .secret, charactersMax: 128)

  /// Every system there is a client of, in the order of the vendor's list.
  ///
  /// - Parameters:
  ///   - zohoV1: addresses of Zoho's servers for version 1 of its API; none for any.
  ///   - zohoV2: the same for version 2.
  public static func all(zohoV1: [String] = [], zohoV2: [String] = []) -> [CRMSystemForm] {
    [
      CRMSystemForm("sugarcrm", "SugarCRM", at: .own, fields: userAndPassword),
      CRMSystemForm(
        "salesforce", "Salesforce", at: .standard("https://login.salesforce.com"),
        fields: userAndPassword + [securityToken]),
      CRMSystemForm("zoho-v1", "ZohoCRM v1", at: zohoV1.isEmpty ? .own : .oneOf(zohoV1), fields: [securityToken]),
      CRMSystemForm(
        "zoho-v2", "ZohoCRM v2", at: zohoV2.isEmpty ? .own : .oneOf(zohoV2),
        fields: [
          Field("client_id", "Client ID", .text, charactersMax: 256),
          Field("client_secret", "Client Secret", .secret, charactersMax: 256),
          Field("refresh_token", "Refresh Token", .secret, charactersMax: 256),
        ]),
      CRMSystemForm(
        "vtiger", "vTigerCRM", at: .own,
        fields: [
          Field("crm_username", "Username", .text),
          Field(
            "crm_password", "Access Key", .secret,
            hint: "Of My Preferences in vTiger, not the password of its login page."),
        ]),
    ]
  }
}
