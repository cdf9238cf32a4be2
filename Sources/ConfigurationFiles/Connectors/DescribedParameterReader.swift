import CRMConnectors

/// `parameters:` of a description, in the file's order.
struct DescribedParameterReader {
  private enum Kind: String, CaseIterable { case text, secret, choice, integer, boolean }

  func read(_ entry: Entry) -> [DescribedParameter] {
    entry.dictionary(of: "parameters").prefix(50).compactMap { item in
      guard Self.isName(item.key) else {
        item.keyEntry.report(
          "`\(Entry.shown(item.key))` is no name of a parameter",
          remedy: "start with a small letter and use letters and digits: names with a capital are the appliance's words"
        )
        return nil
      }
      return parameter(item.key, item.value)
    }
  }

  private static func isName(_ text: String) -> Bool {
    guard let first = text.utf8.first, text.utf8.count <= 64 else { return false }
    return (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first)
      && text.utf8.allSatisfy { byte in
        (48...57).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
      }
  }

  private func parameter(_ name: String, _ entry: Entry) -> DescribedParameter? {
    guard let mapping = entry.mapping(keys: ["type", "title", "default", "choices"]),
      let type = mapping.required("type")?.choice(of: Kind.self)
    else { return nil }
    let choices = mapping.list("choices").compactMap { $0.text() }
    let kind: DescribedParameter.Kind
    switch type {
    case .text: kind = .text
    case .secret: kind = .secret
    case .integer: kind = .integer
    case .boolean: kind = .boolean
    case .choice:
      guard mapping.required("choices") != nil else { return nil }
      kind = .choice(choices)
    }
    if type != .choice { mapping["choices"]?.report("is for the type `choice`", remedy: "leave it out") }
    let parameter = DescribedParameter(
      name: name, kind: kind, title: mapping["title"]?.text() ?? name, standard: standard(mapping["default"]))
    if type == .secret, let standard = mapping["default"] {
      standard.report("a secret has no default: it would be everybody's", remedy: "leave it out")
    } else if let standard = parameter.standard, !parameter.takes(standard) {
      mapping["default"]?.report("the default is not \(parameter.wanted)")
    }
    return parameter
  }

  /// A default of any type, as a user would enter it.
  private func standard(_ entry: Entry?) -> String? {
    guard let entry, case .scalar(let text, _) = entry.value.content, text.count <= 200 else {
      entry?.report("a default is a single value")
      return nil
    }
    return text
  }
}
