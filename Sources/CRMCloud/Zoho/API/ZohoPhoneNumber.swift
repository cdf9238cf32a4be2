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
struct ZohoStoredNumber: Hashable {
  let text: String
  let digits: [UInt8]

  init(_ text: String) {
    self.text = text
    digits = ZohoPhoneNumber.digits(text)
  }
}

/// `search?phone=` ready to compare.
struct ZohoPhoneQuery {
  private let text: String
  private let digits: [UInt8]
  private let match: ZohoCloudSettings.PhoneMatch

  /// - Parameter text: as decoded from the query.
  init(_ text: String, match: ZohoCloudSettings.PhoneMatch) {
    self.text = text
    self.match = match
    // A plus that was not encoded arrives as a leading space, and such a search finds nobody (observed as a complaint
    // about this and sister products; that the space takes part in the comparison is assumed).
    digits = text.utf8.first == UInt8(ascii: " ") ? [] : ZohoPhoneNumber.digits(text)
  }

  func matches(_ number: ZohoStoredNumber) -> Bool {
    switch match {
    case .exactText: return number.text == text
    case .digitsContain: return !digits.isEmpty && contains(number.digits)
    case .digitsEqual: return !digits.isEmpty && number.digits == digits
    case .lastDigits(let count):
      guard count > 0, !digits.isEmpty else { return false }
      return number.digits.suffix(count) == digits.suffix(count)
    }
  }

  private func contains(_ stored: [UInt8]) -> Bool {
    guard stored.count >= digits.count else { return false }
    for start in 0...(stored.count - digits.count) where stored[start...].starts(with: digits) { return true }
    return false
  }
}
