public import Primitives

/// One fact about a model that is not a number, with who says so and how sure that is.
public struct ModelTrait<Value: Hashable & Sendable>: Hashable, Sendable {
  /// The fact.
  public var value: Value
  /// As `Limit.source`.
  public var source: String
  /// What kind of source the value rests on.
  public var certainty: Certainty
  /// How far the value can be trusted within its kind of source.
  public var confidence: Confidence
  /// What a reader should know beside the value.
  public var note: String?

  /// Takes every part as it is.
  public init(value: Value, source: String, certainty: Certainty, confidence: Confidence, note: String? = nil) {
    self.value = value
    self.source = source
    self.certainty = certainty
    self.confidence = confidence
    self.note = note
  }
}

extension ModelTrait {
  /// The same statement with its value as `text`.
  func saying(_ text: (Value) -> String) -> ModelTrait<String> {
    ModelTrait<String>(
      value: text(value), source: source, certainty: certainty, confidence: confidence, note: note)
  }
}
