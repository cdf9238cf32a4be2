import ApplianceAPI
import HTTPTypes

/// A request as the pages read it.
struct WebRequest {
  let path: String
  let isPost: Bool
  private let request: HTTPRequest
  private let query: [(name: String, value: String)]
  private let form: [(name: String, value: String)]

  /// A longer value is no value.
  private static let bytesMax = 4096

  init(_ request: HTTPRequest, body: [UInt8]) {
    self.request = request
    let target = request.path ?? ""
    path = String(target.prefix { $0 != "?" })
    isPost = request.method == .post
    query = QueryText(target).pairs
    let isForm = request.headerFields[.contentType]?.lowercased().hasPrefix("application/x-www-form-urlencoded")
    form = isPost && isForm == true ? QueryText("?" + String(decoding: body, as: UTF8.self)).pairs : []
  }

  /// Whether it only asks.
  var isRead: Bool { request.method == .get || request.method == .head }

  /// The text behind the question mark, with it; empty for none.
  var queryText: String { String((request.path ?? "").drop { $0 != "?" }) }

  /// What the form sent, but for its proof.
  var fields: [(name: String, value: String)] { form.filter { $0.name != "csrf" } }

  /// What stands in the address, empty fields of a form left out.
  var conditions: [(name: String, value: String)] { query.filter { !$0.value.isEmpty } }

  /// The first of that name; nil for none, and for one that is too long.
  func value(_ name: String) -> String? { Self.value(name, isPost ? form : query) }

  /// Whether the form sent something of that name that is no value for its length.
  func isTooLong(_ name: String) -> Bool {
    (form.first { $0.name == name }?.value.utf8.count ?? 0) > Self.bytesMax
  }

  private static func value(_ name: String, _ pairs: [(name: String, value: String)]) -> String? {
    guard let value = pairs.first(where: { $0.name == name })?.value, value.utf8.count <= bytesMax else { return nil }
    return value
  }

  func cookie(_ name: String) -> String? {
    for header in request.headerFields[values: .cookie] {
      for part in header.split(separator: ";", maxSplits: 64) {
        let pair = part.drop { $0 == " " }
        if pair.hasPrefix(name + "=") { return String(pair.dropFirst(name.count + 1)) }
      }
    }
    return nil
  }

  /// Whether a browser says that another site's page sent it.
  var isForeign: Bool {
    guard let name = HTTPField.Name("Sec-Fetch-Site"), let site = request.headerFields[name] else { return false }
    return site == "cross-site" || site == "same-site"
  }
}
