public import JSON

/// The way to values in an answer: `results`, `properties.phone`, `results[0].id`, `PHONE[].VALUE`.
///
/// Names with points between them, `[n]` for one element of a list, `[]` for each, and `$` alone for the whole answer.
/// Nothing else: no filters, no wildcards. A name may hold anything but `.`, `[` and `]`.
public struct AnswerPath: Hashable, Sendable {
  /// One step into a value.
  public enum Step: Hashable, Sendable {
    case member(String)
    case element(Int)
    case each
  }

  /// None for the whole answer.
  public let steps: [Step]
  /// As it was written.
  public let text: String

  /// nil for a text that is no path.
  public init?(_ text: String) {
    self.text = text
    guard text != "$" else {
      steps = []
      return
    }
    var steps: [Step] = []
    for part in text.split(separator: ".", omittingEmptySubsequences: false) {
      let name = part.prefix { $0 != "[" }
      guard !name.isEmpty, !name.contains("]"), !name.contains(where: \.isWhitespace) else { return nil }
      steps.append(.member(String(name)))
      var rest = part.dropFirst(name.count)
      while let first = rest.first {
        guard first == "[", let close = rest.firstIndex(of: "]") else { return nil }
        let inside = rest[rest.index(after: rest.startIndex)..<close]
        if inside.isEmpty {
          steps.append(.each)
        } else if inside.utf8.count <= 6, inside.utf8.allSatisfy({ (48...57).contains($0) }), let index = Int(inside) {
          steps.append(.element(index))
        } else {
          return nil
        }
        rest = rest[rest.index(after: close)...]
      }
    }
    self.steps = steps
  }

  /// Whether it can lead to several values.
  public var isPlural: Bool { steps.contains(.each) }

  /// Every value there; none where the way ends early.
  public func values(in answer: JSONValue) -> [JSONValue] {
    steps.reduce([answer]) { values, step in
      values.flatMap { value -> [JSONValue] in
        switch step {
        case .member(let name): value[name].map { [$0] } ?? []
        case .element(let index): value.array.flatMap { $0.indices.contains(index) ? [$0[index]] : nil } ?? []
        case .each: value.array ?? []
        }
      }
    }
  }

  /// The texts there, whole numbers among them as sloppy servers send them; nothing for other kinds.
  func texts(in answer: JSONValue) -> [String] { values(in: answer).compactMap(\.looseText) }
}

extension JSONValue {
  /// A text, or a whole number as one.
  var looseText: String? {
    switch self {
    case .string(let text): text
    case .integer(let number): String(number)
    case .null, .bool, .decimal, .number, .array, .object: nil
    }
  }
}
