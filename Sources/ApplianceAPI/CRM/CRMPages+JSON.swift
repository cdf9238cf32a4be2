import JSON
import Primitives

// The pages as the APIs show them.
extension CRMPages {
  var settingsJSON: JSONValue {
    let lookups = Array((settings.lookups + ["", "", ""]).prefix(3))
    var members: [JSONValue.Member] = [
      .init("crm_module", .string(settings.module)), .init("crm_addr", .string(settings.address)),
      .init("number_add", .string(settings.addsTo)),
    ]
    members += zip(Self.lookupNames, lookups).map { .init($0, .string($1)) }
    return .object(members)
  }

  /// - Parameters:
  ///   - invented: whether secrets that are saved are answered in clear text, as the appliance answers them; what is
  ///     answered is invented.
  ///   - standing: nil for a user who never logged in.
  func userJSON(_ number: String, invented: Bool, _ standing: CRMStandingFacts?) -> JSONValue? {
    guard let user = users[number] else { return nil }
    var members: [JSONValue.Member] = [
      .init("extension", .string(number)), .init("enable_crm", .string(user.isEnabled ? "yes" : "no")),
    ]
    var names: Set<String> = []
    for field in CRMSystemForm.userAndPassword + [CRMSystemForm.securityToken] + userFields
    where names.insert(field.name).inserted {
      let value = user.values[field.name]?.value ?? ""
      let shown = !field.isSecret ? value : invented && !value.isEmpty ? Self.invented(field.name, of: number) : ""
      members.append(.init(field.name, .string(shown)))
    }
    members.append(.init("login_status", .string(standing?.loginStatus ?? "")))
    return .object(members)
  }

  /// Follows from the field and the extension alone, so that nothing real can be told by it.
  static func invented(_ field: String, of number: String) -> String {
    "Crm-\(Hexadecimal.md5("\(field) \(number)").prefix(12))"
  }
}
