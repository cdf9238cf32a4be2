import Primitives

/// A function of an organisation: a script that runs by hand, or by a request to its address.
struct ZohoFunction: Codable, Hashable {
  static let maximumArguments = 20

  /// Unique in the organisation, lower case.
  let name: String
  /// Decimal text.
  let id: String
  /// Opens the function's address to whoever has it.
  let apiKey: Secret
  var script: String
  /// Names of variables that a request fills.
  var arguments: [String]
  /// Whether the address answers to the key.
  var isOpenToKey = false
  /// Whether the address answers to access tokens.
  var isOpenToTokens = false
  var lastRun: Run?

  struct Run: Codable, Hashable {
    let at: Instant
    let infos: [String]
    let output: String
    /// nil for a run that came to its end.
    let problem: String?
  }
}
