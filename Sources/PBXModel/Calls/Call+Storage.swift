public import Primitives

extension Call {
  struct Values: Hashable, Sendable {
    var id: ID
    var callerLeg: Member?
    var calleeLegs: [Member] = []
    var end: Instant?
    var dialled: String
    var callerNumber: String
    var callerName: String
    var callerParty: Party
    var start: Instant
    var ranAtStart: Bool
  }

  /// Only ever changed through the one call that refers to it, so it may cross threads as a value does.
  final class Storage: @unchecked Sendable {
    /// Reached only through `Call`, whose own accesses the compiler checks.
    @exclusivity(unchecked) var values: Values

    init(_ values: Values) { self.values = values }
  }

  private var values: Values {
    @inline(__always) _read { yield storage.values }
    @inline(__always) _modify {
      if !isKnownUniquelyReferenced(&storage) { storage = Storage(storage.values) }
      yield &storage.values
    }
  }

  /// The call's number within the run.
  public internal(set) var id: ID {
    @inline(__always) _read { yield storage.values.id }
    @inline(__always) _modify { yield &values.id }
  }
  /// nil when the trace shows only what the PBX sent.
  public internal(set) var callerLeg: Member? {
    @inline(__always) _read { yield storage.values.callerLeg }
    @inline(__always) _modify { yield &values.callerLeg }
  }
  /// In the order dialled.
  public internal(set) var calleeLegs: [Member] {
    @inline(__always) _read { yield storage.values.calleeLegs }
    @inline(__always) _modify { yield &values.calleeLegs }
  }
  /// How the caller's own INVITE ended is in `callerLeg`; this is when the last leg was gone.
  public internal(set) var end: Instant? {
    @inline(__always) _read { yield storage.values.end }
    @inline(__always) _modify { yield &values.end }
  }
  /// The number the caller dialled, or the DID.
  public internal(set) var dialled: String {
    @inline(__always) _read { yield storage.values.dialled }
    @inline(__always) _modify { yield &values.dialled }
  }
  /// The number the callee saw, without visual separators; may be empty or `anonymous`.
  public internal(set) var callerNumber: String {
    @inline(__always) _read { yield storage.values.callerNumber }
    @inline(__always) _modify { yield &values.callerNumber }
  }
  /// Display name of the caller's From, as the phone or the carrier sent it; empty when there was none.
  public internal(set) var callerName: String {
    @inline(__always) _read { yield storage.values.callerName }
    @inline(__always) _modify { yield &values.callerName }
  }
  /// Who called. A call that shows only what the PBX sent has the party its From suggests.
  public internal(set) var callerParty: Party {
    @inline(__always) _read { yield storage.values.callerParty }
    @inline(__always) _modify { yield &values.callerParty }
  }
  /// When the INVITE that counted came; when the call was first seen if it `ranAtStart`.
  public internal(set) var start: Instant {
    @inline(__always) _read { yield storage.values.start }
    @inline(__always) _modify { yield &values.start }
  }
  /// The call ran when the trace began, so its start is unknown.
  public internal(set) var ranAtStart: Bool {
    @inline(__always) _read { yield storage.values.ranAtStart }
    @inline(__always) _modify { yield &values.ranAtStart }
  }

  /// Whether both have the same legs and facts.
  public static func == (left: Call, right: Call) -> Bool {
    left.storage === right.storage || left.storage.values == right.storage.values
  }

  /// Hashes the facts that tell calls of one run apart.
  public func hash(into hasher: inout Hasher) { hasher.combine(storage.values.id) }
}
