import CloudPages
import HTTPTypes
import Primitives

extension ZohoCloud {
  private static var devicePath: String { "/oauth/v3/device" }

  /// `/oauth/v3/device`: the user types the device's code, chooses and consents as for any client.
  mutating func verifyDevice(_ request: CloudRequest, at centre: Int, _ now: Instant) -> CloudResponse {
    guard request.method == .get || request.method == .post else { return .empty(405) }
    guard let visitor = signedIn(request, at: centre) else { return signInFirst(request, at: centre) }
    guard request.method == .post else {
      return userCodePage(request.query["user_code"] ?? "", visitor.session, at: centre)
    }
    guard request.form["csrf"] == visitor.session.formToken else { return forgedForm(visitor.session, at: centre) }
    let userCode = request.form["user_code"] ?? ""
    // The device may have asked in another data centre than its user's (documented: Multi-DC of such clients).
    guard let origin = centres.firstIndex(where: { $0.accounts.devices.waiting(userCode: userCode, at: now) != nil }),
      let entry = centres[origin].accounts.devices.waiting(userCode: userCode, at: now)
    else {
      return userCodePage(userCode, visitor.session, error: "The code is not valid or has expired.", at: centre)
    }
    guard let client = clients.client(entry.clientID, in: centres[centre].location) else {
      return userCodePage(
        userCode, visitor.session, error: "The device's client is not enabled in your data centre.", at: centre)
    }
    if request.form["decision"] == "reject" {
      centres[origin].accounts.devices.update(entry.deviceCode) { $0.state = .rejected }
      return deviceDone("You rejected the device.", .information, visitor.session, at: centre)
    }
    if !entry.promptsConsent, request.form["decision"] == nil,
      let known = consent(of: visitor.person.zuid, to: client.id, entry.scopes, at: centre)
    {
      accept(entry, known, withRefreshToken: false, from: origin, at: centre)
      return deviceDone("The device is connected.", .success, visitor.session, at: centre)
    }
    return choose(for: entry, of: client, from: origin, request, visitor.person, visitor.session, at: centre, now)
  }

  private mutating func choose(
    for entry: ZohoDeviceCodes.Entry, of client: ZohoClient, from origin: Int, _ request: CloudRequest,
    _ person: ZohoPerson, _ browser: ZohoBrowserSessions.Session, at centre: Int, _ now: Instant
  ) -> CloudResponse {
    let parameters = [(name: "user_code", value: entry.userCode)]
    guard
      let session = session(
        of: client.id, entry.scopes, for: person.zuid, choosing: request.form, at: centre)
    else {
      return tenantPage(
        entry.scopes.servicesWithTenants, for: person, browser, action: Self.devicePath, parameters, at: centre)
    }
    guard request.form["decision"] == "accept" else {
      let consent = ZohoConsent(
        session: session, clientName: client.name, action: Self.devicePath, parameters)
      return consentPage(consent, browser, at: centre)
    }
    centres[centre].accounts.tokens.connect(session, at: now)
    accept(entry, session, withRefreshToken: entry.isOffline, from: origin, at: centre)
    return deviceDone("The device is connected.", .success, browser, at: centre)
  }

  /// Keeps the answer where the device will find it: polls at the data centre it asked lead it on to the user's.
  private mutating func accept(
    _ entry: ZohoDeviceCodes.Entry, _ session: ZohoTokenStore.Session, withRefreshToken: Bool, from origin: Int,
    at centre: Int
  ) {
    let state = ZohoDeviceCodes.State.accepted(session, withRefreshToken: withRefreshToken)
    guard origin != centre else {
      centres[centre].accounts.devices.update(entry.deviceCode) { $0.state = state }
      return
    }
    let location = centres[centre].location
    centres[origin].accounts.devices.update(entry.deviceCode) { $0.state = .elsewhere(location: location) }
    var copy = entry
    copy.state = state
    copy.polledAt = nil
    centres[centre].accounts.devices.add(copy)
  }

  private func userCodePage(
    _ userCode: String, _ browser: ZohoBrowserSessions.Session, error: String? = nil, at centre: Int
  ) -> CloudResponse {
    let form = PageForm(
      id: "device", action: Self.devicePath, hidden: [.init("csrf", browser.formToken)],
      fields: [PageField("user_code", "Code shown by the device", value: userCode, isRequired: true)],
      buttons: [PageButton("Continue")])
    return accountsPage(
      "Connect a device", browser, [.form(form)], notice: error.map { PageNotice(.error, $0) },
      status: error == nil ? 200 : 400, at: centre)
  }

  private func deviceDone(
    _ text: String, _ kind: PageNotice.Kind, _ browser: ZohoBrowserSessions.Session, at centre: Int
  ) -> CloudResponse {
    accountsPage(
      "Connect a device", browser, [.text("You can close this page.")], notice: PageNotice(kind, text), at: centre)
  }
}
