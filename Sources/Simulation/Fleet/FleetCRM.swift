public import CRMConnectors
public import Primitives

/// Carries the requests of an appliance to its CRM and brings the answers back.
///
/// A conforming type is a value: a copy goes its own way, with what is on its way already, and the CRM it carries to is
/// copied with it.
public protocol CRMCarrier {
  /// Takes a request at `now`; requests come in the order of time.
  mutating func carry(_ envelope: CRMEnvelope, at now: Instant)
  /// What is on its way is lost.
  mutating func dropAll()
  /// When the next answer is due; nil while none is on its way.
  var nextDue: Instant? { get }
  /// The next answer due at `now` or before, and when it was due; nil for none.
  mutating func takeAnswer(at now: Instant) -> (answer: CRMAnswer, envelope: CRMEnvelope, due: Instant)?
}

/// The CRM of a fleet: the settings its members share, and who carries their requests.
public struct FleetCRM {
  /// As each appliance has it.
  public var configuration: CRMConfiguration
  /// Copied for every cohort.
  public var carrier: any CRMCarrier

  /// Takes both as they are.
  public init(configuration: CRMConfiguration, carrier: any CRMCarrier) {
    self.configuration = configuration
    self.carrier = carrier
  }
}
