public import ApplianceAPI
public import SimulationRuntime

/// What the CRM pages bring about outside of them.
public struct CRMBackOffice: Sendable {
  /// What a replay goes on by; nil for pages that the doors should not have let through.
  let change: @Sendable (CRMPages.InForce) -> CRMChange?
  /// Keeps what was saved.
  let keep: @Sendable (CRMPages) -> Void

  /// Takes both as they are; they are called by one caller at a time.
  public init(
    change: @escaping @Sendable (CRMPages.InForce) -> CRMChange?, keep: @escaping @Sendable (CRMPages) -> Void
  ) {
    self.change = change
    self.keep = keep
  }
}
