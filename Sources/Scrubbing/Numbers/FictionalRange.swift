/// Numbers that a regulator has set aside for books and films, so that nobody can be called by them.
///
/// Source (documented): NANPA's 555 line number guidelines (555-0100 to 555-0199); Ofcom, "Telephone numbers for use
/// in TV and radio drama programmes"; BNetzA, Mitteilung 148/2021 ("Rufnummern für Film- und Fernsehproduktionen");
/// ARCEP decision 2018-0881; ACMA, "Phone numbers for use in TV shows, films and creative works".
struct FictionalRange: Sendable {
  /// Country code without `+`.
  let country: String
  /// Leading digits of the national number; `N` stands for any of 2 to 9, `X` for any digit.
  let prefix: String
  /// Digits behind the prefix, each of which may be any.
  let freeDigits: Int

  var nationalDigits: Int { prefix.utf8.count + freeDigits }

  static let all: [FictionalRange] =
    [FictionalRange(country: "1", prefix: "NXX55501", freeDigits: 2)]
    + ["1632960", "7700900", "3069990"].map { FictionalRange(country: "44", prefix: $0, freeDigits: 3) }
    + ["113496", "114496", "115496", "116496", "117496", "118496", "121496", "131496", "141496", "151496", "161496"]
    .map { FictionalRange(country: "44", prefix: $0 + "0", freeDigits: 3) }
    + ["2079460", "1914980", "2896496", "2920180", "8081570"].map {
      FictionalRange(country: "44", prefix: $0, freeDigits: 3)
    }
    + ["3023125", "6990009", "4066969", "2214710", "8999998"].map {
      FictionalRange(country: "49", prefix: $0, freeDigits: 3)
    }
    + ["19900", "26191", "35301", "46571", "53649", "63998"].map {
      FictionalRange(country: "33", prefix: $0, freeDigits: 4)
    }
    + ["25550", "27010", "35550", "37010", "75550", "77010", "85550", "87010"].map {
      FictionalRange(country: "61", prefix: $0, freeDigits: 4)
    }

  /// Whether a national number is one of the range.
  func contains(_ national: String) -> Bool {
    guard national.utf8.count == nationalDigits else { return false }
    return zip(prefix.utf8, national.utf8).allSatisfy { sign, digit in
      switch sign {
      case UInt8(ascii: "N"): (50...57).contains(digit)
      case UInt8(ascii: "X"): (48...57).contains(digit)
      default: sign == digit
      }
    }
  }

  /// A number of the range.
  func draw(_ draws: inout ScrubKey.Draws) -> String {
    let front = prefix.utf8.map { sign in
      switch sign {
      case UInt8(ascii: "N"): UInt8(50 + draws.below(8))
      case UInt8(ascii: "X"): UInt8(48 + draws.below(10))
      default: sign
      }
    }
    return String(decoding: front, as: UTF8.self) + draws.digits(freeDigits)
  }

  /// Where no range fits: two digits and three zeros at least, which no numbering plan gives to subscribers (assumed:
  /// numbers of local exchanges do not begin with 0; NANP's exchange codes begin with 2 to 9, documented).
  static func isInvented(_ national: String) -> Bool {
    let digits = Array(national.utf8)
    guard digits.count >= 5, digits[0] != 48 else { return false }
    // A short one has a two digit area code and a subscriber's number that begins with 0.
    return digits[2..<(digits.count <= 7 ? 4 : 5)].allSatisfy { $0 == 48 }
  }

  /// A national number of so many digits that no range has.
  static func invented(_ count: Int, _ draws: inout ScrubKey.Draws) -> String {
    let front = String(20 + draws.below(80)) + "000"
    // At most six digits behind it are drawn; zeros fill the rest.
    let drawn = min(max(count - 5, 0), 6)
    let filler = String(repeating: "0", count: max(count - 5 - drawn, 0))
    return String((front + filler).prefix(max(count - drawn, 0))) + draws.digits(min(drawn, count))
  }
}

/// Country codes of ITU-T E.164 by their first digits.
enum CountryCode {
  private static let twoDigits: Set<Substring> = [
    "20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45", "46", "47", "48", "49", "51",
    "52", "53", "54", "55", "56", "57", "58", "60", "61", "62", "63", "64", "65", "66", "81", "82", "84", "86", "90",
    "91", "92", "93", "94", "95", "98",
  ]

  /// The country code that digits of an international number begin with.
  static func prefix(of digits: Substring) -> Substring {
    if digits.hasPrefix("1") || digits.hasPrefix("7") { return digits.prefix(1) }
    return twoDigits.contains(digits.prefix(2)) ? digits.prefix(2) : digits.prefix(3)
  }
}
