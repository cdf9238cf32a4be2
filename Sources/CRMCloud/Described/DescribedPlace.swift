import JSON

/// The way to a value in a body, as a connector's description writes it.
public struct DescribedPlace: Codable, Hashable, Sendable {
  /// One step into a value.
  public enum Step: Codable, Hashable, Sendable {
    case member(String)
    case element(Int)
    case each
  }

  /// None for the whole body.
  public var steps: [Step]

  /// Takes the steps as they are.
  public init(_ steps: [Step]) { self.steps = steps }

  /// Every value there.
  func values(in body: JSONValue) -> [JSONValue] {
    steps.reduce([body]) { values, step in
      values.flatMap { value -> [JSONValue] in
        switch step {
        case .member(let name): value[name].map { [$0] } ?? []
        case .element(let index): value.array.flatMap { $0.indices.contains(index) ? [$0[index]] : nil } ?? []
        case .each: value.array ?? []
        }
      }
    }
  }

  /// `body` with `value` there; what is missing on the way is made, a list with one element.
  func setting(_ value: JSONValue, in body: JSONValue) -> JSONValue { Self.setting(value, in: body, steps[...]) }

  private static func setting(_ value: JSONValue, in body: JSONValue?, _ steps: ArraySlice<Step>) -> JSONValue {
    guard let step = steps.first else { return value }
    let rest = steps.dropFirst()
    switch step {
    case .member(let name):
      var members = body?.members ?? []
      let inner = setting(value, in: members.first { $0.name == name }?.value, rest)
      if let index = members.firstIndex(where: { $0.name == name }) {
        members[index].value = inner
      } else {
        members.append(.init(name, inner))
      }
      return .object(members)
    case .element(let index):
      var elements = body?.array ?? []
      // A description has no such index beyond a few; what lies before it is filled up.
      while elements.count <= index, elements.count < 100 { elements.append(.null) }
      if elements.indices.contains(index) { elements[index] = setting(value, in: elements[index], rest) }
      return .array(elements)
    case .each: return .array([setting(value, in: body?.array?.first, rest)])
    }
  }
}
