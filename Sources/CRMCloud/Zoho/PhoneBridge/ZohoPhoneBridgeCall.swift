import Primitives

/// A call that a provider notified, tied together by its id.
struct ZohoPhoneBridgeCall: Codable, Hashable {
  /// Screens that one call opens at once; more are not noted.
  static let maximumAgents = 50

  /// Documented: `received` and `dialed`.
  enum Direction: String, Codable, CaseIterable { case received, dialed }

  /// Documented: the first three for either direction, `missed` for received calls, the rest for dialed ones that
  /// nobody answered.
  enum State: String, Codable, CaseIterable {
    case ringing, answered, ended, missed, busy, invalid, blocked, notavailable, noanswer, rejected

    var isLive: Bool { self == .ringing || self == .answered }

    func isPossible(_ direction: Direction) -> Bool {
      switch self {
      case .ringing, .answered, .ended: true
      case .missed: direction == .received
      case .busy, .invalid, .blocked, .notavailable, .noanswer, .rejected: direction == .dialed
      }
    }

    /// Whether a call can come from here to `next`: ringing, answered, ended, or ringing and unanswered (documented).
    /// The same state again is told for every phone that rings, and by who repeats a request (assumed).
    func leads(to next: State) -> Bool {
      if self == next { return true }
      return switch self {
      case .ringing: true
      case .answered: next == .ended
      case .ended, .missed, .busy, .invalid, .blocked, .notavailable, .noanswer, .rejected: false
      }
    }
  }

  /// Given by the provider.
  let id: String
  let clientID: String
  let direction: Direction
  var state: State
  var from: String
  var to: String
  /// CRM ids of the users on whose screens it shows.
  var agentIDs: [String] = []
  /// The call it was transferred from.
  var transferredCallID: String?
  let notifiedAt: Instant
  var answeredAt: Instant?
  /// The customer's record; nil where none was found.
  var match: Match?
  /// The record of Calls that was written at its end.
  var recordID: String?

  struct Match: Codable, Hashable {
    let module: ZohoModuleName
    let recordID: String
  }

  /// The other party's number.
  var customerNumber: String { direction == .received ? from : to }
  /// The user's own number or extension.
  var agentNumber: String { direction == .received ? to : from }
}
