extension NumberPlan {
  /// The first step: what is shown as number, as far as somebody is asked about it.
  ///
  /// - Parameter text: from outside, anything at all.
  /// - Throws: why nobody is; in the add-ins' manner only for what is too long for any field.
  public func number(shown text: String) throws(DialledNumber.Fault) -> DialledNumber {
    switch manner {
    case .verified: try DialledNumber(text)
    case .vendorAddIn: try DialledNumber(unchecked: text)
    }
  }

  /// The spellings to ask the CRM for, in order, none twice: as dialled, E.164, its digits without `+`, national with
  /// the trunk prefix, the last digits. A spelling that takes a setting is left out where that is not set. In the
  /// add-ins' manner there is one: what is shown.
  public func candidates(for number: DialledNumber) -> [String] {
    var candidates = [number.text]
    guard manner == .verified else { return candidates }
    if countryCode != nil, let international = internationalDigits(of: number) {
      candidates += ["+" + international, international]
      if let trunkPrefix, let national = nationalDigits(of: international) { candidates.append(trunkPrefix + national) }
    }
    if let searchedDigits, searchedDigits > 1, number.digits.utf8.count > searchedDigits {
      candidates.append(String(number.digits.suffix(searchedDigits)))
    }
    var seen: Set<String> = []
    return candidates.filter { seen.insert($0).inserted }
  }

  /// Country code and number; nil where the settings do not tell.
  func internationalDigits(of number: DialledNumber) -> String? {
    if number.isInternational { return number.digits }
    if let prefix = internationalPrefix, !prefix.isEmpty, number.digits.hasPrefix(prefix) {
      return String(number.digits.dropFirst(prefix.count))
    }
    guard let countryCode else { return nil }
    guard let trunkPrefix, !trunkPrefix.isEmpty else {
      // Without a trunk prefix, a number with the country code in front looks like any other.
      return number.digits.utf8.count >= Self.shortestSuffix ? countryCode + number.digits : nil
    }
    return number.digits.hasPrefix(trunkPrefix) ? countryCode + number.digits.dropFirst(trunkPrefix.count) : nil
  }

  /// Without the country code; nil for a number of another country, or where the settings do not tell.
  func nationalDigits(of international: String) -> Substring? {
    guard let countryCode, international.hasPrefix(countryCode) else { return nil }
    return international.dropFirst(countryCode.count)
  }
}
