extension Pseudonyms {
  /// XML with invented texts in the elements that hold people's data by their names, as the answer to a SOAP login
  /// does.
  mutating func elements(_ text: String, in origin: Origin) -> String {
    guard text.contains("</") else { return text }
    var result = ""
    var rest = text[...]
    while let open = rest.firstIndex(of: "<") {
      result += rest[..<open]
      rest = rest[open...]
      guard let close = rest.firstIndex(of: ">") else { break }
      let tag = rest[open...close]
      result += tag
      rest = rest[close...].dropFirst()
      let local = tag.dropFirst().dropLast().split(separator: ":").last.map(String.init) ?? ""
      guard let kind = Self.kind(ofElement: local), let end = rest.firstIndex(of: "<"), end > rest.startIndex,
        rest[end...].hasPrefix("</")
      else { continue }
      result += name(String(rest[..<end]), kind, origin)
      rest = rest[end...]
    }
    return result + rest
  }

  /// Names of Salesforce's SOAP login, besides those that JSON has.
  private static func kind(ofElement name: String) -> PersonalMember? {
    switch name {
    case "userFullName": .name
    case "username", "userName", "userEmail": .email
    case "organizationName": .company
    default: nil
    }
  }
}
