/// What the models of one family share.
public struct Family: Hashable, Sendable {
  /// As model files name it.
  public var name: String
  /// For people.
  public var displayName: String
  /// What every model of the family has unless it says otherwise.
  public var limits: [LimitName: Limit]
  /// What every model of the family is unless it says otherwise.
  public var traits: ModelTraits

  /// Takes every part as it is.
  public init(name: String, displayName: String, limits: [LimitName: Limit] = [:], traits: ModelTraits = ModelTraits())
  {
    self.name = name
    self.displayName = displayName
    self.limits = limits
    self.traits = traits
  }
}

/// One model of the appliance: its limits and traits as values, each with its source.
///
/// A limit that nobody knows is absent; it is never taken for zero or for infinity.
public struct Profile: Hashable, Sendable {
  /// The model's name as on the box.
  public var model: String
  /// The family's name.
  public var family: String
  /// For people.
  public var displayName: String
  /// Its own limits and those of its family.
  public var limits: [LimitName: Limit]
  /// Its own traits and those of its family.
  public var traits: ModelTraits

  /// A model of `family`: what `limits` and `traits` leave out is taken from the family.
  public init(
    model: String, displayName: String? = nil, family: Family, limits: [LimitName: Limit] = [:],
    traits: ModelTraits = ModelTraits()
  ) {
    self.model = model
    self.family = family.name
    self.displayName = displayName ?? model
    self.limits = family.limits.merging(limits) { _, own in own }
    self.traits = traits.inheriting(from: family.traits)
  }

  /// The limit with its source; nil when nobody knows it.
  public func limit(_ name: LimitName) -> Limit? { limits[name] }

  /// User extensions; nil when unknown.
  public var users: Limit? { limit(.users) }
  /// Calls at once; nil when unknown.
  public var concurrentCalls: Limit? { limit(.concurrentCalls) }
  /// Rooms at once; nil when unknown.
  public var conferenceRooms: Limit? { limit(.conferenceRooms) }
  /// Attendees over all rooms; nil when unknown.
  public var conferenceAttendees: Limit? { limit(.conferenceAttendees) }

  /// Limits nobody knows, in the order of `LimitName`; a run says that it did not enforce them.
  public var unknownLimits: [LimitName] { LimitName.allCases.filter { limits[$0] == nil } }

  /// What the appliance puts in its `Server:` header; nil when the header's shape or the hardware revision is unknown.
  public func serverHeader(firmware: String) -> String? {
    guard let shape = traits.serverHeader?.value, let revision = traits.hardwareRevision?.value else { return nil }
    // Filled in one pass, so that a brace in a value is never taken for a place to fill.
    var result = ""
    var rest = shape[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      result += rest[..<open]
      let place = rest[rest.index(after: open)..<close]
      switch place {
      case "model": result += model
      case "revision": result += revision
      case "firmware": result += firmware
      default: result += rest[open...close]
      }
      rest = rest[rest.index(after: close)...]
    }
    return result + rest
  }
}
