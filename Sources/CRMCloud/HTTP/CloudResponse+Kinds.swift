import CloudPages
import HTTPTypes
import JSON
import Primitives

extension CloudResponse {
  static func json(_ status: Int, _ value: JSONValue) -> CloudResponse {
    json(status, bytes: value.bytes())
  }

  /// The same with JSON that is written already.
  static func json(_ status: Int, bytes: [UInt8]) -> CloudResponse {
    typed(status, "application/json;charset=UTF-8", bytes)
  }

  /// A page; browsers may load nothing for it but the style sheet and the script beside it, and keep no copy.
  static func page(_ page: Page, status: Int = 200) -> CloudResponse {
    var answer = typed(status, "text/html;charset=UTF-8", page.html())
    let scripts = page.script == nil ? "" : "script-src 'self'; "
    answer.response.headerFields[.contentSecurityPolicy] =
      "default-src 'none'; style-src 'self'; \(scripts)base-uri 'none'; frame-ancestors 'none'"
    answer.response.headerFields[.cacheControl] = "no-store"
    // Addresses hold codes and tokens; no other host is to read them in a Referer field.
    if let name = HTTPField.Name("Referrer-Policy") { answer.response.headerFields[name] = "no-referrer" }
    return answer
  }

  static func text(_ status: Int, _ text: String) -> CloudResponse {
    typed(status, "text/plain;charset=UTF-8", Array(text.utf8))
  }

  static func xml(_ status: Int, _ text: String) -> CloudResponse {
    typed(status, "text/xml;charset=UTF-8", Array(text.utf8))
  }

  /// To another address, which the browser asks for with GET.
  static func redirect(to location: String, status: Int = 302) -> CloudResponse {
    var answer = empty(status)
    answer.response.headerFields[.location] = location
    return answer
  }

  static func empty(_ status: Int) -> CloudResponse {
    CloudResponse(response: response(status), body: [])
  }

  static func typed(_ status: Int, _ contentType: String, _ body: [UInt8]) -> CloudResponse {
    var response = response(status)
    response.headerFields[.contentType] = contentType
    return CloudResponse(response: response, body: body)
  }

  /// The same with a cookie set (RFC 6265 section 4.1) for every host of `domain`; nil for this host alone.
  func settingCookie(_ name: String, _ value: String, domain: String?) -> CloudResponse {
    var answer = self
    let scope = domain.map { "; Domain=" + $0 } ?? ""
    let field = HTTPField(name: .setCookie, value: "\(name)=\(value)\(scope); Path=/; HttpOnly; Secure; SameSite=Lax")
    answer.response.headerFields.append(field)
    return answer
  }

  /// A status can come from a setting: one outside of HTTP's range is brought into it.
  private static func response(_ status: Int) -> HTTPResponse {
    HTTPResponse(status: HTTPResponse.Status(code: max(100, min(599, status))))
  }
}
