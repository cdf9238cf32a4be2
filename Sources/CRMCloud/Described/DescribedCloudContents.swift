public import JSON

/// A cloud made from the examples of a connector's file.
///
/// It knows what the file says and nothing else: it shows that the file agrees with itself, not that the CRM is as the
/// file has it.
public struct DescribedCloudContents: Codable, Hashable, Sendable {
  /// The hosts it answers for, without ports: the server's, and a login's where that is another.
  public var hosts: [String]
  /// For people.
  public var name: String
  /// What can be asked, in the order tried.
  public var endpoints: [DescribedEndpoint]
  /// What is held at the beginning, by table, in the CRM's own shape.
  public var records: [String: [JSONValue]]
  /// To a request with no credentials, or others.
  public var refusal: DescribedAnswer
  /// To every request while limits are used up.
  public var throttle: DescribedAnswer

  /// A cloud that can be asked nothing.
  public init(name: String, hosts: [String], refusal: DescribedAnswer, throttle: DescribedAnswer) {
    self.name = name
    self.hosts = hosts
    self.refusal = refusal
    self.throttle = throttle
    endpoints = []
    records = [:]
  }
}

/// An answer as an example has it.
public struct DescribedAnswer: Codable, Hashable, Sendable {
  /// Of the HTTP response.
  public var status: Int
  /// nil for a body that is no JSON.
  public var json: JSONValue?
  /// The body where it is no JSON.
  public var text: String

  /// Takes all as they are.
  public init(status: Int, json: JSONValue?, text: String = "") {
    self.status = status
    self.json = json
    self.text = text
  }
}

/// Something that can be asked, and what it does.
public struct DescribedEndpoint: Codable, Hashable, Sendable {
  /// What a request brings about.
  public enum Work: Codable, Hashable, Sendable {
    /// A look whether the credentials are good.
    case check
    /// Gives a token, here, with this life in seconds.
    case logIn(token: DescribedPlace, lifetimeSeconds: Int)
    /// Records of a table whose numbers are the one asked for.
    case search(table: String, found: DescribedPlace, numbers: [DescribedPlace])
    /// A new record of a table.
    case create(table: String, answerID: DescribedPlace, shape: DescribedShape)
    /// A call's record.
    case report(answerID: DescribedPlace, shape: DescribedShape)
    /// Calls, newest first.
    case findCalls(found: DescribedPlace, texts: [DescribedPlace], more: DescribedPlace?)
    case link
  }

  /// What the request looks like.
  public var pattern: DescribedPattern
  /// What it has to show; a place named `Token` has to hold a live one.
  public var credentials: DescribedCredentialsPattern
  /// What it brings about.
  public var work: Work
  /// The answer to one that is carried out; its list, id or token is replaced.
  public var answer: DescribedAnswer
  /// The answer of a search that finds nobody; nil for `answer` with an empty list.
  public var miss: DescribedAnswer?

  /// Takes all as they are.
  public init(
    pattern: DescribedPattern, credentials: DescribedCredentialsPattern, work: Work, answer: DescribedAnswer,
    miss: DescribedAnswer?
  ) {
    self.pattern = pattern
    self.credentials = credentials
    self.work = work
    self.answer = answer
    self.miss = miss
  }
}

/// What lets a request in.
public struct DescribedCredentialsPattern: Codable, Hashable, Sendable {
  /// Header fields.
  public var headers: [DescribedPattern.Field]
  /// Parameters of the query.
  public var query: [DescribedPattern.Field]
  /// Fields of a form.
  public var form: [DescribedPattern.Field]

  /// Takes all as they are.
  public init(
    headers: [DescribedPattern.Field] = [], query: [DescribedPattern.Field] = [], form: [DescribedPattern.Field] = []
  ) {
    self.headers = headers
    self.query = query
    self.form = form
  }
}

/// Where a new record has what.
public struct DescribedShape: Codable, Hashable, Sendable {
  /// Its id.
  public var id: DescribedPlace
  /// What was found in a request's place of this name goes here.
  public var fields: [Field]

  /// A field of a new record.
  public struct Field: Codable, Hashable, Sendable {
    /// The name of the request's place.
    public var finding: String
    /// Where it goes.
    public var place: DescribedPlace

    /// Takes both as they are.
    public init(_ finding: String, _ place: DescribedPlace) {
      self.finding = finding
      self.place = place
    }
  }

  /// Takes both as they are.
  public init(id: DescribedPlace, fields: [Field]) {
    self.id = id
    self.fields = fields
  }
}
