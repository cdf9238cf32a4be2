/// Walks a site's CRM set-up before any call needs it, and says what is wrong: a state machine without clock or socket.
///
/// Asks only what changes nothing in the CRM: a token for each set of credentials, which counts as one of the ten of
/// ten minutes, a search of each table, one page of Calls. Whoever carries the requests out gives each answer back
/// before the next is asked.
public struct SetUpDoctor: Sendable {
  /// What may be asked.
  public struct Options: Hashable, Sendable {
    /// Whether anybody is there to ask; without it only what the pages themselves show is checked.
    public var asksCRM = true
    /// Whether a client or token unknown in the site's region is looked for in the others. They are asked by client id
    /// alone; the secret and the token follow only to a region that knows the client.
    public var asksOtherRegions = true
    /// Calls the appliance carries at once, for what they mean to the CRM's limits; nil for an unknown model.
    public var concurrentCalls: Int?

    /// Everything may be asked.
    public init() {}
  }

  private let settings: CRMSettings
  private let users: [SetUpUser]
  private let options: Options
  private var siteChecks: [SetUpCheck] = []
  private var examinations: [ZohoV2Examination] = []
  /// The one that waits for an answer.
  private var current = 0
  private var lastRequest = 0

  /// - Parameter users: each set of credentials once.
  public init(settings: CRMSettings, users: [SetUpUser], options: Options = Options()) {
    self.settings = settings
    self.users = users
    self.options = options
    siteChecks = SiteExamination(settings: settings, users: users, options: options).checks
    guard let centre = try? ZohoDataCentre(serverAddress: settings.serverAddress) else { return }
    examinations = users.map { ZohoV2Examination(user: $0, settings: settings, home: centre, options: options) }
  }

  /// The next request to carry out; nil when everything has been asked.
  public mutating func next() -> CRMRequest? {
    guard options.asksCRM else { return nil }
    while examinations.indices.contains(current) {
      lastRequest &+= 1
      if let request = examinations[current].next(id: CRMRequest.ID(rawValue: lastRequest)) { return request }
      current += 1
    }
    return nil
  }

  /// The answer to the request that `next` gave last.
  public mutating func receive(_ answer: CRMAnswer) {
    guard examinations.indices.contains(current) else { return }
    examinations[current].receive(answer)
  }

  /// What was found, in the order in which to mend it.
  public var checks: [SetUpCheck] {
    siteChecks + examinations.flatMap(\.checks) + SiteExamination.notes(settings, isRead: !examinations.isEmpty)
  }
}
