public import ApplianceAPI
public import SimulationRuntime

/// What the CRM pages bring about outside of them.
public struct CRMBackOffice: Sendable {
  /// What a replay goes on by; nil for pages that the doors should not have let through.
  let change: @Sendable (CRMPages.InForce) -> CRMChange?
  /// What the replay of the model beside goes on by.
  let changeBeside: @Sendable (CRMPages.InForce) -> CRMChange?
  /// Keeps what was saved.
  let keep: @Sendable (CRMPages) -> Void

  /// Takes all as they are; they are called by one caller at a time.
  ///
  /// - Parameter beside: what the pages make of the model beside; nil where there is none.
  public init(
    change: @escaping @Sendable (CRMPages.InForce) -> CRMChange?,
    beside: (@Sendable (CRMPages.InForce) -> CRMChange?)? = nil, keep: @escaping @Sendable (CRMPages) -> Void
  ) {
    self.change = change
    changeBeside = beside ?? { _ in nil }
    self.keep = keep
  }
}
