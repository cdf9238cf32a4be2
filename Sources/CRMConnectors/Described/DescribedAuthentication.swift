/// How a user is let in, and what every request shows for it.
public struct DescribedAuthentication: Hashable, Sendable {
  /// How a session comes about.
  public enum Way: Hashable, Sendable {
    /// What the user entered is shown with every request; `check` is asked to see whether the CRM takes it.
    case parameters(check: DescribedRequest)
    /// HTTP basic (RFC 7617).
    case basic(user: DescribedTemplate, password: DescribedTemplate, check: DescribedRequest)
    /// A request that gives a token: a login, or OAuth's refresh (RFC 6749 section 6).
    case login(DescribedLogin)
  }

  /// How a session comes about.
  public var way: Way
  /// Added to every request but a login's.
  public var headers: [DescribedValue.Member]
  /// The same, as parameters of the query.
  public var query: [DescribedValue.Member]
  /// The same, as fields of a form; a request without one does not get them.
  public var form: [DescribedValue.Member]

  /// Takes all as they are.
  public init(
    way: Way, headers: [DescribedValue.Member] = [], query: [DescribedValue.Member] = [],
    form: [DescribedValue.Member] = []
  ) {
    self.way = way
    self.headers = headers
    self.query = query
    self.form = form
  }
}

/// A request for a token, and where its answer holds it.
public struct DescribedLogin: Hashable, Sendable {
  /// What is asked.
  public var request: DescribedRequest
  /// Where the answer holds the token.
  public var token: AnswerPath
  /// Seconds the token lives; nil where the answer does not say.
  public var expiresIn: AnswerPath?
  /// The same where the answer does not say; nil for `ConnectorSettings.assumedTokenLife`.
  public var lifetimeSeconds: Int?
  /// The CRM's id of the user.
  public var user: AnswerPath?

  /// Takes all as they are.
  public init(
    request: DescribedRequest, token: AnswerPath, expiresIn: AnswerPath?, lifetimeSeconds: Int?, user: AnswerPath?
  ) {
    self.request = request
    self.token = token
    self.expiresIn = expiresIn
    self.lifetimeSeconds = lifetimeSeconds
    self.user = user
  }
}
