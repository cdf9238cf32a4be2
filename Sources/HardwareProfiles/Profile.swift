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
  /// Its own traits and those of its family; of the firmware, where one was chosen.
  public var traits: ModelTraits
  /// Where other software gets in; a door that nobody knows of is absent.
  public var apiDoors: [APIDoorName: ModelTrait<APIDoor>]
  /// The firmware it runs; nil for whatever its family was seen with.
  public private(set) var firmware: String?

  /// A model of `family`: what `limits`, `traits` and `apiDoors` leave out is taken from the family.
  public init(
    model: String, displayName: String? = nil, family: Family, limits: [LimitName: Limit] = [:],
    traits: ModelTraits = ModelTraits(), apiDoors: [APIDoorName: ModelTrait<APIDoor>] = [:]
  ) {
    self.model = model
    self.family = family.name
    self.displayName = displayName ?? model
    self.limits = family.limits.merging(limits) { _, own in own }
    self.traits = traits.inheriting(from: family.traits)
    self.apiDoors = family.apiDoors.merging(apiDoors) { _, own in own }
  }

  /// The model with that firmware in it; nil when there never was such firmware for its family.
  public func running(_ firmware: Firmware) -> Profile? {
    if let families = firmware.families, !families.contains(family) { return nil }
    var result = self
    result.traits = firmware.traits.inheriting(from: traits)
    result.firmware = firmware.name
    return result
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
