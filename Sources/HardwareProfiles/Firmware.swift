public import Primitives

/// What the firmware of one age offers, whatever the model it runs on.
public struct Firmware: Hashable, Sendable {
  /// As the command line names it; an age, because which version brought what is not known.
  public var name: String
  /// For people.
  public var displayName: String
  /// The families there was such firmware for; nil where that is not known, and then it runs on any.
  public var families: [String]?
  /// The CRM systems of its menu, in the menu's order; without `none`, which every menu has. nil where the menu is not
  /// known.
  public var crm: [CRMOffer]?
  /// What it makes of any model it runs on, in place of the model's own traits.
  public var traits: ModelTraits

  /// Takes every part as it is.
  public init(
    name: String, displayName: String, families: [String]? = nil, crm: [CRMOffer]?,
    traits: ModelTraits = ModelTraits()
  ) {
    self.name = name
    self.displayName = displayName
    self.families = families
    self.crm = crm
    self.traits = traits
  }

  /// What it says of a system, by its command-line name; nil for one it does not offer, and for a menu not known.
  public func offer(of system: String) -> CRMOffer? { crm?.first { $0.system == system } }
}

/// One CRM system of a firmware's menu, with who says so and how sure that is.
public struct CRMOffer: Hashable, Sendable {
  /// As the command line names it. There are systems that no client is simulated of.
  public var system: String
  /// As the menu of the appliance shows it.
  public var menuName: String
  /// Whether the user's page asks for a security token.
  public var asksSecurityToken: Bool
  /// As `Limit.source`.
  public var source: String
  /// What kind of source this rests on.
  public var certainty: Certainty
  /// How far it can be trusted within its kind of source.
  public var confidence: Confidence
  /// What a reader should know beside it.
  public var note: String?

  /// Takes every part as it is.
  public init(
    system: String, menuName: String, asksSecurityToken: Bool = false, source: String, certainty: Certainty,
    confidence: Confidence, note: String? = nil
  ) {
    self.system = system
    self.menuName = menuName
    self.asksSecurityToken = asksSecurityToken
    self.source = source
    self.certainty = certainty
    self.confidence = confidence
    self.note = note
  }
}
