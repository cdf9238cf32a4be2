public import Primitives

/// Where the appliance tells its CDRs as they come (reference: Server Address, Port, Delivery Method, Username,
/// Password).
public struct RealTimeReceiver: Hashable, Sendable {
  /// How a record gets there.
  public enum Method: String, Hashable, Sendable, CaseIterable {
    /// Written into a connection that stays open, a line's end behind each record (assumed).
    case tcp
    /// A POST for each record (assumed).
    case http
    /// The same over TLS.
    case https
  }

  /// How a record gets there.
  public let method: Method
  /// A name or an address.
  public let host: String
  /// The port.
  public let port: Int
  /// Of a POST; `/` where none is given.
  public let path: String
  /// Sent with a POST (RFC 7617); nil for nobody.
  public var user: (name: String, password: Secret)? {
    get { credentials.map { ($0.name, $0.password) } }
    set { credentials = newValue.map { Credentials(name: $0.name, password: $0.password) } }
  }
  /// Certificates trusted (PEM) in place of the machine's.
  public var trustedCertificates: String?
  private var credentials: Credentials?

  private struct Credentials: Hashable, Sendable {
    let name: String
    let password: Secret
  }

  /// Reads `tcp://192.0.2.1:5000`, `http://…` or `https://cdr.example.com/in`; nil for anything else.
  public init?(_ url: String) {
    let parts = url.utf8.split(separator: UInt8(ascii: ":"), maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let method = Method(rawValue: String(decoding: parts[0], as: UTF8.self)),
      String(decoding: parts[1].prefix(2), as: UTF8.self) == "//"
    else { return nil }
    let rest = parts[1].dropFirst(2)
    let slash = rest.firstIndex(of: UInt8(ascii: "/")) ?? rest.endIndex
    path = slash == rest.endIndex ? "/" : String(decoding: rest[slash...], as: UTF8.self)
    guard let place = Self.place(String(decoding: rest[..<slash], as: UTF8.self), method),
      path.utf8.allSatisfy({ (33...126).contains($0) }), method != .tcp || path == "/"
    else { return nil }
    self.method = method
    (host, port) = place
  }

  private static func place(_ authority: String, _ method: Method) -> (host: String, port: Int)? {
    if let endpoint = IPEndpoint(authority), endpoint.port != 0 {
      return (endpoint.address.description, Int(endpoint.port))
    }
    let parts = authority.split(separator: ":", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), let name = parts.first, !name.isEmpty,
      name.utf8.allSatisfy({ PercentEncoding.isUnreserved($0) })
    else { return nil }
    guard parts.count == 2 else {
      switch method {
      case .tcp: return nil
      case .http: return (String(name), 80)
      case .https: return (String(name), 443)
      }
    }
    guard let port = Int(parts[1]), (1...65_535).contains(port) else { return nil }
    return (String(name), port)
  }
}
