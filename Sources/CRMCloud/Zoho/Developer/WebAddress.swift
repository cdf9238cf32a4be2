import Primitives

/// An absolute `https` address that somebody typed into a form or a script.
struct WebAddress: Hashable {
  static let maximumBytes = 8000

  /// The text without a fragment.
  let text: String
  /// Lower case, without a port.
  let host: String
  /// Path and query, as a request line has them.
  let target: String

  /// nil for any other scheme, for user names, ports other than 443 and what is no visible ASCII.
  init?(_ typed: String) {
    let typed = typed.prefix { $0 != "#" }
    guard (9...Self.maximumBytes).contains(typed.utf8.count), typed.utf8.allSatisfy({ (0x21...0x7e).contains($0) }),
      typed.prefix(8).lowercased() == "https://"
    else { return nil }
    let rest = typed.dropFirst(8)
    var authority = rest.prefix { $0 != "/" && $0 != "?" }[...]
    let target = rest.dropFirst(authority.count)
    if authority.hasSuffix(":443") { authority = authority.dropLast(4) }
    let host = authority.lowercased()
    let isName = host.utf8.allSatisfy { byte in
      (0x61...0x7a).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2d || byte == 0x2e
    }
    guard isName, (1...253).contains(host.utf8.count) else { return nil }
    self.host = host
    self.target = target.hasPrefix("/") ? String(target) : "/" + target
    text = "https://" + authority + self.target
  }

  /// Whether this cloud has a server of that name: nothing it does ever leaves it.
  var isServed: Bool { ZohoHosts.service(at: host) != nil || OutsideServices.serves(host) }

  var query: FormParameters { RequestTarget(target).query }

  /// The address with those of `pairs` that its own query does not say already.
  func adding(_ pairs: [(name: String, value: String)]) -> String {
    let query = query
    let missing = pairs.filter { query[$0.name] == nil }
    guard !missing.isEmpty else { return text }
    let joint = !text.contains("?") ? "?" : text.hasSuffix("?") || text.hasSuffix("&") ? "" : "&"
    return text + joint + PercentEncoding.form(missing)
  }
}
