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
  /// Where other software gets in at every model of the family unless it says otherwise.
  public var apiDoors: [APIDoorName: ModelTrait<APIDoor>]

  /// Takes every part as it is.
  public init(
    name: String, displayName: String, limits: [LimitName: Limit] = [:], traits: ModelTraits = ModelTraits(),
    apiDoors: [APIDoorName: ModelTrait<APIDoor>] = [:]
  ) {
    self.name = name
    self.displayName = displayName
    self.limits = limits
    self.traits = traits
    self.apiDoors = apiDoors
  }

  /// The family, with what it does not say taken from another.
  public func inheriting(from base: Family) -> Family {
    Family(
      name: name, displayName: displayName, limits: base.limits.merging(limits) { _, own in own },
      traits: traits.inheriting(from: base.traits), apiDoors: base.apiDoors.merging(apiDoors) { _, own in own })
  }
}
