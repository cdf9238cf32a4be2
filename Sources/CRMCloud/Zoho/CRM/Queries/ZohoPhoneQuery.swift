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

  /// A run of digits that every matching number contains; for an index.
  var requiredDigits: [UInt8] {
    switch match {
    case .digitsContain, .digitsEqual: digits
    case .exactText: ZohoPhoneNumber.digits(text)
    case .lastDigits(let count): Array(digits.suffix(max(0, count)))
    }
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
