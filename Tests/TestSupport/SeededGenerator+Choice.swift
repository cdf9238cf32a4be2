public import Primitives

extension SeededGenerator {
  /// One of `choices`, which are not empty.
  public mutating func pick<Element>(_ choices: [Element]) -> Element {
    choices[Int.random(in: choices.indices, using: &self)]
  }
}
