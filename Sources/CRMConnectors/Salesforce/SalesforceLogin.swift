import HTTPTypes
import Primitives

/// The SOAP partner API's `login`, the one way in that takes just what the appliance's page asks for: user name,
/// password, security token (that the appliance takes it is assumed).
///
/// Up to version 64.0, off in organisations made since Winter '26 unless switched on, gone in Summer '27 (documented).
enum SalesforceLogin {
  /// The token stands behind the password, with nothing in between (documented).
  static func request(
    _ credentials: PasswordCredentials, securityToken: Secret, at host: SalesforceHost, version: String
  ) -> DialectRequest {
    let name = XMLText.escaped(credentials.userName)
    let password = XMLText.escaped(credentials.password.value + securityToken.value)
    let body =
      #"<?xml version="1.0" encoding="utf-8"?><env:Envelope xmlns:env="http://schemas.xmlsoap.org/soap/envelope/">"#
      + #"<env:Body><login xmlns="urn:partner.soap.sforce.com"><username>\#(name)</username>"#
      + "<password>\(password)</password></login></env:Body></env:Envelope>"
    var request = HTTPRequest(
      method: .post, scheme: "https", authority: host.authority, path: "/services/Soap/u/" + version)
    request.headerFields[.contentType] = "text/xml; charset=UTF-8"
    if let action = HTTPField.Name("SOAPAction") { request.headerFields[action] = "login" }
    return DialectRequest(purpose: .token, request: request, body: Array(body.utf8))
  }

  static func read(
    _ answer: CRMAnswer, host: SalesforceHost, settings: ConnectorSettings
  ) throws(CRMRefusal) -> CRMSession {
    switch answer {
    case .unreachable(let reason): throw CRMRefusal(reason)
    case .response(let response, let body):
      let status = response.status.code
      if (300..<400).contains(status) { throw CRMRefusal(.redirected, status: status, reason: .redirected) }
      guard body.count <= settings.maximumAnswerBytes else { throw CRMRefusal(.answerTooLarge, status: status) }
      guard let values = SOAPText(body)?.values else {
        throw CRMRefusal(.unreadableAnswer, status: status, reason: status >= 500 ? .serverError : .unreadableAnswer)
      }
      if let fault = values["Envelope/Body/Fault/faultcode"] { throw refusal(fault, status: status) }
      let result = { (name: String) in values["Envelope/Body/loginResponse/result/" + name] }
      guard status == 200, let session = result("sessionId"), SalesforceAnswer.isToken(session),
        let server = result("serverUrl")
      else { throw CRMRefusal(.unexpectedShape, status: status) }
      // Such a session can do nothing but set a new password (recalled).
      if result("passwordExpired") == "true" {
        throw CRMRefusal(status: status, code: "PASSWORD_EXPIRED", kind: .refused, reason: .credentialsWrong)
      }
      guard let instance = host.instance(server, in: settings.salesforce.instanceDomains) else {
        throw CRMRefusal(.redirected, status: status, reason: .redirected)
      }
      return CRMSession(
        value: Secret(session), apiHost: instance, expiry: .distantFuture,
        userID: (result("userId") ?? result("userInfo/userId")).flatMap(SalesforceAnswer.recordID))
    }
  }

  /// `sf:INVALID_LOGIN` and the like; the texts beside the codes are people's to read and change.
  private static func refusal(_ fault: String, status: Int) -> CRMRefusal {
    let code = String(fault.split(separator: ":").last ?? "")
    let (kind, reason): (CRMRefusal.Kind, LogoutReason) =
      switch code {
      case "INVALID_LOGIN", "PASSWORD_LOCKOUT", "LOGIN_MUST_USE_SECURITY_TOKEN",
        "INVALID_OPERATION_WITH_EXPIRED_PASSWORD":
        (.refused, .credentialsWrong)
      case "API_DISABLED_FOR_ORG", "LOGIN_DURING_RESTRICTED_DOMAIN", "LOGIN_DURING_RESTRICTED_TIME",
        "INSUFFICIENT_ACCESS", "FUNCTIONALITY_NOT_ENABLED":
        (.refused, .noPermission)
      // The first where the login is switched off (observed in issue threads), the second for versions from 65.0
      // (assumed).
      case "INVALID_OPERATION", "UNSUPPORTED_API_VERSION": (.refused, .loginRetired)
      case "REQUEST_LIMIT_EXCEEDED", "LOGIN_RATE_EXCEEDED": (.throttled, .throttled)
      case "SERVER_UNAVAILABLE", "API_CURRENTLY_DISABLED", "UNKNOWN_EXCEPTION", "Server":
        (.unavailable, .serverError)
      default: (.refused, .loginRefused)
      }
    return CRMRefusal(
      status: status, code: SalesforceAnswer.speakable(code) ?? ConnectorFault.unknownCode.rawValue, kind: kind,
      reason: reason)
  }
}
