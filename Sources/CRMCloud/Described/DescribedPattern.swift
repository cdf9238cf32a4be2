public import JSON

/// What a request of a description looks like, with places that hold what it is about.
public struct DescribedPattern: Codable, Hashable, Sendable {
  /// A text with places.
  public struct Text: Codable, Hashable, Sendable {
    /// A part of it.
    public enum Piece: Codable, Hashable, Sendable {
      case literal(String)
      /// Anything, kept under this name.
      case place(String)
    }

    /// In the order of the text.
    public var pieces: [Piece]

    /// Takes the pieces as they are.
    public init(_ pieces: [Piece]) { self.pieces = pieces }
  }

  /// A body's value.
  public indirect enum Value: Codable, Hashable, Sendable {
    case text(Text)
    case exact(JSONValue)
    case list([Value])
    case object([Field])
    /// One of these; with nil the member may be left out.
    case oneOf([Value?])
  }

  /// A name and what stands behind it.
  public struct Field: Codable, Hashable, Sendable {
    /// As it is sent.
    public var name: String
    /// What it may hold.
    public var value: Value

    /// Takes both as they are.
    public init(_ name: String, _ value: Value) {
      self.name = name
      self.value = value
    }
  }

  /// What follows the header fields.
  public enum Body: Codable, Hashable, Sendable {
    case none
    case json(Value)
    case form([Field])
  }

  /// `GET`, `POST` …
  public var method: String
  /// The parts between the slashes.
  public var path: [Text]
  /// Parameters of the query.
  public var query: [Field]
  /// Header fields that have to be there; others may.
  public var headers: [Field]
  /// What follows the header fields.
  public var body: Body

  /// Takes all as they are.
  public init(method: String, path: [Text], query: [Field], headers: [Field], body: Body) {
    self.method = method
    self.path = path
    self.query = query
    self.headers = headers
    self.body = body
  }
}

/// What was found in a pattern's places, by their names.
typealias DescribedFindings = [String: String]

extension DescribedPattern.Text {
  /// What stands in the places; nil where the text is another. Of two places in a row the first takes nothing.
  func match(_ text: String, _ findings: DescribedFindings) -> DescribedFindings? {
    var findings = findings
    var rest = text[...]
    for (index, piece) in pieces.enumerated() {
      switch piece {
      case .literal(let literal):
        guard rest.hasPrefix(literal) else { return nil }
        rest = rest.dropFirst(literal.count)
      case .place(let name):
        let next = index + 1 < pieces.count ? pieces[index + 1] : nil
        var found = rest
        if case .literal(let literal)? = next {
          guard let range = rest.firstRange(of: literal) else { return nil }
          found = rest[..<range.lowerBound]
        }
        // The same word is the same value wherever it stands.
        if let known = findings[name], known != String(found) { return nil }
        findings[name] = String(found)
        rest = rest.dropFirst(found.count)
      }
    }
    return rest.isEmpty ? findings : nil
  }
}

extension DescribedPattern.Value {
  /// - Parameter value: nil where the member is left out.
  func match(_ value: JSONValue?, _ findings: DescribedFindings) -> DescribedFindings? {
    switch self {
    case .text(let text):
      switch value {
      case .string(let string): return text.match(string, findings)
      case .integer(let number): return text.match(String(number), findings)
      case .bool(let flag): return text.match(flag ? "true" : "false", findings)
      case .null, .decimal, .number, .array, .object, nil: return nil
      }
    case .exact(let exact): return exact == value ? findings : nil
    case .list(let patterns):
      guard let elements = value?.array, elements.count == patterns.count else { return nil }
      return zip(patterns, elements).reduce(findings) { found, pair in found.flatMap { pair.0.match(pair.1, $0) } }
    case .object(let fields):
      guard let members = value?.members, members.allSatisfy({ member in fields.contains { $0.name == member.name } })
      else { return nil }
      return fields.reduce(findings) { found, field in found.flatMap { field.value.match(value?[field.name], $0) } }
    case .oneOf(let patterns):
      for pattern in patterns {
        guard let pattern else {
          if value == nil { return findings }
          continue
        }
        if let found = pattern.match(value, findings) { return found }
      }
      return nil
    }
  }
}

extension [DescribedPattern.Field] {
  /// Texts by their names, as queries, forms and header fields have them.
  func match(_ findings: DescribedFindings, _ value: (String) -> String?) -> DescribedFindings? {
    reduce(findings) { found, field in
      found.flatMap { field.value.match(value(field.name).map { .string($0) }, $0) }
    }
  }
}
