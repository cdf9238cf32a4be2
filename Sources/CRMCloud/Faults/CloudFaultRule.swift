public import Primitives

/// One line of a fault script: which requests it meets, and what goes wrong with them.
public struct CloudFaultRule: Hashable, Sendable {
  /// For journals; need not be unique.
  public var name: String
  /// Which requests the rule looks at.
  public var match: Match
  /// The answer leaves so much later; up to ten minutes.
  public var latency: Instant.Span
  /// What goes wrong; nil for a delay alone.
  public var action: CloudFaultAction?

  /// A rule as written.
  public init(
    name: String, match: Match = Match(), latency: Instant.Span = .zero, action: CloudFaultAction? = nil
  ) {
    self.name = name
    self.match = match
    self.latency = latency
    self.action = action
  }

  /// Which requests a rule meets; what is left out is met by all.
  public struct Match: Hashable, Sendable {
    /// The authority's name without its port; `*` stands for any run of characters.
    public var host: String?
    /// The path without its query; `*` stands for any run of characters.
    public var path: String?
    /// `GET`, `POST` …
    public var method: String?
    /// Only the so many-th request, counted from 1, of those that fit otherwise.
    public var nth: Int?
    /// Only each so many-th request of those that fit otherwise.
    public var every: Int?
    /// From 0 to 1; drawn from the script's seed for each request that fits otherwise.
    public var probability: Double?
    /// Not earlier than this on the cloud's clock.
    public var from: Instant?
    /// Earlier than this on the cloud's clock.
    public var until: Instant?

    /// Every request.
    public init() {}
  }
}

/// What can go wrong between a cloud and its client.
public enum CloudFaultAction: Hashable, Sendable {
  /// The connection ends before the cloud has seen the request.
  case loseRequest
  /// The cloud has done what was asked, and the connection ends without an answer.
  case loseAnswer
  /// This status in place of the cloud's answer; the cloud has not seen the request.
  case status(Int, body: String, retryAfterSeconds: Int?)
  /// A page of HTML where JSON is expected, with this status; the cloud has not seen the request.
  case page(status: Int)
  /// The client is sent elsewhere with 302; the cloud has not seen the request.
  case redirect(location: String)
  /// The token the request shows has just run out.
  case expireToken
  /// The token the request shows has just been revoked.
  case revokeToken
  /// The cloud's answer breaks off after so many bytes of its body.
  case truncate(bytes: Int)
  /// The cloud's answer is followed by bytes without end.
  case endless
  /// The cloud's answer comes in drops.
  case drip(bytesPerSecond: Int)
}
