public import CRMCloud
public import CRMConnectors
public import JSON
public import Primitives

/// One CRM as the suite sees it: how its client is made, what its servers hold, and how to read what they keep.
///
/// To put another system under the suite:
///
/// 1. Write a type of this protocol in `Subjects/`. `contents(of:)` fills the system's section of `CloudContents` with
///    the people and with the two users; `settings(at:)` and `user(_:)` are the appliance's two pages; `kind(of:)`,
///    `record(_:in:)`, `kindOfCalls` and `call(_:)` read what the cloud's `dump` shows, in its own field names.
/// 2. Say in `traits` what the system really is like; what is said there is held against it, so nothing is skipped.
/// 3. Add it to `CompatSubjects.all`. `ConnectorCompatTestTests`, the schedules of faults and `ucmsim numbers` take it
///    from there.
///
/// Within this package the subjects are in process (`InProcessServer`); the same table runs over HTTPS with a
/// `CompatServer` that sends the requests there.
public protocol CompatSubject: Sendable {
  /// The system, and its name in findings.
  var system: CRMSystem { get }
  /// What is to be expected of it where systems differ.
  var traits: CompatTraits { get }

  /// A cloud that knows `people` and both users, and nobody else.
  func contents(of people: [CompatPerson]) -> CloudContents
  /// The admin's page.
  func settings(at place: CompatPlace) -> CRMSettings
  /// A user's page.
  func user(_ user: CompatUser) -> CRMUserSettings
  /// The client of one user's page.
  func connector(
    for user: CompatUser, at place: CompatPlace, settings: ConnectorSettings
  ) throws(ConnectorSettingsError) -> any CRMConnector

  /// What `dump` calls a table.
  func kind(of table: CRMTable) -> String
  /// What `dump` calls the table of calls.
  var kindOfCalls: String { get }
  /// A record of a dump; nil for one without id.
  func record(_ value: JSONValue, in table: CRMTable) -> CompatRecord?
  /// A call of a dump; nil for one without id, and for what shares the table and is no call.
  func call(_ value: JSONValue) -> CompatCall?
}

extension CompatSubject {
  /// As the appliance makes it of both pages.
  public func connector(
    for user: CompatUser, at place: CompatPlace, settings: ConnectorSettings
  ) throws(ConnectorSettingsError) -> any CRMConnector {
    var page = self.settings(at: place)
    page.numbers = settings.numbers
    return try page.connector(for: self.user(user), settings: settings)
  }
}

/// What the admin's page says of the server.
public enum CompatPlace: Hashable, Sendable, CaseIterable {
  /// The address of the cloud.
  case right
  /// Another address that could be one: another region, another host.
  case wrong
}

/// Whose page it is.
public enum CompatUser: Hashable, Sendable, CaseIterable {
  case first, second
  /// Somebody whose credentials are refused.
  case stranger
}

/// In what systems differ where the suite has to know.
public struct CompatTraits: Hashable, Sendable {
  /// When the suite plays: in years in which the system answers.
  public var start = Instant(seconds: 1_800_000_000)
  /// The reasons that a stranger may be turned away with.
  public var reasonsForStrangers: Set<LogoutReason>
  /// The tables it has.
  public var tables = CRMTable.allCases
  /// Whether a session can end and be replaced by logging in again; if not, `endSessions` must change nothing.
  public var renewsSessions = true
  /// Whether it counts requests and refuses them at a limit, so that `exhaustLimits` means something.
  public var hasLimits = true
  /// In what a call's length is kept: 1 for seconds, 60 for minutes.
  public var secondsOfDuration: Int64 = 1

  /// Those of a system of which only this is known.
  public init(reasonsForStrangers: Set<LogoutReason>) { self.reasonsForStrangers = reasonsForStrangers }
}
