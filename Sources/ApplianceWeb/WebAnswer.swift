public import ApplianceAPI
import CloudPages
public import HTTPTypes

/// What the web interface answers, and what has to be done for it.
public struct WebAnswer: Hashable, Sendable {
  /// Status and header fields.
  public var response: HTTPResponse
  /// May be empty.
  public var body: [UInt8]
  /// Rows that follow as the body, all that match; nil for none.
  public var rows: CDRRequest?
  /// Whether it is of the model beside the one that is served.
  public internal(set) var isOfBeside = false
  /// What somebody wants of the trace's clock.
  public var command: ClockCommand?
  /// The number of the request to the CRM that is to be sent once more, by hand.
  public var repeats: Int?
  /// What has to be compared before there is an answer; then this one is none.
  public internal(set) var check: PasswordCheck?

  init(_ status: HTTPResponse.Status, _ type: String?, _ body: [UInt8]) {
    response = HTTPResponse(status: status)
    if let type { response.headerFields[.contentType] = type }
    // Pages belong to who is signed in; nothing inline and nothing from elsewhere may run or be shown.
    response.headerFields[.cacheControl] = "no-store"
    response.headerFields[.contentSecurityPolicy] = Self.policy
    for (name, value) in Self.fields {
      if let name = HTTPField.Name(name) { response.headerFields[name] = value }
    }
    self.body = body
  }

  static let policy =
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    + "frame-ancestors 'none'; base-uri 'none'"
  private static let fields = [
    ("X-Content-Type-Options", "nosniff"), ("X-Frame-Options", "DENY"), ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
  ]

  static func page(_ page: Page, _ status: HTTPResponse.Status = .ok) -> WebAnswer {
    WebAnswer(status, "text/html; charset=utf-8", page.html())
  }

  /// The changing part of a page that is there already.
  static func fragment(_ blocks: [PageBlock]) -> WebAnswer {
    WebAnswer(.ok, "text/html; charset=utf-8", Page.fragment(blocks))
  }

  /// Leads on with a GET.
  static func redirect(_ path: String) -> WebAnswer {
    var answer = WebAnswer(.seeOther, nil, [])
    answer.response.headerFields[.location] = path
    return answer
  }

  mutating func setCookie(_ name: String, _ value: String, isSecure: Bool, isOver: Bool = false) {
    let parts =
      ["\(name)=\(value)", "Path=/", "HttpOnly", "SameSite=Strict"] + (isSecure ? ["Secure"] : [])
      + (isOver ? ["Max-Age=0"] : [])
    response.headerFields.append(HTTPField(name: .setCookie, value: parts.joined(separator: "; ")))
  }
}
