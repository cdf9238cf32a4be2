/// One person or company as a search answers it: its id, and the name to put on a phone's display.
struct ZohoRecord: Decodable {
  let id: String?
  /// The first of Full_Name, First_Name with Last_Name, Account_Name, Company that is there (documented fields; the
  /// order is assumed).
  let name: String?

  private enum Key: String, CodingKey {
    case id
    case fullName = "Full_Name"
    case firstName = "First_Name"
    case lastName = "Last_Name"
    case accountName = "Account_Name"
    case company = "Company"
  }

  /// A contact's Account_Name is a reference, an account's is text.
  private struct Reference: Decodable { let name: String? }

  init(from decoder: any Decoder) throws {
    let keyed = try decoder.container(keyedBy: Key.self)
    id = keyed.text(.id)
    let parts = [keyed.text(.firstName), keyed.text(.lastName)].compactMap { $0.flatMap(Self.displayable) }
    let account = keyed.text(.accountName) ?? (try? keyed.decodeIfPresent(Reference.self, forKey: .accountName))?.name
    name =
      keyed.text(.fullName).flatMap(Self.displayable)
      ?? (parts.isEmpty ? nil : parts.joined(separator: " "))
      ?? account.flatMap(Self.displayable) ?? keyed.text(.company).flatMap(Self.displayable)
  }

  /// On one line, without control characters and not longer than a single-line field of Zoho's: names end in a SIP
  /// header and in a CDR. Nil when nothing is left.
  static func displayable(_ text: String) -> String? { displayable(text, limit: 255) }

  static func displayable(_ text: String, limit: Int) -> String? {
    let scalars = text.unicodeScalars.prefix(limit).map { scalar in
      let category = scalar.properties.generalCategory
      let breaksLine = category == .control || category == .lineSeparator || category == .paragraphSeparator
      return breaksLine ? " " : scalar
    }
    let words = String(String.UnicodeScalarView(scalars)).split(separator: " ")
    return words.isEmpty ? nil : words.joined(separator: " ")
  }
}
