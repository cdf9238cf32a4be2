import ApplianceAPI
import CloudPages

/// Value-added Features > CRM as forms: one chooses the system, the other has what that system takes.
struct CRMForm {
  let menu: [CRMSystemForm]
  var settings: CRMPages.Settings

  private static let lookupLabels = ["Contact Lookups, first", "Contact Lookups, second", "Contact Lookups, third"]

  init(_ pages: CRMPages) {
    menu = pages.menu
    settings = pages.settings
  }

  /// As sent.
  init(_ request: WebRequest, _ pages: CRMPages) {
    menu = pages.menu
    settings = CRMPages.Settings()
    settings.module = request.value("crm_module") ?? ""
    settings.address = request.value("crm_addr") ?? ""
    settings.addsTo = request.value("number_add") ?? ""
    settings.lookups = CRMPages.lookupNames.map { request.value($0) ?? "" }
  }

  /// Another system, with what it has in common with the one before.
  mutating func choose(_ module: String) {
    guard module != settings.module else { return }
    settings.module = module
    settings.address = ""
  }

  private var system: CRMSystemForm? { menu.first { $0.module == settings.module } }

  var fields: [(name: String, value: String)] {
    [("crm_module", settings.module), ("crm_addr", settings.address), ("number_add", settings.addsTo)]
      + zip(CRMPages.lookupNames, padded).map { (name: $0, value: $1) }
  }

  private var padded: [String] { Array((settings.lookups + ["", "", ""]).prefix(3)) }

  /// By field, in words; empty for none.
  var errors: [String: String] {
    guard !settings.module.isEmpty else { return [:] }
    guard let system else { return ["crm_module": "Choose one of the list."] }
    var entered = settings
    entered.lookups = settings.lookups.filter { !$0.isEmpty }
    return system.errors(in: entered)
  }

  /// Chooses the system whose fields are shown.
  func chooser(error: String = "") -> PageForm {
    let options =
      [PageOption("", "None", isChosen: settings.module.isEmpty)]
      + menu.map { PageOption($0.module, $0.name, isChosen: $0.module == settings.module) }
    return PageForm(
      id: "crm-system-choice", action: "/crm", method: .get,
      fields: [PageField("crm_module", "CRM System", .choice(options), error: error)],
      buttons: [PageButton("Show its fields")], layout: .line)
  }

  func form(_ proof: PageForm.Hidden, errors: [String: String] = [:]) -> PageForm {
    let hidden = [proof, PageForm.Hidden("crm_module", settings.module)]
    let fields = system.map { self.fields(of: $0, errors) } ?? []
    return PageForm(id: "crm", action: "/crm", hidden: hidden, fields: fields, buttons: [PageButton("Save")])
  }

  private func fields(of system: CRMSystemForm, _ errors: [String: String]) -> [PageField] {
    let error = { (name: String) in errors[name] ?? "" }
    let adds = system.adds.map { ($0.rawValue, $0.name) }
    var fields = [
      address(of: system, error: error("crm_addr")),
      PageField(
        "number_add", "Add Unknown Number", Self.choice(adds, settings.addsTo),
        hint: "Where a number is added that is in none of the lookups.", error: error("number_add")),
    ]
    for (place, name) in CRMPages.lookupNames.enumerated() {
      let lookups = system.lookups.map { ($0.rawValue, "Look up \($0.name)") }
      fields.append(
        PageField(name, Self.lookupLabels[place], Self.choice(lookups, padded[place]), error: error(name)))
    }
    return fields
  }

  private func address(of system: CRMSystemForm, error: String) -> PageField {
    let label = "CRM Server Address"
    switch system.place {
    case .own:
      return PageField(
        "crm_addr", label, value: settings.address, hint: "Of your installation, with http:// or https://.",
        error: error)
    case .standard(let address):
      return PageField(
        "crm_addr", label, value: settings.address, hint: address.isEmpty ? "" : "Empty for \(address).", error: error)
    case .oneOf(let addresses):
      let options = addresses.map { PageOption($0, $0, isChosen: $0 == settings.address) }
      return PageField("crm_addr", label, .choice(options), error: error)
    }
  }

  private static func choice(_ texts: [(String, String)], _ value: String) -> PageField.Kind {
    .choice(([("", "None")] + texts).map { PageOption($0.0, $0.1, isChosen: $0.0 == value) })
  }
}
