public import Primitives

/// What a client of Salesforce takes for granted and no page of the appliance shows.
public struct SalesforceSettings: Hashable, Sendable {
  /// Version of the SOAP login, which ends with 64.0 (documented).
  public var loginVersion = "64.0"
  /// Version of the REST API. 64.0 has everything used here and is years from its end (assumed: versions live about
  /// three years at the least).
  public var apiVersion = "64.0"
  /// Where a login may send the session: hosts under these domains, if the login host is under the same one (Salesforce
  /// serves its organisations under `my.salesforce.com` and `salesforce.com`, documented), and the login host itself.
  /// An answer must not be able to send a session or people's numbers anywhere else.
  public var instanceDomains = ["salesforce.com"]
  /// Silence after the day's requests are used up: the count is over 24 hours (documented), and nothing helps before.
  public var dailyLimitSilence = Instant.Span.seconds(86_400)
  /// Whether a number that the search index does not know is looked for in the stored texts too, which finds it however
  /// it was typed and however the index lags, at the price of one more request for each unknown caller.
  public var searchesStoredTexts = true
  /// Records asked for per table: a pattern of seven digits has more hits than callers, a switchboard's number too.
  public var recordsMax = 200

  /// Every setting at its default.
  public init() {}
}
