public import PBXModel
public import Primitives

/// One key's pseudonyms of everything a trace, its site and its CRM's data name.
///
/// Used twice over the same texts: at first it only notes what there is and gives every text back as it is; after
/// `settle` it gives the pseudonyms. What was not noted keeps no part of itself: it gets a token of its own shape.
public struct Renaming {
  /// Whether pseudonyms are given.
  public private(set) var isSettled = false
  let key: ScrubKey
  private(set) var numbers: NumberRenaming
  private(set) var words: WordRenaming
  private(set) var addresses: AddressRenaming
  private var hosts: Set<String> = []

  /// Notes nothing yet.
  public init(key: ScrubKey, rules: NumberRules) {
    self.key = key
    numbers = NumberRenaming(key: key, rules: rules)
    words = WordRenaming(key: key)
    addresses = AddressRenaming(key: key)
  }

  /// Names of hosts met.
  var notedHosts: [String] { hosts.sorted() }

  /// Ends noting; from now on pseudonyms are given.
  public mutating func settle() {
    guard !isSettled else { return }
    numbers.settle()
    words.settle(avoiding: Set(numbers.notedNumbers))
    addresses.settle()
    isSettled = true
  }

  /// Subnets that keep their addresses, because the documentation blocks have no more room; 0 for all but huge traces.
  public var subnetsLeftOver: Int { addresses.subnetsLeftOver }

  /// The numbers that kept all their digits, because the site's patterns leave no other; empty as a rule.
  public var numbersKept: [String] {
    numbers.pairs.filter { $0.original == $0.pseudonym && $0.original.count > 1 && !$0.original.hasPrefix("*") }
      .map(\.original)
  }

  /// A number, whatever people write between its digits; nil for a text that is none.
  public mutating func number(_ text: String) -> String? {
    guard let dialled = DialledText(text) else { return nil }
    guard isSettled else {
      numbers.note(dialled.digits)
      return text
    }
    guard let digits = numbers.renamed(dialled.digits) else { return token(text) }
    return dialled.replacing(with: digits)
  }

  /// Digits in front of an extension's number, as of a trunk's number shown outside.
  public mutating func numberHead(_ text: String) -> String {
    guard isSettled else { return text }
    return numbers.renamed(head: text) ?? text
  }

  /// The text of a pattern with the numbers that it spells out replaced.
  public mutating func pattern(_ pattern: DialPattern) -> String {
    guard isSettled else { return pattern.text }
    return numbers.renamed(pattern: pattern)
  }

  /// A name, an account, any text for people: word by word, numbers in it as numbers.
  public mutating func name(_ text: String) -> String {
    if let number = number(text) { return number }
    var result = ""
    var run = ""
    var isLetters = false
    for character in text {
      let (isLetter, isDigit) = (character.isLetter, character.isASCII && character.isNumber)
      if !run.isEmpty, !(isLetters ? isLetter : isDigit) {
        result += piece(run, isLetters: isLetters)
        run = ""
      }
      if isLetter || isDigit {
        run.append(character)
        isLetters = isLetter
      } else {
        result.append(character)
      }
    }
    return run.isEmpty ? result : result + piece(run, isLetters: isLetters)
  }

  private mutating func piece(_ run: String, isLetters: Bool) -> String {
    // Two digits tell nobody, and there are not enough of them to go round.
    guard isLetters else { return run.count < 3 ? run : number(run) ?? run }
    guard isSettled else {
      words.note(word: run)
      return run
    }
    return words.renamed(word: run) ?? token(run)
  }

  /// What only has to be the same where it was the same: tags, branches, nonces, secrets.
  public mutating func token(_ text: String) -> String {
    guard isSettled else {
      words.note(token: text)
      return text
    }
    if let known = words.renamed(token: text) { return known }
    words.note(token: text)
    var draws = key.draws("late", text)
    return String(text.map { $0.isLetter || $0.isNumber ? Character(String(draws.below(10))) : $0 })
  }

  /// The user part of a URI, an account's name.
  public mutating func user(_ text: String) -> String { name(text) }

  /// An address, with or without brackets, or a host's name.
  public mutating func host(_ text: String) -> String {
    if let address = IPAddress(text) {
      let isBracketed = text.hasPrefix("[")
      let renamed = self.address(address).description
      return isBracketed ? "[\(renamed)]" : renamed
    }
    let lower = text.lowercased()
    guard lower.contains("."), !Hosts.keeps(lower) else { return lower.contains(".") ? text : name(text) }
    let (customer, vendor) = Hosts.split(lower)
    guard isSettled else {
      hosts.insert(lower)
      return text
    }
    let label = "example" + key.hexadecimal("host", customer).prefix(8)
    return label + "." + (vendor ?? "example.com")
  }

  /// An address as a value.
  public mutating func address(_ address: IPAddress) -> IPAddress {
    guard isSettled else {
      addresses.note(address)
      return address
    }
    return addresses.renamed(address) ?? IPAddress(v4: 0xc000_0200 | UInt32(truncatingIfNeeded: address.low & 255))
  }

  /// Whether an address was noted: pseudonyms of others are not wanted.
  func knows(_ address: IPAddress) -> Bool { isSettled && addresses.contains(address) }

  /// An address and its port, which stays.
  public mutating func endpoint(_ endpoint: IPEndpoint) -> IPEndpoint {
    IPEndpoint(address: address(endpoint.address), port: endpoint.port)
  }

  /// `local@host`, as of a Call-ID or an e-mail address; a text without `@` is a token.
  public mutating func tokenAtHost(_ text: String) -> String {
    guard let at = text.lastIndex(of: "@") else { return token(text) }
    return token(String(text[..<at])) + "@" + host(String(text[text.index(after: at)...]))
  }

  /// The password that every response is computed with: of each account its own, and of nobody's choosing.
  func password(user: String, realm: String) -> String {
    String(key.hexadecimal("password", user + "\u{0}" + realm).prefix(16))
  }

  /// Every original text and what stands for it, for those who compare or search.
  public var pairs: [(original: String, pseudonym: String)] {
    let named = words.wordNames.merging(words.tokenNames) { word, _ in word }.sorted { $0.key < $1.key }
    var result = numbers.pairs + named.map { ($0.key, $0.value) }
    for address in addresses.addresses {
      if let renamed = addresses.renamed(address) { result.append((address.description, renamed.description)) }
    }
    var copy = self
    for host in hosts.sorted() { result.append((host, copy.host(host))) }
    return result
  }
}

/// Names of hosts that stay, or of which a part stays.
enum Hosts {
  /// Of the makers of CRMs, whose hosts every customer asks.
  private static let vendors = [
    "zohoapis", "zoho", "zohocloud", "zohoplatform", "salesforce.com", "force.com", "bitrix24", "hubspot.com",
    "hubapi.com", "sugarcrm.com", "vtiger.com",
  ]
  private static let labels: Set<String> = [
    "www", "accounts", "api", "crm", "desk", "login", "test", "phonebridge", "sigma", "sandbox", "developer", "support",
  ]

  /// Names by which nobody is known.
  static func keeps(_ host: String) -> Bool {
    if ["anonymous.invalid", "unknown.invalid", "localhost", "sip.mcast.net"].contains(host) { return true }
    guard let (front, _) = vendorSplit(host) else { return false }
    return front.isEmpty || front.split(separator: ".").allSatisfy { labels.contains(String($0)) }
  }

  /// What is the customer's, and the vendor's domain behind it.
  static func split(_ host: String) -> (customer: String, vendor: String?) {
    guard let (front, vendor) = vendorSplit(host) else { return (host, nil) }
    return (front, vendor)
  }

  private static func vendorSplit(_ host: String) -> (String, String)? {
    for vendor in vendors {
      let parts = host.split(separator: ".")
      let wanted = vendor.split(separator: ".")
      guard let place = parts.firstIndex(of: wanted[0]), wanted.count == 1 || parts[place...].starts(with: wanted),
        parts.count - place <= 3
      else { continue }
      return (parts[..<place].joined(separator: "."), parts[place...].joined(separator: "."))
    }
    return nil
  }

  /// Whether a name is one for examples (RFC 2606, RFC 6761).
  static func isFictional(_ host: String) -> Bool {
    let lower = host.lowercased()
    let parts = lower.split(separator: ".")
    guard let last = parts.last else { return true }
    return ["example", "invalid", "test", "localhost"].contains(last)
      || ["example.com", "example.net", "example.org"].contains { lower == $0 || lower.hasSuffix("." + $0) }
      || keeps(lower) || vendorSplit(lower).map { $0.0.contains("example") || $0.0.contains("loopback") } ?? false
  }
}
