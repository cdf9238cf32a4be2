import JSON

/// Two answers to one request, place by place: members of JSON by their path, lines of any other text.
struct AnswerComparison {
  /// A place that one of the answers has, or both.
  struct Place: Hashable {
    let name: String
    /// nil where the answer has none.
    let first: String?
    let second: String?

    var isSame: Bool { first == second }
  }

  /// In the order of the first answer, what only the second has behind it; those that differ before all others.
  let places: [Place]

  /// Places of one answer that are looked at.
  private static let countMax = 1000

  /// - Parameters: bodies without secrets.
  init(_ first: String, _ second: String) {
    let (first, second) = (Self.places(of: first), Self.places(of: second))
    let values = (Dictionary(first) { one, _ in one }, Dictionary(second) { one, _ in one })
    let names = first.map(\.0) + second.map(\.0).filter { values.0[$0] == nil }
    let places = names.map { Place(name: $0, first: values.0[$0], second: values.1[$0]) }
    self.places = places.filter { !$0.isSame } + places.filter(\.isSame)
  }

  var differences: Int { places.count { !$0.isSame } }

  private static func places(of body: String) -> [(String, String)] {
    guard !body.isEmpty else { return [] }
    var places: [(String, String)] = []
    guard let json = JSONValue(parsing: Array(body.utf8)) else {
      for (number, line) in body.split(separator: "\n", omittingEmptySubsequences: false).prefix(countMax).enumerated()
      {
        places.append(("line \(number + 1)", String(line)))
      }
      return places
    }
    add(json, at: "", to: &places)
    return places
  }

  private static func add(_ value: JSONValue, at name: String, to places: inout [(String, String)]) {
    guard places.count < countMax else { return }
    switch value {
    case .object(let members) where !members.isEmpty:
      for member in members {
        add(member.value, at: name.isEmpty ? member.name : "\(name).\(member.name)", to: &places)
      }
    case .array(let elements) where !elements.isEmpty:
      for (index, element) in elements.enumerated() { add(element, at: "\(name)[\(index)]", to: &places) }
    case .string(let text): places.append((name, text))
    case .null, .bool, .integer, .decimal, .number, .object, .array:
      places.append((name, String(decoding: value.bytes(), as: UTF8.self)))
    }
  }
}
