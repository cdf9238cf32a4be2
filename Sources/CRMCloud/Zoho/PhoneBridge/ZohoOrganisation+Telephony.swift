import JSON
import Primitives

/// An address of the web that a provider or a person gave.
enum ZohoWebAddress {
  static let maximumLength = 450

  /// `http://` or `https://` with something after it, no blanks: it may become a link.
  static func isWellFormed(_ text: String) -> Bool {
    let lower = text.lowercased()
    let rest = lower.hasPrefix("https://") ? lower.dropFirst(8) : lower.hasPrefix("http://") ? lower.dropFirst(7) : ""
    return !rest.isEmpty && text.utf8.count <= maximumLength && text.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7f }
  }
}

extension ZohoOrganisation {
  /// Parameters of Call Control (documented).
  static let callControlParameters = [
    "answeruri", "hungupuri", "muteuri", "unmuteuri", "holduri", "unholduri", "keypressuri",
  ]

  /// Active users, whose `zohouser` the notifications name (shape documented; that it is the person's number observed).
  var phoneBridgeUsers: JSONValue {
    [
      "users": .array(
        users.filter { $0.status == .active }.map { user in
          ["zohouser": .string(user.zuid), "email": .string(user.email), "username": .string(user.fullName)]
        })
    ]
  }

  /// `clicktodial` and `callcontrol`: what is called when a user clicks, for the user named or else the token's own.
  mutating func setTelephony(
    _ endpoint: String, isEnabled: Bool, _ parameters: FormParameters, _ session: ZohoTokenStore.Session
  ) throws(ZohoPhoneBridgeError) {
    let zuid = parameters["zohouser"].flatMap { $0.isEmpty ? nil : $0 } ?? session.zuid
    guard userIndex(zuid: zuid) != nil else { throw .invalid("zohouser", "zohouser is no PhoneBridge user") }
    var provider = phoneBridge.providers[zuid] ?? ZohoPhoneBridgeProvider()
    if endpoint == "clicktodial" {
      provider.clickToDial = isEnabled ? try Self.clickToDial(parameters) : nil
    } else {
      provider.callControl = isEnabled ? try Self.callControl(parameters) : [:]
    }
    phoneBridge.providers[zuid] = provider.isEmpty ? nil : provider
  }

  mutating func noteDialError(_ parameters: FormParameters, at now: Instant) throws(ZohoPhoneBridgeError) {
    var values: [String] = []
    for name in ["code", "from", "to"] {
      guard let value = parameters[name], !value.isEmpty else { throw .missing(name) }
      guard value.utf8.count <= ZohoPhoneNumber.maximumLength else { throw .invalid(name, "\(name) is too long") }
      values.append(value)
    }
    phoneBridge.note(ZohoDialError(code: values[0], from: values[1], to: values[2], at: now))
  }

  private static func clickToDial(_ parameters: FormParameters) throws(ZohoPhoneBridgeError) -> ZohoClickToDial {
    guard let address = parameters["clicktodialuri"], !address.isEmpty else { throw .missing("clicktodialuri") }
    guard ZohoWebAddress.isWellFormed(address) else { throw .invalid("clicktodialuri", "not a web address") }
    let authorization = parameters["authorizationparam"].flatMap { $0.isEmpty ? nil : $0 }
    if let authorization {
      let value = JSONValue(parsing: Array(authorization.utf8))
      guard value?["name"]?.string != nil, value?["value"]?.string != nil else {
        throw .invalid("authorizationparam", "authorizationparam is a JSON object of name and value")
      }
    }
    if let custom = parameters["clicktodialparam"], !custom.isEmpty {
      guard JSONValue(parsing: Array(custom.utf8))?.array != nil else {
        throw .invalid("clicktodialparam", "clicktodialparam is a JSON array")
      }
    }
    return ZohoClickToDial(address: address, hasAuthorization: authorization != nil)
  }

  private static func callControl(_ parameters: FormParameters) throws(ZohoPhoneBridgeError) -> [String: String] {
    var addresses: [String: String] = [:]
    for name in callControlParameters {
      guard let address = parameters[name], !address.isEmpty else { continue }
      guard ZohoWebAddress.isWellFormed(address) else { throw .invalid(name, "not a web address") }
      addresses[name] = address
    }
    return addresses
  }
}
