public import Primitives

/// What the appliance's firmware decides about its CRM clients and no page of its web interface shows.
///
/// Each default says where it comes from; what is assumed can be changed here.
public struct ConnectorSettings: Hashable, Sendable {
  /// An access token is replaced this long before its end (assumed; Zoho's own SDKs do the like).
  public var refreshMargin = Instant.Span.seconds(300)
  /// Life of a token whose reply names none (documented: 3600 s).
  public var assumedTokenLife = Instant.Span.seconds(3600)
  /// Silence after the accounts server says "Access Denied" (assumed; it counts over ten minutes, documented).
  public var tokenBackOff = Instant.Span.seconds(600)
  /// Silence after credentials were refused: they will not get better by asking, and Zoho allows ten refreshes in ten
  /// minutes (the limit is documented, the wait assumed).
  public var refusedLoginBackOff = Instant.Span.seconds(300)
  /// Silence after the API says 429 or v1 says 4820 (assumed; no `Retry-After` is documented).
  public var apiBackOff = Instant.Span.seconds(60)
  /// A number just added is answered from memory this long, because the search index lags behind
  /// (the lag is documented, its length is not: assumed).
  public var createdNumberMemory = Instant.Span.seconds(600)

  /// How numbers are spelt, asked for and compared.
  public var numbers = NumberPlan()
  /// Name of an added caller: a template that knows `[Number]` (assumed: the number itself).
  public var unknownCallerName = "[Number]"
  /// Subject of every call record: a template that knows what `callDescriptions` know (assumed).
  public var callSubject = "UCM call"
  /// Description of a call record.
  public var callDescriptions = CallDescriptions()
  /// Where the call's mark stands in its record.
  public var callMarkPlace = CallMarkPlace.description

  /// What a client of Salesforce takes for granted.
  public var salesforce = SalesforceSettings()

  /// Questions waiting for an answer at one moment; one more fails with `queueFull`.
  public var maximumOpenQuestions = 256
  /// Added numbers kept in memory; the oldest makes room.
  public var maximumRememberedNumbers = 1024
  /// A longer answer fails with `answerTooLarge`. A page of 200 full records takes about a quarter of it.
  public var maximumAnswerBytes = 1 << 20
  /// Pages of the newest calls read for a record that may be there; a page has 200.
  public var maximumCallPages = 5

  /// What only clients of SugarCRM and SuiteCRM go by.
  public var sugar = SugarConnectorSettings()
  /// vTiger's alone.
  public var vtiger = VtigerSettings()

  /// Every setting at its default.
  public init() {}

  /// Where a call record says which call it is of, so that it can be found after its answer was lost.
  ///
  /// A record cannot be made under an id of ours, and Zoho has no idempotency key. The description is free text that
  /// both API versions have and no report counts by, so the mark does the least harm there (assumed, as the appliance's
  /// own way was not found). `CTI_Entry` is a flag and cannot hold it.
  public enum CallMarkPlace: String, Hashable, Sendable, CaseIterable {
    case description
    case subject
    /// `Caller_ID`, which v2 alone has (documented); in v1 the description is taken.
    case callerID
  }

  /// Templates that know `[Start]`, `[Number]`, `[Name]`, `[Extension]` and `[Duration]` (assumed texts; that there is
  /// one per direction is observed in the vendor's softphone).
  public struct CallDescriptions: Hashable, Sendable {
    /// An answered call from outside.
    public var inbound = "[Start] [Number] [Name] called, extension [Extension] answered and talked for [Duration]"
    /// An unanswered call from outside.
    public var missed = "[Start] [Number] [Name] called extension [Extension], nobody answered"
    /// An answered call to the outside.
    public var outbound = "[Start] extension [Extension] called [Number] [Name] and talked for [Duration]"
    /// A call to the outside that lasted 0 seconds.
    public var unansweredOutbound = "[Start] extension [Extension] called [Number] [Name], nobody answered"

    /// Every text at its default.
    public init() {}
  }
}
