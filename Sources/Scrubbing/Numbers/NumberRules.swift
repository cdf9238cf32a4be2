public import PBXModel

/// What gives a site's numbers their meaning, and so has to hold of their pseudonyms too.
public struct NumberRules: Sendable {
  /// Country code of the site without `+`; nil when unknown.
  public var countryCode: String?
  /// In front of national numbers.
  public var trunkPrefix = "0"
  /// In front of international numbers.
  public var internationalPrefix = "00"
  /// The configuration.
  public let site: Site
  /// Numbers of the site's own.
  let inside: Set<String>
  /// Patterns whose text stays as it is, and of which a number and its pseudonym have to match the same.
  let fixedPatterns: [DialPattern]

  /// - Parameter countryCode: nil to take it from the routes, where one of them prepends it.
  public init(site: Site, countryCode: String? = nil, trunkPrefix: String? = nil, internationalPrefix: String? = nil) {
    self.site = site
    let prepended = site.outboundRoutes.lazy.map(\.prepend).filter { $0.hasPrefix("+") && $0.count > 1 && $0 != "+1" }
    self.countryCode = countryCode ?? prepended.first.map { String(CountryCode.prefix(of: $0.dropFirst())) }
    if let trunkPrefix { self.trunkPrefix = trunkPrefix }
    if let internationalPrefix { self.internationalPrefix = internationalPrefix }
    inside = Set(Self.insideNumbers(of: site))
    let ofSite = site.outboundRoutes.flatMap(\.patterns) + site.featureCodes.map(\.pattern)
    // What the appliance and its CRMs tell numbers by, whatever the site.
    let shapes = [self.trunkPrefix + ".", self.internationalPrefix + ".", "+."].compactMap { DialPattern($0) }
    fixedPatterns = ofSite.filter { $0.literal.count < $0.text.count } + shapes
  }

  /// Numbers of the site's own, in no order.
  private static func insideNumbers(of site: Site) -> [String] {
    var numbers = site.extensions.map(\.number) + site.ringGroups.map(\.number) + site.queues.map(\.number)
    numbers += site.ivrs.map(\.number) + site.conferenceRooms
    if let parking = site.parking { numbers.append(parking.number) }
    // A code without a wildcard is a number like any other.
    numbers += site.featureCodes.map(\.pattern.text).filter { $0.isAllDigits }
    return numbers
  }

  /// Digits in front of an extension's number, with their `+`: of routes by DID and of numbers shown outside.
  var blockHeads: [String] {
    var heads: [String] = site.trunks.compactMap { trunk in
      guard let text = trunk.outboundCallerID, let braces = text.firstIndex(of: "{") else { return nil }
      return String(text[..<braces])
    }
    for route in site.inboundRoutes {
      let literal = route.pattern.literal
      switch route.destination {
      case .byDID(let strip):
        let signs = strip + (literal.hasPrefix("+") ? 1 : 0)
        if literal.count >= signs { heads.append(String(literal.prefix(signs))) }
      case .account, .ringGroup, .queue, .ivr, .voicemail, .conference, .external, .hangUp:
        if literal.count < route.pattern.text.count, literal.count >= 5 { heads.append(literal) }
      }
    }
    return heads.filter { $0.count >= 4 }
  }
}

extension DialPattern {
  /// What the pattern spells out from its front on.
  var literal: String {
    let text = self.text.hasPrefix("_") ? self.text.dropFirst() : self.text[...]
    return String(text.prefix { ("0"..."9").contains($0) || $0 == "+" || $0 == "*" || $0 == "#" })
  }

  /// What follows the literal front.
  var wildcards: Substring { text.dropFirst(literal.count + (text.hasPrefix("_") ? 1 : 0)) }
}
