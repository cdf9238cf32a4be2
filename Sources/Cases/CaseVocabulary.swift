/// The names a case may use, beside those that this room knows itself.
public struct CaseVocabulary: Sendable {
  /// Models of the catalog.
  public var models: [String] = []
  /// Firmware ages of the catalog.
  public var firmwares: [String] = []
  /// Limits a model can have.
  public var limits: [String] = []
  /// What a run takes of and has limits for, as its summary names it.
  public var resources: [String] = []
  /// Traits a model can have.
  public var traits: [String] = []
  /// Assumptions a run can lean on.
  public var assumptions: [String] = []
  /// No names.
  public init() {}
}

/// The journal's events and the members of each, beside `time` and `event`.
public enum EventFields {
  /// Members by event; a test holds the table against the journal.
  public static let byEvent: [String: [String]] = [
    "registered": ["extension", "contact", "expires", "refresh"],
    "unregistered": ["extension", "contact", "reason"],
    "registrationRefused": ["extension", "reason", "status"],
    "extensionState": ["extension", "state"],
    "callStarted": ["call", "start", "caller", "callee"],
    "callRefused": [
      "call", "start", "caller", "callee", "reason", "trunk", "extension", "limit", "inUse", "status", "cause",
    ],
    "legNotDialled": ["call", "to", "reason", "trunk", "extension"],
    "failedOver": ["call", "from", "to"],
    "callNotRecorded": ["call"],
    "callRetried": ["call", "retryOf"],
    "outcomeUnknown": ["call", "reason"],
    "powerCut": ["calls", "extensions", "rows", "callLogs"],
    "booted": [],
    "rowsNotStored": ["call", "rows", "reason"],
    "cdrCleaned": ["rows"],
    "callAnswered": ["call", "by"],
    "callEnded": ["call", "direction", "disposition", "duration", "billsec"],
    "callJoined": ["call", "into"],
    "callTransferred": ["call", "to"],
    "callWithoutRow": ["call", "reason"],
    "display": ["call", "extension", "name"],
    "crmSettingsApplied": ["system", "lookups", "addUnknownNumber", "extensions"],
    "crmLogin": ["extensions", "status", "reason", "words", "code", "httpStatus"],
    "crmLookup": [
      "call", "number", "outcome", "table", "record", "name", "matches", "code", "status",
    ],
    "crmLog": ["call", "outcome", "record", "code", "status", "mayExist"],
    "crmLogLost": ["call", "reason"],
    "systemEvent": ["name", "type", "detail"],
  ]

  /// The members of these events, or of any where none is named.
  public static func fields(of events: [String]) -> [String] {
    let known = events.compactMap { byEvent[$0] }
    let fields = Set(known.isEmpty ? byEvent.values.flatMap { $0 } : known.flatMap { $0 })
    return ["time", "event"] + fields.sorted()
  }
}

/// The fields of a request to the CRM.
public enum RequestFields {
  /// Those with a fixed name.
  public static let names = [
    "time", "answered", "connector", "request", "purpose", "method", "host", "path", "body", "status", "bytes",
    "answer", "unreachable",
  ]
  /// What the names of parts of its query, body and answer begin with.
  public static let prefixes = ["query.", "body.", "answer."]

  /// Whether a request can have the field.
  public static func has(_ name: String) -> Bool {
    names.contains(name) || prefixes.contains { name.hasPrefix($0) && name.count > $0.count }
  }
}
