import HTTPTypes
import Primitives

extension SalesforceCloud {
  /// `/services/Soap/u/64.0`: one method, `login` (documented: ends with 64.0, off by date, gone by date).
  mutating func respondAsSOAP(_ request: CloudRequest, _ now: Instant) -> CloudResponse {
    guard request.method == .post else { return .text(405, "POST only") }
    guard let version = request.parts.dropFirst(3).first.flatMap({ SalesforceVersion($0) }),
      (settings.oldestVersion...settings.lastLoginVersion).contains(version.major)
    else { return SOAPFault.wrongVersion.answer }
    guard now < settings.soapLoginEndsAt else { return SOAPFault.retired.answer }
    guard let login = SOAPLoginRequest(request.body) else { return SOAPFault.unreadable.answer }
    switch authenticate(login.userName, login.password, at: request.host, now) {
    case .failure(let fault): return fault.answer
    case .success(let user):
      // That it is off is told to who may know (assumed).
      guard hasSOAPLogin else { return SOAPFault.switchedOff.answer }
      guard users[user].hasAPI else { return SOAPFault.apiDisabled.answer }
      guard !usage.isExhausted else { return SOAPFault.limitExceeded.answer }
      return loggedIn(user, version: version, session: openSession(for: user, at: now))
    }
  }

  private var hasSOAPLogin: Bool {
    switch settings.soapLogin {
    case .on: true
    case .off: false
    case .byDate: createdAt.map { $0 < settings.soapLoginOffFrom } ?? true
    }
  }

  /// The user with this name and password, the security token behind it; wrong ones are counted.
  /// - Parameter inBrowser: whether a person signs in, of whom no security token is wanted (documented).
  mutating func authenticate(
    _ userName: String, _ password: String, at host: String, inBrowser: Bool = false, _ now: Instant
  ) -> Result<Int, SOAPFault> {
    // At another organisation's door nobody knows the user; sandboxes have a door of their own (documented).
    guard host == self.host || host == loginHost,
      let index = users.firstIndex(where: { $0.userName.lowercased() == userName.lowercased() }),
      users[index].isActive, let known = users[index].password
    else { return .failure(.invalidLogin) }
    let token = users[index].securityToken?.value ?? ""
    let needsToken = settings.needsSecurityToken && !inBrowser
    let isRight = password == known.value + token || !needsToken && password == known.value
    guard !users[index].isLocked(at: now) else { return .failure(isRight ? .lockedOut : .invalidLogin) }
    guard isRight else {
      users[index].wrongPasswords += 1
      if users[index].wrongPasswords >= settings.wrongPasswordsMax {
        users[index].wrongPasswords = 0
        users[index].lockedUntil = now + settings.lockout
      }
      return .failure(.invalidLogin)
    }
    users[index].wrongPasswords = 0
    return .success(index)
  }

  private func loggedIn(_ user: Int, version: SalesforceVersion, session: String) -> CloudResponse {
    let server = "https://\(host)/services/Soap/u/\(version)/\(organisationID.prefix(15))"
    let life = settings.sessionLife.nanoseconds / 1_000_000_000
    return .xml(
      200,
      #"<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope "#
        + #"xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns="urn:partner.soap.sforce.com" "#
        + #"xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body><loginResponse><result>"#
        + "<metadataServerUrl>https://\(host)/services/Soap/m/\(version)/\(organisationID.prefix(15))"
        + "</metadataServerUrl><passwordExpired>false</passwordExpired><sandbox>\(isSandbox)</sandbox>"
        + "<serverUrl>\(server)</serverUrl><sessionId>\(session)</sessionId><userId>\(users[user].id)</userId>"
        + "<userInfo><organizationId>\(organisationID)</organizationId><organizationName>\(XMLText.escaped(name))"
        + "</organizationName><sessionSecondsValid>\(life)</sessionSecondsValid>"
        + "<userFullName>\(XMLText.escaped(users[user].fullName))</userFullName><userId>\(users[user].id)</userId>"
        + "<userName>\(XMLText.escaped(users[user].userName))</userName></userInfo></result></loginResponse>"
        + "</soapenv:Body></soapenv:Envelope>")
  }
}
