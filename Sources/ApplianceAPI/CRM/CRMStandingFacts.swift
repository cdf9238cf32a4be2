/// How a user stands with the CRM.
public struct CRMStandingFacts: Hashable, Sendable {
  /// What the user's page shows; that it shows the second is assumed.
  public enum Status: String, Hashable, Sendable, CaseIterable {
    case loggedIn = "Logged In"
    case loggingIn = "Logging In"
    case loggedOut = "Logged Out"
  }

  /// What the user's page shows.
  public var status: Status
  /// Why it is no other, in words; empty for nothing to say.
  public var reason: String

  /// Takes both as they are.
  public init(_ status: Status, reason: String = "") {
    self.status = status
    self.reason = reason
  }

  /// As `login_status` has it: `login` and `logout` (observed), else nothing.
  var loginStatus: String {
    switch status {
    case .loggedIn: "login"
    case .loggingIn: ""
    case .loggedOut: "logout"
    }
  }
}
