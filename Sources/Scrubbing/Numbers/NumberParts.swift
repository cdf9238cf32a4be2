import PBXModel

/// A number taken apart: what stays as it is, and who is called.
struct NumberParts: Hashable {
  /// Who a number reaches, however it is written.
  enum Subscriber: Hashable {
    /// Of the site.
    case inside(String)
    /// National number, and its country code where it is known.
    case outside(national: String, country: String?)
    /// Nobody: a code, or too few digits.
    case none
  }

  /// Codes and prefixes in front of the subscriber's digits.
  var head = ""
  var subscriber: Subscriber
  /// Signs behind them, as those that log an agent in to the queue whose number they follow.
  var tail = ""
}

extension NumberRules {
  /// Longest number that is taken for one inside.
  static let insideDigitsMax = 6

  /// - Parameter digits: of a `DialledText`.
  func parts(of digits: String, depth: Int = 0) -> NumberParts {
    if digits.hasPrefix("+") { return international(head: "+", digits.dropFirst()) }
    if let first = digits.first, first == "*" || first == "#" { return code(digits, depth: depth) }
    if let plus = digits.firstIndex(of: "+") {
      return international(head: String(digits[...plus]), digits[plus...].dropFirst())
    }
    guard digits.isAllDigits else { return signsBehind(digits, depth: depth) }
    if digits.count <= 1 { return NumberParts(head: digits, subscriber: .none) }
    if inside.contains(digits) || digits.count <= Self.insideDigitsMax {
      return NumberParts(subscriber: .inside(digits))
    }
    if depth < 2, let route = site.outboundRoute(for: digits), route.strip > 0 || !route.prepend.isEmpty {
      return outbound(digits, strip: route.strip, prepend: route.prepend, depth: depth)
    }
    return national(digits)
  }

  private func international(head: String, _ digits: Substring) -> NumberParts {
    let country = CountryCode.prefix(of: digits)
    let rest = digits.dropFirst(country.count)
    guard rest.count >= 2 else { return NumberParts(head: head + digits, subscriber: .none) }
    return NumberParts(
      head: head + country, subscriber: .outside(national: String(rest), country: String(country)))
  }

  private func signsBehind(_ digits: String, depth: Int) -> NumberParts {
    let signs = String(digits.reversed().prefix { $0 == "*" || $0 == "#" }.reversed())
    let rest = String(digits.dropLast(signs.count))
    guard !signs.isEmpty, rest.isAllDigits, depth < 2 else { return NumberParts(head: digits, subscriber: .none) }
    var inner = parts(of: rest, depth: depth + 1)
    inner.tail = signs
    return inner
  }

  private func code(_ digits: String, depth: Int) -> NumberParts {
    // A code of the appliance's own is nobody's number.
    if site.agentCode(digits)?.isOfSite == false { return NumberParts(head: digits, subscriber: .none) }
    let known = site.featureCodes.map(\.pattern).filter { $0.matches(digits) }.map(\.literal).max {
      $0.count < $1.count
    }
    let signs = digits.prefix { $0 == "*" || $0 == "#" }
    let head = known ?? String(digits.prefix(signs.count + (digits.count - signs.count > 4 ? 2 : 0)))
    let rest = String(digits.dropFirst(head.count))
    guard rest.count >= 2, depth < 2 else { return NumberParts(head: digits, subscriber: .none) }
    var inner = parts(of: rest, depth: depth + 1)
    inner.head = head + inner.head
    return inner
  }

  /// What a route makes of a number says whom it reaches.
  private func outbound(_ digits: String, strip: Int, prepend: String, depth: Int) -> NumberParts {
    let taken = String(digits.prefix(strip))
    var inner = parts(of: prepend + digits.dropFirst(strip), depth: depth + 1)
    guard inner.head.hasPrefix(prepend) else {
      return NumberParts(head: taken, subscriber: .outside(national: String(digits.dropFirst(strip)), country: nil))
    }
    inner.head = taken + inner.head.dropFirst(prepend.count)
    return inner
  }

  private func national(_ digits: String) -> NumberParts {
    if digits.hasPrefix(internationalPrefix), digits.count > internationalPrefix.count + 6 {
      return international(head: internationalPrefix, digits.dropFirst(internationalPrefix.count))
    }
    if digits.hasPrefix(trunkPrefix) {
      return NumberParts(
        head: trunkPrefix,
        subscriber: .outside(national: String(digits.dropFirst(trunkPrefix.count)), country: countryCode))
    }
    // Ten digits with or without a 1 in front of them are how North America writes them (documented: NANP).
    if countryCode == nil || countryCode == "1" {
      if digits.count == 11, digits.hasPrefix("1") {
        return NumberParts(head: "1", subscriber: .outside(national: String(digits.dropFirst()), country: "1"))
      }
      if digits.count == 10 { return NumberParts(subscriber: .outside(national: digits, country: "1")) }
    }
    if let countryCode, digits.hasPrefix(countryCode), digits.count > countryCode.count + 7 {
      return NumberParts(
        head: countryCode,
        subscriber: .outside(national: String(digits.dropFirst(countryCode.count)), country: countryCode))
    }
    return NumberParts(subscriber: .outside(national: digits, country: countryCode))
  }
}
