import HTTPTypes
import Primitives

/// One request as the servers of a cloud look at it.
struct CloudRequest {
  let method: HTTPRequest.Method
  /// Path and query as they were sent.
  let target: String
  /// The authority in lower case, without a port: a cloud behind a local port works.
  let host: String
  /// The path's parts, percent-encoding undone.
  let parts: [String]
  let query: FormParameters
  let headerFields: HTTPFields
  let body: [UInt8]

  init(_ request: HTTPRequest, body: [UInt8]) {
    method = request.method
    let authority = (request.authority ?? "").utf8.prefix { $0 != UInt8(ascii: ":") }
    host = String(decoding: Array(authority), as: UTF8.self).lowercased()
    target = request.path ?? ""
    let target = RequestTarget(target)
    parts = target.parts
    query = target.query
    headerFields = request.headerFields
    self.body = body
  }

  /// `/` and the parts, as answers and links name the place.
  var path: String { "/" + parts.joined(separator: "/") }

  /// The parameters of a form body (`application/x-www-form-urlencoded`); other bodies give none that matter.
  var form: FormParameters { FormParameters(body[...]) }

  /// Parameters wherever they stand: those of the query, then those of the form.
  var parameters: FormParameters { query.followed(by: form) }

  /// The value of a cookie (RFC 6265 section 4.2); nil where it is not sent.
  func cookie(_ name: String) -> String? {
    for field in headerFields[values: .cookie] {
      for pair in field.split(separator: ";", maxSplits: 64) {
        let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        if halves.count == 2, halves[0].filter({ $0 != " " }) == name { return halves[1].filter { $0 != " " } }
      }
    }
    return nil
  }
}
