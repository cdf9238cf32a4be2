import Primitives

/// The host a user logs in at, and where its answers may send the session.
struct SalesforceHost: Hashable, Sendable {
  /// `login.salesforce.com`, `test.salesforce.com` for sandboxes, or an organisation's own (documented); with a port
  /// where one is written.
  let authority: String

  /// Where production organisations log in (documented); the appliance's page names no other (observed).
  static let standard = "login.salesforce.com"

  /// - Parameter serverAddress: `https://test.salesforce.com`, or the host alone; empty for the standard one.
  init(serverAddress: String) throws(ServerAddressError) {
    guard !serverAddress.isEmpty else {
      authority = Self.standard
      return
    }
    let isWhole = serverAddress.utf8.prefix(8).contains(UInt8(ascii: "/"))
    let address = try ServerAddress(isWhole ? serverAddress : "https://" + serverAddress)
    // Passwords must not travel in the clear.
    guard address.scheme == "https" else { throw .notHTTPS }
    authority = address.authority
  }

  /// The host of `address`, a login's `serverUrl` or `instance_url`, if the session may go there.
  func instance(_ address: String, in domains: [String]) -> String? {
    guard let named = try? ServerAddress(address), named.scheme == "https" else { return nil }
    if named.authority == authority { return authority }
    let isKnown = domains.contains { domain in
      Self.isHost(named.authority, under: domain) && Self.isHost(authority, under: domain)
    }
    return isKnown ? named.authority : nil
  }

  private static func isHost(_ authority: String, under domain: String) -> Bool {
    let parts = authority.split(separator: ":", omittingEmptySubsequences: false)
    guard let host = parts.first, parts.count < 3, parts.count == 1 || parts[1].isDigits(1...5) else { return false }
    let isPlain = host.utf8.allSatisfy { byte in
      (97...122).contains(byte) || (48...57).contains(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
    }
    return isPlain && (host == domain || host.hasSuffix("." + domain))
  }
}
