import Primitives

/// `Call_Duration`: minutes and seconds, one or two digits of seconds (documented as ambiguous; the vendor's softphone
/// sends `3:5` for three minutes and five seconds, observed; that minutes may go past 99 is assumed).
struct ZohoCallDuration: Hashable {
  let seconds: Int

  init?(_ text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let minutes = Self.number(parts[0], digits: 1...5),
      let seconds = Self.number(parts[1], digits: 1...2), seconds < 60
    else { return nil }
    self.seconds = minutes * 60 + seconds
  }

  private static func number(_ text: Substring, digits: ClosedRange<Int>) -> Int? {
    text.isDigits(digits) ? Int(text) : nil
  }
}
