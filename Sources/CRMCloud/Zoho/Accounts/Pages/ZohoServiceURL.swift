/// Where a sign-in leads on to: pages of the same data centre and nowhere else, so that no link to the sign-in page
/// can send people to a stranger's.
enum ZohoServiceURL {
  /// `text` if it is `https` to one of the data centre's hosts; nil for any other.
  static func target(_ text: String, in hosts: ZohoHosts) -> String? {
    service(of: text, in: hosts) == nil ? nil : text
  }

  /// The same page at another data centre; nil for a target that is none of this one's.
  static func target(_ text: String, in hosts: ZohoHosts, movedTo other: ZohoHosts) -> String? {
    guard let (service, rest) = service(of: text, in: hosts) else { return nil }
    return "https://" + other.host(of: service) + rest
  }

  private static func service(of text: String, in hosts: ZohoHosts) -> (ZohoHosts.Service, rest: String)? {
    // Browsers read a backslash as a slash and drop tabs and line ends: a target with any of them is no page of ours.
    guard text.hasPrefix("https://"), text.utf8.allSatisfy({ (0x21...0x7e).contains($0) && $0 != UInt8(ascii: "\\") })
    else { return nil }
    let authority = text.dropFirst(8).prefix { !"/?#".contains($0) }
    // No user name before the host, and no port: the hosts are virtual ones.
    guard let found = ZohoHosts.service(at: authority.lowercased()), found.hosts == hosts else { return nil }
    return (found.service, String(text.dropFirst(8 + authority.count)))
  }
}
