import HTTPTypes
import JSON
import Primitives

extension ZohoCloud {
  /// Every endpoint needs it (documented for the call log; that the others need it too is assumed).
  static let phoneBridgeScope = "PhoneBridge.call.log"

  /// `www.zohoapis.*/phonebridge/v3/…`. Checks in the order path, token, scope, method, parameters (assumed).
  mutating func respondAsPhoneBridge(_ request: CloudRequest, at centre: Int, _ now: Instant) -> CloudResponse {
    do throws(ZohoPhoneBridgeError) {
      guard request.parts.count == 3, request.parts.starts(with: ["phonebridge", "v3"]) else { throw .unknownPath }
      let session = try phoneBridgeSession(request, at: centre, now)
      // A user switched off in the CRM keeps the account, and the tokens open nothing (assumed to be told like this).
      guard session.environment == .production, let index = centres[centre].organisationIndex(of: session),
        centres[centre].organisations[index].user(zuid: session.zuid)?.status == .active
      else {
        throw .token(.invalidToken, status: settings.phoneBridgeTokenErrorStatus)
      }
      switch (request.parts[2], request.method) {
      case ("integrate", .post), ("integrate", .delete):
        try integrate(request.method == .post, session, index, at: centre)
      case ("users", .get): return .json(200, centres[centre].organisations[index].phoneBridgeUsers)
      case ("callnotify", .post):
        let notification = try ZohoCallNotification(request.parameters)
        let record = try centres[centre].organisations[index].notify(notification, session, at: now)
        return Self.notified(record)
      case ("clicktodial", .post), ("clicktodial", .delete), ("callcontrol", .post), ("callcontrol", .delete):
        try centres[centre].organisations[index].setTelephony(
          request.parts[2], isEnabled: request.method == .post, request.parameters, session)
      case ("clicktodialerror", .post):
        try centres[centre].organisations[index].noteDialError(request.parameters, at: now)
      case ("integrate", _), ("users", _), ("callnotify", _), ("clicktodial", _), ("callcontrol", _),
        ("clicktodialerror", _):
        throw .wrongMethod
      case (_, _): throw .unknownPath
      }
      return .json(200, ["message": "success", "status": "success", "code": "SUCCESS"])
    } catch {
      return error.response
    }
  }

  private func phoneBridgeSession(
    _ request: CloudRequest, at centre: Int, _ now: Instant
  ) throws(ZohoPhoneBridgeError) -> ZohoTokenStore.Session {
    let status = settings.phoneBridgeTokenErrorStatus
    let found: ZohoTokenStore.Session
    do throws(ZohoRequestError) {
      found = try session(request, at: centre, now)
    } catch {
      throw .token(error, status: status)
    }
    guard settings.scopeEnforcement == .lenient || found.scopes.contain(Self.phoneBridgeScope) else {
      throw .token(.scopeMismatch, status: status)
    }
    return found
  }

  /// Lets the client's provider act for the token's user, or no longer.
  private mutating func integrate(
    _ isEnabled: Bool, _ session: ZohoTokenStore.Session, _ index: Int, at centre: Int
  ) throws(ZohoPhoneBridgeError) {
    guard settings.phoneBridgeProviders?.contains(session.clientID) ?? true else { throw .providerNotRegistered }
    var provider = centres[centre].organisations[index].phoneBridge.providers[session.zuid] ?? .init()
    if let enabled = provider.clientID, enabled != session.clientID { throw .otherProvider }
    provider.clientID = isEnabled ? session.clientID : nil
    centres[centre].organisations[index].phoneBridge.providers[session.zuid] = provider.isEmpty ? nil : provider
  }

  /// The answer, and beside it which record PhoneBridge wrote by itself: a journal then shows who else logs the call.
  private static func notified(_ recordID: String?) -> CloudResponse {
    var answer = CloudResponse.json(200, ["status": "success", "code": "SUCCESS"])
    if let recordID, let name = HTTPField.Name("Ucmsim-Record-Written") {
      answer.response.headerFields[name] = "Calls/\(recordID)"
    }
    return answer
  }
}
