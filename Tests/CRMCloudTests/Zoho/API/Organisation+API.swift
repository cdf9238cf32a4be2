import CRMCloud
import HTTPTypes
import Primitives

extension Organisation {
  /// Everything a telephone integration could be granted.
  static let allScopes = [
    "ZohoCRM.modules.ALL", "ZohoCRM.users.ALL", "ZohoCRM.org.ALL", "ZohoCRM.settings.ALL", "ZohoCRM.coql.READ",
  ]

  static func whole(_ settings: ZohoCloudSettings = ZohoCloudSettings()) throws -> Organisation {
    try open(scopes: allScopes, settings)
  }

  mutating func call(
    _ method: HTTPRequest.Method, _ path: String, _ body: String = "", since: String? = nil,
    host: String = "www.zohoapis.com"
  ) -> CloudResponse {
    var request = HTTPRequest(method: method, scheme: "https", authority: host, path: "/crm/" + path)
    request.headerFields[.authorization] = "Zoho-oauthtoken " + token
    request.headerFields[.ifModifiedSince] = since
    return cloud.respond(to: request, body: Array(body.utf8), at: now)
  }

  mutating func api(_ method: HTTPRequest.Method, _ path: String, _ body: String = "", since: String? = nil) -> Reply {
    Reply(call(method, path, body, since: since))
  }

  mutating func query(_ text: String, version: String = "v2") -> Reply {
    let escapes: [Character: String] = ["\"": "\\\"", "\\": "\\\\", "\n": "\\n", "\t": "\\t"]
    let escaped = text.map { escapes[$0] ?? String($0) }.joined()
    return api(.post, "\(version)/coql", "{\"select_query\":\"\(escaped)\"}")
  }

  mutating func criteria(_ text: String, _ module: String = "Contacts", version: String = "v2") -> Reply {
    api(.get, "\(version)/\(module)/search?criteria=" + PercentEncoding.encode(text))
  }

  /// Adds one record and gives its id.
  mutating func add(_ module: String, _ record: String) -> String {
    let reply = api(.post, "v2/\(module)", "{\"data\":[\(record)]}")
    return reply.status == 201
      ? cloud.records(in: ZohoModuleName(rawValue: module) ?? .notes).last?.id ?? "" : "\(reply)"
  }
}

extension Reply {
  /// How many records the answer shows.
  var count: Int { status == 204 ? 0 : text.components(of: "{\"id\":\"4").count }
}

extension String {
  fileprivate func components(of needle: String) -> [Substring] {
    var found: [Substring] = []
    var rest = self[...]
    while let place = rest.firstRange(of: needle) {
      found.append(rest[place])
      rest = rest[place.upperBound...]
    }
    return found
  }
}
