import HTTPTypes
import JSON
import Primitives

/// One `invokeurl`, its entries worked out: what is to be asked, and how the answer is wanted.
struct InvokeURL {
  static let entryNames: Set<String> = [
    "url", "type", "parameters", "headers", "body", "content-type", "connection", "detailed",
  ]

  let method: HTTPRequest.Method
  let address: String
  private(set) var fields: HTTPFields = [:]
  let body: [UInt8]
  /// Link name; nil for a request without one.
  let connection: String?
  let isDetailed: Bool

  /// - Parameter entries: by name, the first of two of one name.
  init(_ entries: [String: JSONValue], line: Int) throws(DelugeError) {
    func failure(_ message: String) -> DelugeError { DelugeError(line: line, message: message) }
    guard let url = entries["url"]?.string, let address = WebAddress(url) else {
      throw failure("invokeurl: " + InnerRequestFailure.malformedAddress.text)
    }
    // GET where nothing is said (documented).
    let type = entries["type"]?.string?.uppercased() ?? "GET"
    guard let method = HTTPRequest.Method(rawValue: type),
      ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD"].contains(type)
    else { throw failure("invokeurl: the type is none of GET, POST, PUT, DELETE, PATCH and HEAD.") }
    self.method = method
    if case .object(let headers)? = entries["headers"] {
      for header in headers.prefix(50) { try fields.set(header, line: line) }
    }
    if let type = entries["content-type"] { try fields.set(.init("Content-Type", type), line: line) }
    isDetailed = entries["detailed"] == .bool(true)
    connection = entries["connection"]?.string
    let content = entries["body"] ?? entries["parameters"]
    let isQuery = entries["body"] == nil && [.get, .delete, .head].contains(method)
    switch content {
    case .object(let members)? where isQuery:
      body = []
      // What the address says already stays; parameters come after it.
      let pairs = members.map { (PercentEncoding.encode($0.name), DelugeText.text(of: $0.value)) }
      self.address =
        address.text + (pairs.isEmpty ? "" : (address.text.contains("?") ? "&" : "?") + PercentEncoding.form(pairs))
    case .object(let members)? where entries["body"] == nil && !fields.isJSON:
      let pairs = members.map { (PercentEncoding.encode($0.name), DelugeText.text(of: $0.value)) }
      body = Array(PercentEncoding.form(pairs).utf8)
      self.address = address.text
      fields.setDefault("application/x-www-form-urlencoded")
    case nil, .null?:
      body = []
      self.address = address.text
    case let value?:
      body = Array(DelugeText.text(of: value).utf8)
      self.address = address.text
      fields.setDefault("application/json")
    }
  }

  /// The answer as the script sees it.
  func value(of answer: CloudResponse) -> JSONValue {
    let text = String(decoding: answer.body, as: UTF8.self)
    guard isDetailed else {
      // Maps and lists are read, everything else is text (documented).
      switch JSONValue(parsing: answer.body) {
      case .object(let members)?: return .object(members)
      case .array(let elements)?: return .array(elements)
      case _: return .string(text)
      }
    }
    let headers = answer.response.headerFields.filter { $0.name != .setCookie }
    return [
      "responseCode": .integer(Int64(answer.response.status.code)), "responseText": .string(text),
      "responseHeader": .object(headers.map { .init($0.name.canonicalName, .string($0.value)) }),
    ]
  }
}

extension HTTPFields {
  fileprivate var isJSON: Bool { self[.contentType]?.lowercased().hasPrefix("application/json") ?? false }

  fileprivate mutating func setDefault(_ contentType: String) {
    if self[.contentType] == nil { self[.contentType] = contentType }
  }

  fileprivate mutating func set(_ header: JSONValue.Member, line: Int) throws(DelugeError) {
    let value = DelugeText.text(of: header.value)
    guard let name = HTTPField.Name(header.name), HTTPField.isValidValue(value), value.utf8.count <= 8000 else {
      throw DelugeError(line: line, message: "invokeurl: a header is malformed.")
    }
    self[name] = value
  }
}
