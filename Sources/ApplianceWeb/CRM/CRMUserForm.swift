import ApplianceAPI
import CloudPages
import Primitives

/// User Portal > Value-added Features > CRM User Settings as a form: the fields of the chosen system.
///
/// A secret that is saved is never shown: its field is empty, and leaving it so keeps it.
struct CRMUserForm {
  let fields: [CRMSystemForm.Field]
  /// What is saved.
  let known: CRMPages.User
  /// What is to be saved.
  private(set) var user: CRMPages.User
  private(set) var errors: [String: String] = [:]

  /// As saved.
  init(_ number: String, _ pages: CRMPages) {
    fields = pages.userFields
    known = pages.users[number] ?? CRMPages.User()
    user = known
  }

  /// Takes in what was entered.
  mutating func enter(_ request: WebRequest) {
    user.isEnabled = request.value("enable_crm") == "yes"
    for field in fields {
      if request.isTooLong(field.name) {
        errors[field.name] = Self.complaint(field)
        continue
      }
      let entered = Secret(request.value(field.name) ?? "")
      if field.isSecret, entered.value.isEmpty { continue }
      user.values[field.name] = entered.value.isEmpty ? nil : entered
      if !field.takes(entered) { errors[field.name] = Self.complaint(field) }
    }
    guard user.isEnabled else { return }
    for field in fields
    where field.standard == nil && user.values[field.name] == nil && errors[field.name] == nil {
      errors[field.name] = "Enter the \(field.label)."
    }
  }

  /// Takes a secret away; without it nobody can log in, so that Enable CRM goes off.
  ///
  /// - Returns: false where the page has no such secret.
  mutating func clear(_ name: String) -> Bool {
    guard fields.contains(where: { $0.name == name && $0.isSecret }) else { return false }
    user.values[name] = nil
    user.isEnabled = false
    return true
  }

  private static func complaint(_ field: CRMSystemForm.Field) -> String {
    switch field.kind {
    case .text, .secret: "At most \(field.charactersMax) characters in one line."
    case .integer: "Enter a whole number."
    case .boolean, .choice: "Choose one of the list."
    }
  }

  func form(_ proof: PageForm.Hidden) -> PageForm {
    let saved = fields.filter { $0.isSecret && known.values[$0.name] != nil }
    return PageForm(
      id: "crm-user", action: "/portal/crm", hidden: [proof],
      fields: [PageField("enable_crm", "Enable CRM", .checkbox(isOn: user.isEnabled), value: "yes")]
        + fields.map(pageField),
      buttons: [PageButton("Save")]
        + saved.map { PageButton("Clear \($0.label)", sending: .init("clear", $0.name)) })
  }

  private func pageField(_ field: CRMSystemForm.Field) -> PageField {
    let value = user.values[field.name]?.value ?? ""
    let error = errors[field.name] ?? ""
    let hint = [field.hint, field.standard.map { $0.isEmpty ? "May be left empty." : "Empty for \($0)." } ?? ""]
      .filter { !$0.isEmpty }.joined(separator: " ")
    switch field.kind {
    case .text: return PageField(field.name, field.label, value: value, hint: hint, error: error)
    case .integer: return PageField(field.name, field.label, .number, value: value, hint: hint, error: error)
    case .boolean: return choice(field, ["true", "false"], value, hint, error)
    case .choice(let words): return choice(field, words, value, hint, error)
    case .secret:
      let isKept = known.values[field.name] != nil
      var shown = PageField(
        field.name, field.label, .password,
        hint: [hint, isKept ? "One is saved; leave this empty to keep it." : ""].filter { !$0.isEmpty }
          .joined(separator: " "), error: error)
      shown.placeholder = isKept ? "kept" : ""
      return shown
    }
  }

  private func choice(
    _ field: CRMSystemForm.Field, _ words: [String], _ value: String, _ hint: String, _ error: String
  ) -> PageField {
    let options =
      [PageOption("", "–", isChosen: value.isEmpty)] + words.map { PageOption($0, $0, isChosen: $0 == value) }
    return PageField(field.name, field.label, .choice(options), hint: hint, error: error)
  }
}
