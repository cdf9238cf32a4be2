public import JSON

/// Puts invented names and numbers in the place of people's, the same for the same.
///
/// Which pseudonym stands for whom depends on the order in which they come and on nothing else, so that a pseudonym
/// leads back to nobody, and the same traffic gets the same pseudonyms. What requests bring and what answers bring is
/// counted apart: whoever plays answers back knows the requests only. Of a number the last seven digits are changed.
public struct Pseudonyms: Sendable {
  /// People and numbers told apart at most; more share the last pseudonym.
  public static let maximum = 100_000
  /// Shorter names are not looked for in running text: they would be found by chance.
  private static let lengthMin = 4

  /// Where a text comes from.
  public enum Origin: Int, Hashable, Sendable, CaseIterable {
    case request, answer
  }

  private struct Number {
    let digits: [UInt8]
    let origin: Origin
  }

  private var numbers: [[UInt8]: Number] = [:]
  private var realNumbers: [[UInt8]: [UInt8]] = [:]
  private var numberCounts = [0, 0]
  private var nameCounts = [0, 0]
  /// Descriptions that the client wrote itself: they are no secret of a person's.
  private var ownDescriptions: Set<String> = []
  private var names: [String: String] = [:]
  /// So that a whole name is found before a part of it.
  private var longestFirst: [String] = []

  /// Nobody is known yet.
  public init() {}

  /// Running text: numbers, and names told before; of XML the elements with people's data.
  public mutating func text(_ text: String, in origin: Origin) -> String {
    let text = elements(text, in: origin)
    var result = String(decoding: withNumbers(Array(text.utf8), origin), as: UTF8.self)
    for name in longestFirst where name.utf8.count >= Self.lengthMin {
      guard let pseudonym = names[name], result.contains(name) else { continue }
      result = Self.replacing(name, by: pseudonym, in: result)
    }
    return result
  }

  /// A JSON value: members that hold people's data by their names, and all other texts as running text.
  public mutating func value(_ value: JSONValue, in origin: Origin) -> JSONValue {
    self.value(value, as: nil, origin)
  }

  /// The text with the numbers that were given stand-ins put back; names stay invented.
  public func restoringNumbers(_ text: [UInt8]) -> [UInt8] {
    var result = text
    for places in PhoneNumberScanner.places(in: text) {
      guard let real = realNumbers[places.map { text[$0] }] else { continue }
      for (place, digit) in zip(places, real) { result[place] = digit }
    }
    return result
  }

  private mutating func value(_ value: JSONValue, as kind: PersonalMember?, _ origin: Origin) -> JSONValue {
    switch value {
    case .string(let text): return .string(kind.map { name(text, $0, origin) } ?? self.text(text, in: origin))
    case .array(let elements): return .array(elements.map { self.value($0, as: kind, origin) })
    case .object(let members):
      learnWholeName(members, origin)
      // A reference to a record has its name beside its id; CRM v1 has the label beside the content.
      let label = value["val"]?.string.flatMap(PersonalMember.init(label:))
      let isReference = value["id"] != nil && value["name"] != nil
      // A field as SugarCRM's v4_1 writes it: its name and its value.
      let field = value["value"] == nil ? nil : value["name"]?.string
      let ofField = field.flatMap { PersonalMember(label: $0) ?? ($0 == "name" ? kind : nil) }
      return .object(
        members.map { member in
          let own =
            switch member.name {
            case "name": isReference ? kind ?? .name : nil
            case "content": label
            case "value": ofField
            case "id", "val": nil as PersonalMember?
            default: PersonalMember(label: member.name)
            }
          let isFixed = member.name == "id" || member.name == "val"
          return .init(member.name, isFixed ? member.value : self.value(member.value, as: own, origin))
        })
    case .null, .bool, .integer, .decimal, .number: return value
    }
  }

  mutating func name(_ text: String, _ kind: PersonalMember, _ origin: Origin) -> String {
    switch kind {
    case .phone: return String(decoding: withNumbers(Array(text.utf8), origin), as: UTF8.self)
    case .description:
      if origin == .request, ownDescriptions.count < Self.maximum { ownDescriptions.insert(text) }
      if ownDescriptions.contains(text) { return self.text(text, in: origin) }
    case .name, .company, .email, .address: break
    }
    if text.isEmpty || kind.isPseudonym(text) { return text }
    // A number in the place of a name, as the appliance writes for people it does not know.
    if !PhoneNumberScanner.places(in: Array(text.utf8)).isEmpty { return self.text(text, in: origin) }
    if let known = names[text] { return known }
    nameCounts[origin.rawValue] = min(nameCounts[origin.rawValue] + 1, Self.maximum)
    let pseudonym = kind.pseudonym(nameCounts[origin.rawValue], origin)
    guard names.count < Self.maximum else { return pseudonym }
    remember(text, as: pseudonym)
    return pseudonym
  }

  private mutating func remember(_ name: String, as pseudonym: String) {
    let length = name.utf8.count
    if names.updateValue(pseudonym, forKey: name) == nil {
      longestFirst.insert(name, at: longestFirst.firstIndex { $0.utf8.count < length } ?? longestFirst.endIndex)
    }
  }

  /// A client writes first and last name as one into its texts: they get what it makes of the two when it is played the
  /// pseudonyms, though each by itself may be too short to be looked for.
  private mutating func learnWholeName(_ members: [JSONValue.Member], _ origin: Origin) {
    func text(_ label: String) -> String? {
      let member = members.first { $0.name.lowercased().filter { $0.isLetter } == label }
      return member.flatMap { $0.value.string ?? $0.value["value"]?.string }
    }
    guard text("fullname") == nil, let first = text("firstname"), let last = text("lastname"), !first.isEmpty,
      !last.isEmpty, names.count < Self.maximum
    else { return }
    let pseudonym = name(first, .name, origin) + " " + name(last, .name, origin)
    remember(first + " " + last, as: pseudonym)
  }

  private mutating func withNumbers(_ text: [UInt8], _ origin: Origin) -> [UInt8] {
    var result = text
    for places in PhoneNumberScanner.places(in: text) {
      let pseudonym = number(places.map { text[$0] }, origin)
      for (place, digit) in zip(places, pseudonym) { result[place] = digit }
    }
    return result
  }

  private mutating func number(_ real: [UInt8], _ origin: Origin) -> [UInt8] {
    // What was put in place of a number before is none.
    if realNumbers[real] != nil { return real }
    // One that only answers had so far is counted anew when it is asked for.
    if let known = numbers[real], known.origin == .request || origin == .answer { return known.digits }
    numberCounts[origin.rawValue] = min(numberCounts[origin.rawValue] + 1, Self.maximum)
    // 555 0001 and on, as numbers in films are; those of answers alone end the range.
    let number = origin == .request ? 5_550_000 + numberCounts[0] : 9_999_999 - numberCounts[1]
    let digits = Array(String(number).utf8)
    guard realNumbers.count < Self.maximum else { return digits }
    numbers[real] = Number(digits: digits, origin: origin)
    realNumbers[digits] = real
    return digits
  }

  private static func replacing(_ old: String, by new: String, in text: String) -> String {
    var result = ""
    var rest = text[...]
    while let found = rest.firstRange(of: old) {
      result += rest[..<found.lowerBound] + new
      rest = rest[found.upperBound...]
    }
    return result + rest
  }
}

/// What a member holds about a person.
enum PersonalMember: Hashable, CaseIterable {
  case name, company, email, phone, address, description

  /// By the member's API name or v1 label, however it is spelt.
  init?(label: String) {
    let word = label.lowercased().filter { $0.isLetter }
    switch word {
    case "firstname", "lastname", "fullname", "contactname", "leadname", "whoname", "name": self = .name
    case "company", "accountname": self = .company
    case "email", "secondaryemail", "emailaddress", "mail": self = .email
    case "phone", "mobile", "homephone", "otherphone", "asstphone", "mobilephone", "assistantphone", "fax":
      self = .phone
    case "primaryaddressstreet", "primaryaddresscity", "primaryaddresspostalcode", "billingaddressstreet",
      "billingaddresscity", "billingaddresspostalcode":
      self = .address
    case "street", "mailingstreet", "otherstreet", "city", "mailingcity", "zipcode", "mailingzip", "twitter", "skypeid",
      "dateofbirth":
      self = .address
    case "description": self = .description
    default: return nil
    }
  }

  func pseudonym(_ number: Int, _ origin: Pseudonyms.Origin) -> String {
    let isAnswers = origin == .answer
    return switch self {
    case .name: "\(isAnswers ? "Person" : "Caller") \(number)"
    case .company: "\(isAnswers ? "Company" : "Firm") \(number)"
    case .email: "\(isAnswers ? "person" : "caller")\(number)@example.com"
    case .phone, .address, .description: "\(isAnswers ? "Text" : "Note") \(number)"
    }
  }

  /// Whether `text` was put in place of something already.
  func isPseudonym(_ text: String) -> Bool {
    guard let number = Int(text.drop { !$0.isNumber }.prefix { $0.isNumber }) else { return false }
    return Pseudonyms.Origin.allCases.contains { origin in
      Self.allCases.contains { $0.pseudonym(number, origin) == text }
    }
  }
}
