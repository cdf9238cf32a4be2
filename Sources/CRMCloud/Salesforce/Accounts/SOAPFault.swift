/// Why a SOAP login is refused: status 500 and a fault whose code stands behind `sf:` (documented; the messages that
/// other programs tell faults by are as many people have copied them, reported).
struct SOAPFault: Error, Hashable {
  let code: String
  let message: String

  static let invalidLogin = Self(
    code: "INVALID_LOGIN", message: "Invalid username, password, security token; or user locked out.")
  static let lockedOut = Self(code: "PASSWORD_LOCKOUT", message: "The user is locked out after too many passwords.")
  static let apiDisabled = Self(code: "API_DISABLED_FOR_ORG", message: "The API is not enabled for this user.")
  static let switchedOff = Self(
    code: "INVALID_OPERATION", message: "SOAP API login() is disabled by default in this org.")
  static let retired = Self(code: "INVALID_OPERATION", message: "SOAP API login() is retired.")
  static let wrongVersion = Self(
    code: "UNSUPPORTED_API_VERSION", message: "SOAP API login() is not available in this version of the API.")
  static let limitExceeded = Self(code: "REQUEST_LIMIT_EXCEEDED", message: "TotalRequests Limit exceeded.")
  static let unreadable = Self(code: "UNKNOWN_EXCEPTION", message: "The request is no login.")

  var answer: CloudResponse {
    .xml(
      500,
      #"<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope "#
        + #"xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:sf="urn:fault.partner.soap.sforce.com" "#
        + #"xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body><soapenv:Fault>"#
        + "<faultcode>sf:\(code)</faultcode><faultstring>\(code): \(message)</faultstring>"
        + #"<detail><sf:LoginFault xsi:type="sf:LoginFault"><sf:exceptionCode>\#(code)</sf:exceptionCode>"#
        + "<sf:exceptionMessage>\(message)</sf:exceptionMessage></sf:LoginFault></detail></soapenv:Fault>"
        + "</soapenv:Body></soapenv:Envelope>")
  }
}
