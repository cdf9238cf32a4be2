import Primitives

/// What a user's page shows before anybody is asked, by the forms of Zoho's identifiers (documented in its guides).
///
/// Only what cannot be right is wrong: the forms are those of samples, so another form is a hint.
struct ZohoV2PageShapes {
  /// Cannot work.
  private(set) var faults: [String] = []
  /// Looks unlike Zoho's, and is worth a second look if Zoho refuses it.
  private(set) var hints: [String] = []

  init(_ page: ZohoV2Credentials) {
    let fields = [
      ("Client ID", page.clientID), ("Client Secret", page.clientSecret.value),
      ("Refresh Token", page.refreshToken.value),
    ]
    for (name, value) in fields {
      if value.isEmpty { faults.append("\(name) is empty") }
      if value.contains(where: \.isWhitespace) {
        faults.append("\(name) has a space or line break in it, as happens when a text is copied with its surroundings")
      }
      if value.contains("=") || value.contains("\"") || value.contains("{") {
        faults.append("\(name) holds more than the value itself")
      }
    }
    let values = fields.map(\.1).filter { !$0.isEmpty }
    if Set(values).count < values.count { faults.append("two of the three fields hold the same text") }
    if Self.isClientID(page.clientSecret.value) { faults.append("Client Secret holds a client id") }
    if Self.isToken(page.clientID) || Self.isToken(page.clientSecret.value) {
      faults.append("a token stands where the client's id or secret belongs")
    }
    if Self.isSecret(page.clientID) || Self.isSecret(page.refreshToken.value) {
      faults.append("a client secret stands where the id or the token belongs")
    }
    guard faults.isEmpty else { return }
    if !Self.isClientID(page.clientID) {
      hints.append("Client ID is not 1000. with 30 capital letters and digits")
    }
    if !Self.isSecret(page.clientSecret.value) {
      hints.append("Client Secret is not 42 digits and letters from a to f")
    }
    if !Self.isToken(page.refreshToken.value) {
      hints.append("Refresh Token is not 1000. with twice 32 digits and letters from a to f")
    }
  }

  private static func isClientID(_ text: String) -> Bool {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 2 && ["1000", "1004"].contains(parts[0]) && parts[1].utf8.count == 30
      && parts[1].utf8.allSatisfy { (48...57).contains($0) || (65...90).contains($0) }
  }

  private static func isSecret(_ text: String) -> Bool { text.utf8.count == 42 && isHexadecimal(text) }

  static func isToken(_ text: String) -> Bool {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 3 && parts[0] == "1000"
      && parts[1...].allSatisfy { $0.utf8.count == 32 && isHexadecimal($0) }
  }

  static func isHexadecimal(_ text: some StringProtocol) -> Bool {
    text.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
  }
}
