public import Primitives

/// What the firmware of one age offers, whatever the model it runs on.
public struct Firmware: Hashable, Sendable {
  /// As the command line names it; an age, because which version brought what is not known.
  public var name: String
  /// For people.
  public var displayName: String
  /// The CRM systems of its menu, in the menu's order; without `none`, which every menu has.
  public var crm: [CRMOffer]

  /// Takes every part as it is.
  public init(name: String, displayName: String, crm: [CRMOffer]) {
    self.name = name
    self.displayName = displayName
    self.crm = crm
  }

  /// What it says of a system, by its command-line name; nil for one it does not offer.
  public func offer(of system: String) -> CRMOffer? { crm.first { $0.system == system } }
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
