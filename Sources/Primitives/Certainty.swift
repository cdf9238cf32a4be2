/// How sure we are of a fact about the appliance or a CRM.
public enum Certainty: String, Hashable, Sendable, CaseIterable {
  /// A document of the vendor says so.
  case documented
  /// Raw data of a real unit or service shows it.
  case observed
  /// Asterisk, on which the appliance is built, does so.
  case upstream
  /// Nobody knows; a stated default that a setting can change.
  case assumed
}
