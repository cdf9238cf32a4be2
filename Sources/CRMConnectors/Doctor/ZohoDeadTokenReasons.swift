/// Why Zoho answers `invalid_code` to a refresh token, and how to tell (documented: limits and revocation pages of Zoho
/// Accounts, the guides' pitfalls; that there is no other code for it is documented too).
enum ZohoDeadTokenReasons {
  static func all(at centre: ZohoDataCentre, extensions: Int) -> [SetUpCheck.Remedy] {
    [
      .init(
        "another text was pasted: code, access token and refresh token look alike. Take the value of `refresh_token` "
          + "of the token reply", at: SetUpPlaces.userPage),
      .init(
        "the token is of another client, as when the code comes from the Self Client and the id and secret from a "
          + "server-based client. Use the id and secret of the client that made the code",
        at: SetUpPlaces.clientSecret(centre)),
      .init(
        "the app was deleted: then the client is not listed there. Make a new code and token",
        at: SetUpPlaces.connectedApps),
      .init(
        "pushed out: Zoho keeps 20 refresh tokens of one user and drops the oldest without a word when a 21st is made. "
          + "Then the client is listed, and newer tokens work. Make a new one, and let further users make theirs",
        at: SetUpPlaces.generateCode(centre)),
      .init(
        "revoked, as a softphone does at log-out: then the client is listed, and this token alone is dead. Make a new "
          + "code and token", at: SetUpPlaces.generateCode(centre)),
      .init("the user who made it was closed or removed: then nobody can sign in as this user"),
    ]
  }
}
