public import Primitives

/// A rule that was applied, where it comes from, and how sure that is.
public struct ExplanationRule: Hashable, Sendable {
  /// What was done, in one sentence.
  public let text: String
  /// A standard's section, a section of the project's reference of the appliance, or who else says so.
  public let source: String
  /// How sure it is that the appliance does so.
  public let certainty: Certainty

  init(_ text: String, _ source: String, _ certainty: Certainty) {
    self.text = text
    self.source = source
    self.certainty = certainty
  }
}
