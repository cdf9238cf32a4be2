/// A CRM's API described in a file, so that the appliance's one engine can speak it.
///
/// The description says how to log in, search, create and record; waiting, asking form after form, verifying the digits
/// of a hit, adding once and looking before repeating stay the engine's. Names follow 3CX's templates (reference 5.1);
/// its weak points do not: values keep their types, an unknown variable is an error, and every error has a line.
public struct ConnectorDescription: Hashable, Sendable {
  /// For people.
  public var name: String
  /// What a user enters, in the order of the page.
  public var parameters: [DescribedParameter]
  /// The server's address; nil where the site's own counts.
  public var server: DescribedTemplate?
  /// How a user is let in.
  public var authentication: DescribedAuthentication
  /// In the order asked; empty for the site's number plan.
  public var numbers: [DescribedNumberForm]
  /// How a number is looked for; each table that a site may ask has one.
  public var lookup: [CRMTable: DescribedSearch]
  /// How a record is made for a number found nowhere.
  public var create: [CRMTable: DescribedInsertion]
  /// How a record is looked for whose creation went unanswered; each table of `create` has one.
  public var find: [CRMTable: DescribedSearch]
  /// nil where calls are not recorded.
  public var reportCall: DescribedInsertion?
  /// How a call's record is looked for before it is made again.
  public var findCall: DescribedCallSearch?
  /// What ties a call's record to its caller, where that is a request of its own.
  public var link: DescribedRequest?
  /// The first that applies counts, before what statuses mean by themselves.
  public var outcomes: [DescribedOutcome]
  /// Where an answer holds the CRM's error code; the first that is there counts, and a 200 that has one is an error.
  public var errorCodes: [AnswerPath]
  /// Texts of call records, in place of the firmware's.
  public var texts: DescribedTexts

  /// A description that looks up and does nothing else.
  public init(name: String, authentication: DescribedAuthentication, lookup: [CRMTable: DescribedSearch]) {
    self.name = name
    self.authentication = authentication
    self.lookup = lookup
    parameters = []
    numbers = []
    create = [:]
    find = [:]
    outcomes = []
    errorCodes = []
    texts = DescribedTexts()
  }
}

/// One thing a user enters.
public struct DescribedParameter: Hashable, Sendable {
  /// What may be entered.
  public enum Kind: Hashable, Sendable {
    case text, integer, boolean
    /// Never shown, and kept out of paths, which logs show.
    case secret
    case choice([String])
  }

  /// Starts with a small letter.
  public var name: String
  /// What may be entered.
  public var kind: Kind
  /// For people.
  public var title: String
  /// nil where it has to be entered.
  public var standard: String?

  /// Takes all as they are.
  public init(name: String, kind: Kind, title: String, standard: String?) {
    self.name = name
    self.kind = kind
    self.title = title
    self.standard = standard
  }

  /// What its values are in a template.
  public var valueKind: DescribedKind {
    switch kind {
    case .text, .secret: .text
    case .integer: .integer
    case .boolean: .boolean
    case .choice(let words): .word(words)
    }
  }
}

/// A spelling of the number to ask for.
public enum DescribedNumberForm: Hashable, Sendable {
  case dialled
  /// `+` and all digits; left out where the site's number plan does not tell.
  case e164
  /// E.164 without its `+`, or the digits as dialled where the number plan does not tell.
  case digits
  /// With the trunk prefix; left out where the number plan does not tell.
  case national
  case lastDigits(Int)
  /// The last so many digits with this before, between and after them, for servers that compare raw text: `%6%1%7%`.
  case spread(lastDigits: Int, with: String)
}

/// A search and where its answer holds what.
public struct DescribedSearch: Hashable, Sendable {
  /// What is asked.
  public var request: DescribedRequest
  /// The list of records. An answer without it is no miss, but an answer of another shape.
  public var found: AnswerPath
  /// Within a record: its id.
  public var id: AnswerPath
  /// Within a record: its name, the first that is not empty; paths and texts in the order they are put together.
  public var names: [[NamePart]]
  /// Within a record: its telephone numbers. The engine shows nobody whose digits are not those asked for.
  public var numbers: [AnswerPath]

  /// A part of a name.
  public enum NamePart: Hashable, Sendable {
    case literal(String)
    case field(AnswerPath)
  }

  /// Takes all as they are.
  public init(
    request: DescribedRequest, found: AnswerPath, id: AnswerPath, names: [[NamePart]], numbers: [AnswerPath]
  ) {
    self.request = request
    self.found = found
    self.id = id
    self.names = names
    self.numbers = numbers
  }
}

/// A request that makes something, and where its answer holds the new id.
public struct DescribedInsertion: Hashable, Sendable {
  /// What is asked.
  public var request: DescribedRequest
  /// Where the answer holds the id.
  public var id: AnswerPath

  /// Takes both as they are.
  public init(request: DescribedRequest, id: AnswerPath) {
    self.request = request
    self.id = id
  }
}

/// A look for a call's record.
public struct DescribedCallSearch: Hashable, Sendable {
  /// What is asked.
  public var request: DescribedRequest
  /// The list of calls.
  public var found: AnswerPath
  /// Within a call: its id.
  public var id: AnswerPath
  /// Within a call: the texts the mark may stand in.
  public var texts: [AnswerPath]
  /// What is there when another page follows; nil where there is one page only.
  public var more: AnswerPath?
  /// Calls a page holds at most, for `{{Offset}}`.
  public var pageSize: Int

  /// Takes all as they are.
  public init(
    request: DescribedRequest, found: AnswerPath, id: AnswerPath, texts: [AnswerPath], more: AnswerPath?, pageSize: Int
  ) {
    self.request = request
    self.found = found
    self.id = id
    self.texts = texts
    self.more = more
    self.pageSize = pageSize
  }
}

/// Texts of call records; nil for the firmware's own. Words stand in brackets, as in `ConnectorSettings`.
public struct DescribedTexts: Hashable, Sendable {
  /// Of every call.
  public var subject: String?
  /// An answered call from outside.
  public var inbound: String?
  /// An unanswered call from outside.
  public var missed: String?
  /// An answered call to the outside.
  public var outbound: String?
  /// A call to the outside that nobody answered.
  public var unanswered: String?

  /// The firmware's own.
  public init() {}
}
