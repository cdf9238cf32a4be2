import CloudPages
import Primitives

/// What someone asks a self-client code for.
struct ZohoSelfClientForm {
  /// Of the description (assumed).
  private static let maximumLength = 200

  let scope: String
  let minutes: Int64?
  let description: String
  let needsDescription: Bool

  init(_ form: FormParameters, needsDescription: Bool) {
    scope = form["scope"] ?? ""
    minutes = form["duration"].flatMap { Int64($0) }.flatMap { ZohoCloud.codeMinutes.contains($0) ? $0 : nil }
    description = form["description"] ?? ""
    self.needsDescription = needsDescription
  }

  var scopes: ZohoScopes { ZohoScopes([scope]) }

  /// What is wrong, by the field's name; empty for nothing.
  var errors: [String: String] {
    var errors: [String: String] = [:]
    if let name = scopes.unknownName {
      errors["scope"] = name.isEmpty ? "Enter at least one scope." : "Enter a valid scope: \(name.prefix(200)) is none."
    }
    if minutes == nil { errors["duration"] = "Choose one of the durations." }
    if needsDescription, !(1...Self.maximumLength).contains(description.unicodeScalars.count) {
      errors["description"] = "Enter a description of at most \(Self.maximumLength) characters."
    }
    return errors
  }

  /// The fields; with errors only where the form was sent.
  func fields(isSent: Bool) -> [PageField] {
    let errors = isSent ? errors : [:]
    let options = ZohoCloud.codeMinutes.map {
      PageOption(String($0), "\($0) minutes", isChosen: $0 == minutes)
    }
    var fields = [
      PageField(
        "scope", "Scope", value: scope, isRequired: true, hint: "Several are separated by commas.",
        error: errors["scope"] ?? ""),
      PageField(
        "duration", needsDescription ? "Time Duration" : "Expiry", .choice(options), error: errors["duration"] ?? ""),
    ]
    if needsDescription {
      fields.append(
        PageField(
          "description", "Scope Description", value: description, isRequired: true,
          error: errors["description"] ?? ""))
    }
    return fields
  }

  /// For the page in between, which chooses the organisation.
  var hidden: [PageForm.Hidden] {
    [
      .init("scope", scope), .init("duration", minutes.map { String($0) } ?? ""),
      .init("description", description),
    ]
  }
}
