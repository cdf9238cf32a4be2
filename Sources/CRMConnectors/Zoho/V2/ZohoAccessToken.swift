import Primitives

/// An access token and where it may be sent.
struct ZohoAccessToken: Hashable {
  let value: Secret
  let apiHost: String
  let expiry: Instant
}
