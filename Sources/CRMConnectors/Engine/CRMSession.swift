import Primitives

/// What a request shows the CRM to be let in, and where it may be sent.
struct CRMSession: Hashable {
  /// An access token, an authtoken.
  let value: Secret
  let apiHost: String
  /// `.distantFuture` for a session that time does not end.
  let expiry: Instant
  /// The CRM's id of the user who is logged in, where records name their owner; nil where nothing asks for it.
  var userID: String? = nil
  /// With what the CRM gives a new session instead of this one without the user's password; nil where it does not.
  var renewal: Secret? = nil
  /// The module that call records go to where the installation decides that; nil where the API does.
  var callModule: String? = nil
}
