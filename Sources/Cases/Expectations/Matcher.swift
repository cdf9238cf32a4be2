/// What a value must be.
public indirect enum Matcher: Hashable, Sendable {
  /// The same text; numbers are compared as they are written.
  case equals(String)
  /// A text of the pattern.
  case like(GlobPattern)
  /// A number that compares so.
  case compares(Comparison, Double)
  /// One of these.
  case oneOf([Matcher])
  /// Anything but this; a value that is not there counts as another.
  case not(Matcher)
  /// Whether the record has the field at all, with something in it.
  case exists(Bool)

  /// How two numbers compare.
  public enum Comparison: String, Hashable, Sendable, CaseIterable {
    // The longer signs first, so that the first that fits a text is meant.
    case atLeast = ">="
    case atMost = "<="
    case other = "!="
    case more = ">"
    case less = "<"

    /// Whether `left` compares so with `right`.
    public func holds(_ left: Double, _ right: Double) -> Bool {
      switch self {
      case .atLeast: left >= right
      case .atMost: left <= right
      case .other: left != right
      case .more: left > right
      case .less: left < right
      }
    }
  }

  /// What a bare scalar means: `>= 50` compares, everything else is the text itself.
  public init(scalar text: String) {
    for sign in Comparison.allCases where text.hasPrefix(sign.rawValue) {
      let rest = text.dropFirst(sign.rawValue.count).drop { $0 == " " }
      if let number = Double(rest), number.isFinite {
        self = .compares(sign, number)
        return
      }
    }
    self = .equals(text)
  }

  /// - Parameter value: nil where the record has no such field.
  public func matches(_ value: String?) -> Bool {
    switch self {
    case .equals(let text): value == text
    case .like(let pattern): value.map(pattern.matches) ?? false
    case .compares(let sign, let number): value.flatMap(Double.init).map { sign.holds($0, number) } ?? false
    case .oneOf(let matchers): matchers.contains { $0.matches(value) }
    case .not(let matcher): !matcher.matches(value)
    case .exists(let isThere): !(value ?? "").isEmpty == isThere
    }
  }

  /// As a report says it.
  public var text: String {
    switch self {
    case .equals(let text): "'\(text)'"
    case .like(let pattern): "like '\(pattern.text)'"
    case .compares(let sign, let number): "\(sign.rawValue) \(Self.text(number))"
    case .oneOf(let matchers): "one of " + matchers.map(\.text).joined(separator: ", ")
    case .not(let matcher): "not \(matcher.text)"
    case .exists(let isThere): isThere ? "something" : "nothing"
    }
  }

  /// Whole numbers without a point.
  private static func text(_ number: Double) -> String {
    Int64(exactly: number).map { String($0) } ?? String(number)
  }
}

/// How many.
public enum CountCondition: Hashable, Sendable {
  /// Neither more nor less.
  case exactly(Int)
  /// So many.
  case compares(Matcher.Comparison, Int)

  /// Whether `count` is as wanted.
  public func holds(_ count: Int) -> Bool {
    switch self {
    case .exactly(let wanted): count == wanted
    case .compares(let sign, let wanted): sign.holds(Double(count), Double(wanted))
    }
  }

  /// As a report says it.
  public var text: String {
    switch self {
    case .exactly(let count): String(count)
    case .compares(let sign, let count): "\(sign.rawValue) \(count)"
    }
  }
}
