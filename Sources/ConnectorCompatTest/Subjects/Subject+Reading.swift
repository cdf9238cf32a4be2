import CRMConnectors
import JSON
import Primitives

extension CompatPlace {
  /// Where a CRM on a server of one's own is, and where none is.
  var address: String {
    switch self {
    case .right: "https://crm.example.com/crm"
    case .wrong: "https://elsewhere.example.com/crm"
    }
  }
}

extension CompatUser {
  var login: String {
    switch self {
    case .first: "ann"
    case .second: "ben"
    case .stranger: "nobody"
    }
  }

  var email: String { login + "@example.com" }
  var password: String { "compat-password-" + login }

  var passwordCredentials: PasswordCredentials { PasswordCredentials(userName: login, password: Secret(password)) }
}

extension CompatRecord {
  /// A record of a dump by the names of its fields; nil for one without id.
  init?(_ value: JSONValue, id: String = "id", name: String, numbers: [String]) {
    guard let id = value[id]?.string else { return nil }
    self.init(id: id, name: value[name]?.string ?? "", numbers: value.texts(numbers))
  }
}

extension JSONValue {
  /// The fields that hold text, in this order, empty ones left out.
  func texts(_ names: [String]) -> [String] {
    names.compactMap { self[$0]?.string }.filter { !$0.isEmpty }
  }

  /// A number, also as text.
  var wholeNumber: Int64? {
    switch self {
    case .integer(let value): value
    case .string(let text): Int64(text)
    case .null, .bool, .decimal, .number, .array, .object: nil
    }
  }

  /// Seconds of a length kept in hours and minutes; nil where neither is there.
  func minutes(_ hours: String, _ minutes: String) -> Int64? {
    guard let whole = self[hours].flatMap(\.wholeNumber), let rest = self[minutes].flatMap(\.wholeNumber) else {
      return nil
    }
    let (sum, overflows) = (whole % 1_000_000).multipliedReportingOverflow(by: 60)
    return overflows ? nil : (sum + rest % 1_000_000) * 60
  }
}
