import JSON

/// One person or company as a search answers it: its id, and the name to put on a phone's display.
struct ZohoRecord {
  let id: String?
  /// The first of Full_Name, First_Name with Last_Name, Account_Name, Company that is there (documented fields; the
  /// order is assumed).
  let name: String?

  /// A field of another type than documented counts as absent.
  init(_ record: JSONValue) {
    let text = { (field: String) in record[field]?.string.flatMap(Self.displayable) }
    id = record["id"]?.string
    let parts = [text("First_Name"), text("Last_Name")].compactMap { $0 }
    // A contact's Account_Name is a reference, an account's is text.
    let account = record["Account_Name"]?.string ?? record["Account_Name"]?["name"]?.string
    name =
      text("Full_Name") ?? (parts.isEmpty ? nil : parts.joined(separator: " "))
      ?? account.flatMap(Self.displayable) ?? text("Company")
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
