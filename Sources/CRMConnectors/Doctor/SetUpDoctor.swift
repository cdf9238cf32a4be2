public import Primitives

/// Walks a site's CRM set-up before any call needs it, and says what is wrong: a state machine without clock or socket.
///
/// Zoho's two versions are examined page by page; of the other systems the client itself is watched at work
/// (`ConnectorExamination`). Asks only what changes nothing in the CRM: a token or session for each set of credentials,
/// which counts as one of Zoho's ten of ten minutes, a search of each table, the pages of calls that a look for one
/// takes. Whoever carries the requests out gives each answer back before the next is asked.
public struct SetUpDoctor: Sendable {
  /// One user's examination, by what the page holds.
  private enum Examination {
    case zohoV1(ZohoV1Examination)
    case zohoV2(ZohoV2Examination)
    case other(ConnectorExamination)
  }

  /// What may be asked.
  public struct Options: Hashable, Sendable {
    /// Whether anybody is there to ask; without it only what the pages themselves show is checked.
    public var asksCRM = true
    /// Whether a client or token unknown in the site's region is looked for in the others. They are asked by client id
    /// alone; the secret and the token follow only to a region that knows the client.
    public var asksOtherRegions = true
    /// Calls the appliance carries at once, for what they mean to the CRM's limits; nil for an unknown model.
    public var concurrentCalls: Int?
    /// The time it is, for what has ended by then; nil for a time before everything ended.
    public var time: Instant?

    /// Everything may be asked.
    public init() {}
  }

  private let settings: CRMSettings
  private let users: [SetUpUser]
  private let options: Options
  private var siteChecks: [SetUpCheck] = []
  private var examinations: [Examination] = []
  /// The one that waits for an answer.
  private var current = 0
  private var lastRequest = 0

  /// - Parameter users: each set of credentials once.
  public init(settings: CRMSettings, users: [SetUpUser], options: Options = Options()) {
    self.settings = settings
    self.users = users
    self.options = options
    siteChecks = SiteExamination(settings: settings, users: users, options: options).checks
    let centre = SiteExamination.centre(of: settings, users: users)
    examinations = users.compactMap { user -> Examination? in
      switch user.credentials {
      case .vtiger, .sugarCRM, .salesforce, .described:
        return .other(ConnectorExamination(user: user, settings: settings, options: options))
      case .zohoV1(let entered):
        guard let centre else { return nil }
        return .zohoV1(
          ZohoV1Examination(
            user: user, token: entered.securityToken, settings: settings, home: centre, options: options))
      case .zohoV2(let entered):
        guard let centre else { return nil }
        return .zohoV2(
          ZohoV2Examination(
            user: user, credentials: entered, settings: settings, home: centre, options: options))
      }
    }
  }

  /// The next request to carry out; nil when everything has been asked.
  public mutating func next() -> CRMRequest? {
    guard options.asksCRM else { return nil }
    while examinations.indices.contains(current) {
      lastRequest &+= 1
      if let request = nextOfCurrent(CRMRequest.ID(rawValue: lastRequest)) { return request }
      current += 1
    }
    return nil
  }

  /// The answer to the request that `next` gave last.
  public mutating func receive(_ answer: CRMAnswer) {
    guard examinations.indices.contains(current) else { return }
    switch examinations[current] {
    case .zohoV1(var examination):
      examination.receive(answer)
      examinations[current] = .zohoV1(examination)
    case .zohoV2(var examination):
      examination.receive(answer)
      examinations[current] = .zohoV2(examination)
    case .other(var examination):
      examination.receive(answer)
      examinations[current] = .other(examination)
    }
  }

  private mutating func nextOfCurrent(_ id: CRMRequest.ID) -> CRMRequest? {
    switch examinations[current] {
    case .zohoV1(var examination):
      let request = examination.next(id: id)
      examinations[current] = .zohoV1(examination)
      return request
    case .zohoV2(var examination):
      let request = examination.next(id: id)
      examinations[current] = .zohoV2(examination)
      return request
    case .other(var examination):
      let request = examination.next(id: id)
      examinations[current] = .other(examination)
      return request
    }
  }

  /// What was found, in the order in which to mend it.
  public var checks: [SetUpCheck] {
    let found = examinations.flatMap { examination in
      switch examination {
      case .zohoV1(let examination): examination.checks
      case .zohoV2(let examination): examination.checks
      case .other(let examination): examination.checks
      }
    }
    return siteChecks + found + SiteExamination.notes(settings, users: users, isRead: !examinations.isEmpty)
  }
}
