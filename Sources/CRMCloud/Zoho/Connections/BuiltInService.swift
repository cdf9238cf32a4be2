import Primitives

/// Services that connections lead to without a form of addresses (named by the guide; Zoho's own is documented).
///
/// Their clients are Zoho's: registered with the provider when the cloud begins, with Zoho's when first used.
enum BuiltInService: String, Codable, Hashable, CaseIterable {
  case zohoOAuth = "zoho_oauth"
  case googleContacts = "google_contacts"
  case googleCalendar = "google_calendar"
  case googleAds = "google_ads"
  case microsoftOffice = "microsoft_office"
  case microsoftOutlook = "microsoft_outlook"

  /// Of the apps registered with the providers.
  static let appName = "Zoho"

  var name: String {
    switch self {
    case .zohoOAuth: "Zoho OAuth"
    case .googleContacts: "Google Contacts"
    case .googleCalendar: "Google Calendar"
    case .googleAds: "Google Ads"
    case .microsoftOffice: "Microsoft Office"
    case .microsoftOutlook: "Microsoft Outlook"
    }
  }

  /// nil for Zoho.
  var provider: OutsideProvider? {
    switch self {
    case .zohoOAuth: nil
    case .googleContacts, .googleCalendar, .googleAds: .google
    case .microsoftOffice, .microsoftOutlook: .microsoft
    }
  }

  /// Asked for where the connection names none.
  var defaultScopes: [String] {
    switch self {
    case .zohoOAuth: ["ZohoCRM.modules.ALL"]
    case .googleContacts: ["https://www.googleapis.com/auth/contacts"]
    case .googleCalendar: ["https://www.googleapis.com/auth/calendar"]
    case .googleAds: ["https://www.googleapis.com/auth/adwords"]
    case .microsoftOffice: ["offline_access", "User.Read", "Files.Read"]
    case .microsoftOutlook: ["offline_access", "User.Read", "Contacts.Read", "Mail.Read"]
    }
  }

  var service: ZohoConnections.Service {
    let addresses =
      switch provider {
      case .google:
        OAuthService(
          requestURL: "https://accounts.google.com/o/oauth2/v2/auth?access_type=offline&prompt=consent",
          accessTokenURL: "https://oauth2.googleapis.com/token",
          refreshTokenURL: "https://oauth2.googleapis.com/token")
      case .microsoft:
        OAuthService(
          requestURL: "https://login.microsoftonline.com/common/oauth2/v2.0/authorize",
          accessTokenURL: "https://login.microsoftonline.com/common/oauth2/v2.0/token",
          refreshTokenURL: "https://login.microsoftonline.com/common/oauth2/v2.0/token")
      case .mailChimp, .dropbox, .pandaDoc, nil:
        OAuthService(requestURL: "", accessTokenURL: "", refreshTokenURL: "")
      }
    return ZohoConnections.Service(id: rawValue, name: name, oauth: addresses, builtIn: self)
  }
}

extension ZohoCloud {
  /// Every data centre's address where consents for connections end (documented for `.com`).
  static var connectionCallbacks: [String] { ZohoHosts.all.map { "https://\($0.deluge)/delugeauth/callback" } }

  /// Registers Zoho with the providers of its built-in services.
  mutating func registerBuiltInServices() {
    for provider in [OutsideProvider.google, .microsoft] {
      _ = outside[provider].register(BuiltInService.appName, redirectURIs: Self.connectionCallbacks)
    }
  }

  /// A service with the client it is used by; for those of the organisation, the one they were defined with.
  func oauthService(_ service: ZohoConnections.Service, at centre: Int) -> OAuthService {
    guard let builtIn = service.builtIn else { return service.oauth }
    var oauth = service.oauth
    if let provider = builtIn.provider {
      let app = outside[provider].apps.first { $0.name == BuiltInService.appName }
      oauth.clientID = app?.id ?? ""
      oauth.clientSecret = app?.secret ?? Secret("")
      return oauth
    }
    let hosts = ZohoHosts.at(centres[centre].location)
    let accounts = "https://" + (hosts?.accounts ?? "")
    oauth.requestURL = accounts + "/oauth/v2/auth?access_type=offline&prompt=consent"
    oauth.accessTokenURL = accounts + "/oauth/v2/token"
    oauth.refreshTokenURL = oauth.accessTokenURL
    oauth.clientID = Self.connectionsClientID
    oauth.clientSecret = clients[Self.connectionsClientID]?.secrets[centres[centre].location] ?? Secret("")
    return oauth
  }

  private static let connectionsClientID = "1000.ZOHOCONNECTIONSZOHOCONNECTIONS"

  /// Registers the client of Zoho's own connections; it belongs to nobody's console.
  mutating func registerConnectionsClient() {
    guard clients[Self.connectionsClientID] == nil else { return }
    let secrets = ZohoHosts.all.indices.map { index in
      centres.indices.contains(index) ? centres[index].authorizations.newState() : ""
    }
    let byLocation = Dictionary(
      zip(ZohoHosts.all.map(\.location), secrets.map { Secret($0) }), uniquingKeysWith: { first, _ in first })
    _ = clients.add(
      ZohoClient(
        id: Self.connectionsClientID, kind: .serverBased, name: "Zoho Connections", homepage: "https://www.zoho.com",
        redirectURIs: Self.connectionCallbacks, ownerZUID: "0", home: "us", secrets: byLocation))
  }
}
