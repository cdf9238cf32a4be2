public import PBXModel

/// What a run came to, in numbers.
public struct RunTally: Hashable, Sendable {
  public var calls = 0
  public var callsByDisposition: [Disposition: Int] = [:]
  public var callsByDirection: [CallDirection: Int] = [:]
  public var callsRefused = 0
  /// Up when the trace began or when it ended: they have no row.
  public var callsRunningAtStart = 0
  public var callsRunningAtEnd = 0
  public var rows = 0
  public var bindingsAdded = 0
  public var bindingsRefreshed = 0
  public var bindingsRemoved = 0
  public var bindingsExpired = 0
  public var registrationsChallenged = 0
  public var registrationsRefused = 0
  public var lookupsHit = 0
  public var lookupsMissed = 0
  public var lookupsAdded = 0
  public var lookupsFailed = 0
  public var callsLogged = 0
  public var callLogsFailed = 0
  public var systemEvents = 0
  /// How often the run leaned on each assumption.
  public var assumptions: [Assumption: Int] = [:]

  public init() {}
}
