/// Pages on which a set-up is mended, in the words of the vendors' guides (documented there).
enum SetUpPlaces {
  static let adminPage = "UCM: Web GUI > Value-Added Features > CRM"
  static let userPage = "UCM: User Portal > Value-added Features > CRM User Settings"
  static let connectedApps = "Zoho Accounts > Active Sessions > Connected Apps"

  static func clientSecret(_ centre: ZohoDataCentre) -> String { console(centre) + " > the client > Client Secret" }
  static func multiDC(_ centre: ZohoDataCentre) -> String { console(centre) + " > the client > Settings (Multi-DC)" }
  static func generateCode(_ centre: ZohoDataCentre) -> String { console(centre) + " > Self Client > Generate Code" }
  /// That the way to the profiles is this is assumed; the permission's name is documented.
  static let profiles = "Zoho CRM > Setup > Profiles > the user's profile > Zoho CRM API Access"

  private static func console(_ centre: ZohoDataCentre) -> String {
    "API Console (api-console" + centre.accountsHost.dropFirst("accounts".count) + ")"
  }
}
