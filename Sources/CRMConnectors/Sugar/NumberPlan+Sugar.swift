extension NumberPlan {
  /// The digits to ask SugarCRM for, in order: it compares stored texts, so that what people write between the digits
  /// has to be left open, and what is only in front in some spellings has to be left out.
  func sugarDigits(of number: DialledNumber) -> [String] {
    var subscriber = number.digits[...]
    if let countryCode, let international = internationalDigits(of: number), international.hasPrefix(countryCode) {
      subscriber = international.dropFirst(countryCode.count)
    }
    // A leading 0 is no digit of the subscriber's; a number of nothing else is asked for as it is.
    let significant = subscriber.drop { $0 == "0" }
    if significant.count > 1 { subscriber = significant }
    let counts: [Int?] =
      switch comparison {
      case .equal: [nil, searchedDigits]
      case .lastDigits(let count): [max(Self.shortestSuffix, count), searchedDigits]
      }
    var seen: Set<String> = []
    return counts.enumerated().compactMap { index, count in
      guard index == 0 || count != nil else { return nil }
      let digits = String(count.map { subscriber.suffix(max(2, $0)) } ?? subscriber)
      return seen.insert(digits).inserted ? digits : nil
    }
  }
}
