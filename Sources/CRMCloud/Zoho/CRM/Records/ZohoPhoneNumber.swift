/// The rules of Zoho's phone fields.
enum ZohoPhoneNumber {
  static let maximumLength = 30

  /// An optional leading `+`, then digits and letters with `- . space ( ) ; , #` (documented: field pages of v2).
  static func isValid(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    let rest = bytes.first == UInt8(ascii: "+") ? bytes[1...] : bytes[...]
    return rest.contains(where: isDigitOrLetter)
      && rest.allSatisfy { isDigitOrLetter($0) || "-. ();,#".utf8.contains($0) }
  }

  static func digits(_ text: String) -> [UInt8] { text.utf8.filter { (48...57).contains($0) } }

  private static func isDigitOrLetter(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"):
      true
    default: false
    }
  }
}

/// A stored number with its digits taken out once.
struct ZohoStoredNumber: Codable, Hashable {
  let text: String
  let digits: [UInt8]

  init(_ text: String) {
    self.text = text
    digits = ZohoPhoneNumber.digits(text)
  }
}
