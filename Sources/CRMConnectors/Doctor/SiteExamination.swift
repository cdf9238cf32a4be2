/// What the admin's page and the users' pages show by themselves.
struct SiteExamination {
  let settings: CRMSettings
  let users: [SetUpUser]
  let options: SetUpDoctor.Options

  var checks: [SetUpCheck] { [serverAddress, contactLookups, usersAsAWhole] }

  private var serverAddress: SetUpCheck {
    switch settings.system {
    case .zohoV1, .zohoV2: break
    case .vtiger, .sugarCRM: return serverAddressOfOnesOwn
    case .salesforce: return check(.serverAddress, .ok, "Salesforce tells where an organisation is when a user logs in")
    case .described: return check(.serverAddress, .ok, "the description of the CRM says where it is")
    }
    if users.contains(where: \.isOfV1) { return serverAddressOfV1 }
    do throws(ZohoServerAddressError) {
      let centre = try ZohoDataCentre(serverAddress: settings.serverAddress)
      let host = ZohoDataCentre.httpsHost(of: settings.serverAddress) ?? ""
      let region =
        "\(host) is Zoho's API in the region `\(centre.location)`, whose accounts host is "
        + centre.accountsHost
      guard centre.apiHostAliases.contains(host) else { return check(.serverAddress, .ok, region) }
      return check(
        .serverAddress, .ok,
        "\(region); the appliance's guide names this host, Zoho documents only \(centre.apiHost), which is asked"
      )
    } catch {
      return check(
        .serverAddress, .wrong, error.description,
        [.init("pick the address of the region in which the Zoho account is", at: SetUpPlaces.adminPage)])
    }
  }

  private var serverAddressOfOnesOwn: SetUpCheck {
    do throws(ServerAddressError) {
      let address = try ServerAddress(settings.serverAddress)
      let place = "\(address.authority) is asked below \(address.path.isEmpty ? "/" : address.path)"
      guard address.scheme == "http" else { return check(.serverAddress, .ok, place) }
      return check(.serverAddress, .ok, place + ", without TLS: whoever is in between reads names and passwords")
    } catch {
      return check(
        .serverAddress, .wrong, error.description,
        [.init("enter the address of the installation, as https://crm.example.com/crm", at: SetUpPlaces.adminPage)])
    }
  }

  /// Where the server address leads; nil for nowhere.
  static func centre(of settings: CRMSettings, users: [SetUpUser]) -> ZohoDataCentre? {
    guard users.contains(where: \.isOfV1) else { return try? ZohoDataCentre(serverAddress: settings.serverAddress) }
    let host = ZohoDataCentre.httpsHost(of: settings.serverAddress)
    return ZohoDataCentre.all.first { $0.crmHost == host }
  }

  private var serverAddressOfV1: SetUpCheck {
    if let centre = Self.centre(of: settings, users: users) {
      return check(
        .serverAddress, .ok,
        "\(centre.crmHost) is Zoho's CRM in the region `\(centre.location)`, which serves version 1"
      )
    }
    let right = (try? ZohoDataCentre(serverAddress: settings.serverAddress)).map { [$0] } ?? ZohoDataCentre.all
    let known = right.map { "https://" + $0.crmHost }.joined(separator: ", ")
    return check(
      .serverAddress, .wrong, "the server address is none of Zoho's for version 1 of the API",
      [.init("pick \(known)", at: SetUpPlaces.adminPage)])
  }

  private var contactLookups: SetUpCheck {
    let names = settings.contactLookups.map(\.zohoModule).joined(separator: ", then ")
    guard !settings.contactLookups.isEmpty else {
      return check(
        .contactLookups, .wrong, "no table is looked up, so no caller is ever known",
        [.init("choose at least one of Contacts, Leads, Accounts", at: SetUpPlaces.adminPage)])
    }
    guard Set(settings.contactLookups).count == settings.contactLookups.count else {
      return check(
        .contactLookups, .wrong, "a table is looked up twice: \(names)",
        [.init("keep each table once", at: SetUpPlaces.adminPage)])
    }
    guard let table = settings.addUnknownNumber else {
      return check(.contactLookups, .ok, "asks \(names); an unknown number is added nowhere")
    }
    guard settings.contactLookups.contains(table) else {
      return check(
        .contactLookups, .wrong,
        "an unknown number is added to \(table.zohoModule), which is never looked up: each call adds it again",
        [.init("add \(table.zohoModule) to Contact Lookups, or add to one of \(names)", at: SetUpPlaces.adminPage)])
    }
    return check(.contactLookups, .ok, "asks \(names); an unknown number is added to \(table.zohoModule)")
  }

  private var usersAsAWhole: SetUpCheck {
    let enabled = users.filter(\.isEnabled)
    let count = enabled.reduce(0) { $0 + $1.extensions.count }
    guard count > 0 else {
      return check(
        .users, .wrong, "no extension has CRM enabled, so nothing is looked up or logged for anybody",
        [.init("fill in the page of each user who works with the CRM, and enable CRM there", at: SetUpPlaces.userPage)])
    }
    var notes = ["\(counted(count, "extension")) with CRM enabled, \(counted(enabled.count, "set")) of credentials"]
    for user in enabled where user.extensions.count > 1 && user.credentials.system == .zohoV2 {
      notes.append(
        "\(Self.list(user.extensions)) share one token: Zoho gives 10 access tokens in 10 minutes for it, "
          + "so where each extension refreshes by itself, as after a restart, an eleventh is refused")
    }
    var perClient: [String: Int] = [:]
    for user in enabled {
      if case .zohoV2(let entered) = user.credentials { perClient[entered.clientID, default: 0] += 1 }
    }
    if let most = perClient.values.max(), most > 20 {
      notes.append(
        "\(most) refresh tokens are of one client: Zoho keeps 20 of one user and drops the oldest without a word, "
          + "so let at least \((most + 19) / 20) users make them")
    }
    return check(.users, .ok, notes.joined(separator: "; "))
  }

  /// What nobody can ask, said once for the site.
  static func notes(_ settings: CRMSettings, users: [SetUpUser], isRead: Bool) -> [SetUpCheck] {
    guard isRead, settings.system == .zohoV2, !users.contains(where: \.isOfV1) else { return [] }
    let redirect = SetUpCheck(
      point: .redirectURI, extensions: [], status: .notChecked,
      finding: "used only while a code is made through the browser, where it has to equal a registered one character "
        + "for character; a code of the Self Client needs none", remedies: [], asked: [])
    guard settings.addUnknownNumber != nil else { return [redirect] }
    let delay = SetUpCheck(
      point: .indexDelay, extensions: [], status: .notChecked,
      finding: "a caller just added is found by searches only after a while, of unknown length; until then the "
        + "appliance answers from memory", remedies: [], asked: [])
    return [redirect, delay]
  }

  /// `1000, 1001, 1002 and 5 more`.
  static func list(_ extensions: [String]) -> String {
    let shown = extensions.prefix(6).joined(separator: ", ")
    return extensions.count > 6 ? "\(shown) and \(extensions.count - 6) more" : shown
  }

  private func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }

  private func check(
    _ point: SetUpPoint, _ status: SetUpCheck.Status, _ finding: String, _ remedies: [SetUpCheck.Remedy] = []
  ) -> SetUpCheck {
    SetUpCheck(point: point, extensions: [], status: status, finding: finding, remedies: remedies, asked: [])
  }
}
