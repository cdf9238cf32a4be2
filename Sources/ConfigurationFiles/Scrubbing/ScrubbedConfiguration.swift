public import Scrubbing
import PBXModel
import Primitives

/// A site file or a CRM's data file with everybody's names replaced, as YAML of the same meaning.
///
/// Settings stay; numbers, patterns, addresses, hosts, accounts, secrets and names get the renaming's pseudonyms, each
/// by the key it stands under, and texts under a key that is not known are taken for names. Comments and notes are left
/// out.
public struct ScrubbedConfiguration {
  private var renaming: Renaming
  private let connector: String?

  /// The file under other names; while the renaming is not settled, what it names is only noted.
  ///
  /// - Parameter connector: written in place of the path of the connector's file; nil to leave that as it is.
  /// - Throws: what is wrong with the YAML, with its place.
  public static func text(
    of text: String, path: String, renaming: inout Renaming, connector: String? = nil
  ) throws(ConfigurationErrors) -> String {
    let document = try YAMLDocument.read(text, path: path)
    var scrubbed = ScrubbedConfiguration(renaming: renaming, connector: connector)
    let value = scrubbed.value(document, under: [])
    renaming = scrubbed.renaming
    return YAMLText.of(value)
  }

  private init(renaming: Renaming, connector: String?) {
    self.renaming = renaming
    self.connector = connector
  }

  private mutating func value(_ value: YAMLValue, under keys: [String]) -> YAMLValue {
    var result = value
    switch value.content {
    case .scalar(let text, let isPlain):
      guard !value.isNull else { return value }
      let renamed = scalar(text, isPlain: isPlain, under: keys)
      result.content = .scalar(renamed, isPlain: isPlain)
    case .sequence(let elements):
      result.content = .sequence(elements.map { self.value($0, under: keys) })
    case .mapping(let pairs):
      result.content = .mapping(
        pairs.compactMap { pair in
          guard pair.key != "notes" else { return nil }
          var renamed = pair
          renamed.key = key(pair.key, under: keys)
          renamed.value = self.value(pair.value, under: keys + [pair.key])
          return renamed
        })
    }
    return result
  }

  /// Keys that are numbers: of codes, and of the CRM's users.
  private mutating func key(_ key: String, under keys: [String]) -> String {
    if keys == ["featureCodes"] { return pattern(key) }
    if keys == ["crm", "users"] { return renaming.number(key) ?? key }
    return key
  }

  private mutating func pattern(_ text: String) -> String {
    DialPattern(text).map { renaming.pattern($0) } ?? text
  }

  private mutating func scalar(_ text: String, isPlain: Bool, under keys: [String]) -> String {
    let key = keys.last ?? ""
    if key == "connector", let connector { return connector }
    if isPlain, ["true", "false", "on", "off"].contains(text) { return text }
    if keys.contains(where: { Self.keptSections.contains($0) }) || Self.keptKeys.contains(key) { return text }
    if Self.numberKeys.contains(key) {
      return text == "hangUp" ? text : renaming.number(text) ?? text
    }
    if Self.secretKeys.contains(key) || keys.contains("otherDataCentres") { return secret(text) }
    switch key {
    case "pattern", "patterns": return pattern(text)
    case "slots": return slots(text)
    case "outboundCallerID": return callerID(text)
    case "addresses": return endpoint(text)
    case "destination", "timeoutDestination": return text
    case _ where Self.isID(key): return id(text, under: keys)
    case "domain": return renaming.host(text)
    default: break
    }
    if keys.contains("parameters") { return secret(text) }
    if isPlain, text.isPlainNumber, !Self.isPhone(key) { return text }
    return freeText(text)
  }

  /// The id of a record or user, or another's that it belongs to: the first signs tell its kind.
  private mutating func id(_ text: String, under keys: [String]) -> String {
    if keys.contains("clients") { return secret(text) }
    guard text.count >= 8 else { return text }
    if keys.contains("vtiger"), let border = text.firstIndex(of: "x") {
      return text[...border] + renaming.token(String(text[text.index(after: border)...]))
    }
    // Of Salesforce's 18 signs the last three follow from the others, and 15 say the same (documented).
    let whole = keys.contains("salesforce") && text.count == 18 ? text.prefix(15) : text[...]
    return whole.prefix(3) + renaming.token(String(whole.dropFirst(3)))
  }

  private mutating func freeText(_ text: String) -> String {
    if let range = text.firstRange(of: "://") {
      let rest = text[range.upperBound...]
      let place = rest.prefix { $0 != "/" && $0 != "?" }
      let parts = place.split(separator: ":", maxSplits: 1)
      let host = renaming.host(String(parts.first ?? ""))
      let port = parts.count > 1 ? ":\(parts[1])" : ""
      return text[..<range.upperBound] + host + port + rest.dropFirst(place.count)
    }
    if let at = text.lastIndex(of: "@"), !text.contains(where: \.isWhitespace) {
      return renaming.user(String(text[..<at])) + "@" + renaming.host(String(text[text.index(after: at)...]))
    }
    return renaming.name(text)
  }

  /// `1000.` in front is how Zoho writes all of its tokens; `example` says that this opens nothing.
  private mutating func secret(_ text: String) -> String {
    // A UUID stays one.
    if text.isUUID { return renaming.token(text) }
    let front = text.hasPrefix("1000.") ? "1000." : ""
    let token = renaming.token(String(text.dropFirst(front.count)))
    return renaming.isSettled ? front + "example" + token : text
  }

  private mutating func slots(_ text: String) -> String {
    let ends = text.split(separator: "-").map(String.init)
    return ends.map { renaming.number($0) ?? $0 }.joined(separator: "-")
  }

  private mutating func callerID(_ text: String) -> String {
    guard let braces = text.firstRange(of: "{extension}") else { return renaming.number(text) ?? text }
    return renaming.numberHead(String(text[..<braces.lowerBound])) + text[braces.lowerBound...]
  }

  private mutating func endpoint(_ text: String) -> String {
    guard let endpoint = IPEndpoint(text) else { return renaming.host(text) }
    let renamed = renaming.endpoint(endpoint)
    return renamed.port == 0 ? renamed.address.description : renamed.description
  }

  private static func isID(_ key: String) -> Bool {
    key == "id" || ["Id", "ID", "_id"].contains { key.hasSuffix($0) }
  }

  private static func isPhone(_ key: String) -> Bool {
    let lower = key.lowercased()
    return ["phone", "fax", "mobile"].contains { lower.contains($0) }
  }

  private static let keptSections: Set<String> = ["settings", "numbers", "cdr", "featureCodes"]
  private static let keptKeys: Set<String> = [
    "timeZone", "kind", "strategy", "system", "dataCentre", "edition", "profile", "scopes", "addUnknownNumber",
    "contactLookups", "sugarAPI", "vtigerCalls", "connector", "createdAt", "status", "prepend", "strip", "index",
    "grant", "grants", "manner", "TaskSubtype", "CallType", "Status", "Priority",
  ]
  private static let numberKeys: Set<String> = [
    "number", "members", "followMe", "always", "busy", "noAnswer", "extension", "ringGroup", "queue", "ivr",
    "voicemail",
    "conference", "external", "conferenceRooms",
  ]
  private static let secretKeys: Set<String> = [
    "secret", "password", "token", "refreshToken", "clientSecret", "clientID", "accessKey", "securityToken",
    "authTokens", "applicationPasswords", "code", "consumerSecret", "consumerKey", "callbackSecret",
  ]
}

extension String {
  fileprivate var isUUID: Bool {
    let parts = split(separator: "-", omittingEmptySubsequences: false)
    return parts.map(\.utf8.count) == [8, 4, 4, 4, 12] && parts.allSatisfy { $0.allSatisfy(\.isHexDigit) }
  }

  fileprivate var isPlainNumber: Bool {
    !isEmpty && utf8.allSatisfy { (48...57).contains($0) || $0 == 45 || $0 == 46 }
  }
}
