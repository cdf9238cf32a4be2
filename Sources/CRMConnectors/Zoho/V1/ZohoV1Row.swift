/// A record of version 1: values by label, in the order they came.
///
/// One field is an object, several are an array of them (documented; every v1 client met it).
struct ZohoV1Row: Decodable {
  let fields: [(label: String, value: String)]

  private enum Key: String, CodingKey { case fields = "FL" }

  private struct Field: Decodable {
    let label: String?
    let value: String?

    private enum Key: String, CodingKey {
      case label = "val"
      case value = "content"
    }

    init(from decoder: any Decoder) throws {
      let keyed = try decoder.container(keyedBy: Key.self)
      label = keyed.text(.label)
      value = keyed.text(.value) ?? keyed.integer(.value).map { String($0) }
    }
  }

  init(from decoder: any Decoder) throws {
    let keyed = try decoder.container(keyedBy: Key.self)
    let all = try keyed.decodeIfPresent(OneOrMany<Field>.self, forKey: .fields)?.elements ?? []
    // With newFormat=2 an empty value is the text `null` (documented).
    fields = all.compactMap { field in
      guard let label = field.label, let value = field.value, value != "null" else { return nil }
      return (label, value)
    }
  }

  subscript(label: String) -> String? { fields.first { $0.label == label }?.value }

  /// The name to put on a phone's display, in the order of version 2.
  var name: String? {
    let parts = ["First Name", "Last Name"].compactMap { self[$0].flatMap { DisplayText.line($0) } }
    if !parts.isEmpty { return parts.joined(separator: " ") }
    return (self["Account Name"] ?? self["Company"]).flatMap { DisplayText.line($0) }
  }
}

/// An element, or an array of elements.
struct OneOrMany<Element: Decodable>: Decodable {
  let elements: [Element]

  init(from decoder: any Decoder) throws {
    guard var list = try? decoder.unkeyedContainer() else {
      elements = [try Element(from: decoder)]
      return
    }
    var elements: [Element] = []
    while !list.isAtEnd { elements.append(try list.decode(Element.self)) }
    self.elements = elements
  }
}
