public import JSON
public import PBXModel
import Primitives

/// One REGISTER transaction as a line of `registrations`.
public enum RegistrationReport {
  /// Titles of `texts(_:)`, in its order: the keys of `json(_:)`.
  public static let columns = ["frame", "time", "extension", "src", "outcome", "status", "contacts", "userAgent"]

  /// `frame, time, extension, src, outcome, status, contacts: [{uri, expires}], userAgent`.
  public static func json(_ event: RegistrationEvent) -> JSONValue {
    let (word, status, contacts) = facts(event.outcome)
    return [
      "frame": .integer(Int64(event.frame)), "time": .time(event.time), "extension": .string(event.number),
      "src": .string(event.source.description), "outcome": .string(word),
      "status": .optional(status.map(Int64.init)),
      "contacts": .array(contacts.map { ["uri": .string($0.uri), "expires": .integer(Int64($0.expiresSeconds))] }),
      "userAgent": .string(event.userAgent),
    ]
  }

  /// The same facts as texts, in the order of `columns`; the time as ISO 8601, contacts as `<uri> <seconds> s`.
  public static func texts(_ event: RegistrationEvent) -> [String] {
    let (word, status, contacts) = facts(event.outcome)
    return [
      String(event.frame), event.time.iso8601, event.number, event.source.description, word,
      status.map(String.init) ?? "", contacts.map { "\($0.uri) \($0.expiresSeconds) s" }.joined(separator: ", "),
      event.userAgent,
    ]
  }

  private static func facts(_ outcome: RegistrationEvent.Outcome)
    -> (word: String, status: Int?, contacts: [RegistrationEvent.ContactChange])
  {
    switch outcome {
    case .accepted(let contacts): ("accepted", nil, contacts)
    case .removedAll: ("removedAll", nil, [])
    case .queried: ("queried", nil, [])
    case .challenged: ("challenged", nil, [])
    case .refused(let status): ("refused", status, [])
    case .unanswered(let contacts): ("unanswered", nil, contacts)
    }
  }
}
