/// Where a CRM on a server of one's own is installed: `https://crm.example.com:8443/sugar`.
struct ServerAddress: Hashable, Sendable {
  /// `http` or `https`.
  let scheme: String
  /// Host, with a port where one is written.
  let authority: String
  /// Without a slash at its end; empty for the root.
  let path: String

  /// - Parameter text: as the page's field holds it; never repeated in errors, it may hold a password.
  init(_ text: String) throws(ServerAddressError) {
    guard text.utf8.count <= 1024 else { throw .tooLong }
    guard let scheme = ["https", "http"].first(where: { text.lowercased().hasPrefix($0 + "://") }) else {
      throw .noScheme
    }
    let rest = text.dropFirst(scheme.count + 3)
    guard rest.utf8.allSatisfy({ (33..<127).contains($0) }) else { throw .notPlain }
    guard !rest.contains("@") else { throw .holdsUser }
    guard !rest.contains(where: { $0 == "?" || $0 == "#" }) else { throw .holdsQuery }
    let authority = rest.prefix { $0 != "/" }
    guard !authority.isEmpty, authority.first != ":" else { throw .noHost }
    var path = rest.dropFirst(authority.count)
    while path.last == "/" { path.removeLast() }
    self.scheme = scheme
    self.authority = authority.lowercased()
    self.path = String(path)
  }
}

/// Why a text is no address of a CRM's server.
public enum ServerAddressError: Error, Hashable, Sendable, CustomStringConvertible {
  case tooLong
  case noScheme
  case noHost
  case notPlain
  case holdsUser
  case holdsQuery
  /// Of a CRM that takes passwords over https alone.
  case notHTTPS

  /// What is wrong, and what would be right.
  public var description: String {
    switch self {
    case .tooLong: "the server address is longer than 1024 bytes"
    case .noScheme: "the server address must start with http:// or https://"
    case .noHost: "the server address names no host"
    case .notPlain: "the server address holds spaces or characters that no address has"
    case .holdsUser: "the server address holds a user name; enter it in the user's page"
    case .holdsQuery: "the server address ends with the path of the installation; leave out what follows it"
    case .notHTTPS: "the server address must start with https://, or passwords would travel in the clear"
    }
  }
}
