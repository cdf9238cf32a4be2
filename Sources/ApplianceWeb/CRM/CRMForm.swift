import ApplianceAPI
import CloudPages

/// Value-added Features > CRM as a form, and what is wrong with what was entered.
struct CRMForm {
  var module: String
  var address: String
  var addsTo: String
  /// Three, in the order asked; empty for none.
  var lookups: [String]

  static let lookupNames = ["first_search", "second_search", "third_search"]
  private static let lookupTexts = [
    ("contacts", "Look up Contacts"), ("leads", "Look up Leads"), ("accounts", "Look up Accounts"),
  ]
  private static let addTexts = [("contacts", "Contacts"), ("leads", "Leads"), ("accounts", "Accounts")]

  init(_ settings: CRMPages.Settings) {
    module = settings.module
    address = settings.address
    addsTo = settings.addsTo
    lookups = Array((settings.lookups + ["", "", ""]).prefix(3))
  }

  init(_ request: WebRequest) {
    module = request.value("crm_module") ?? ""
    address = request.value("crm_addr") ?? ""
    addsTo = request.value("number_add") ?? ""
    lookups = Self.lookupNames.map { request.value($0) ?? "" }
  }

  var fields: [(name: String, value: String)] {
    [("crm_module", module), ("crm_addr", address), ("number_add", addsTo)]
      + zip(Self.lookupNames, lookups).map { (name: $0, value: $1) }
  }

  /// By field, in words; empty for none. The page's own rules (observed), told where they are broken.
  var errors: [String: String] {
    guard !module.isEmpty else { return [:] }
    var errors: [String: String] = [:]
    let chosen = lookups.filter { !$0.isEmpty }
    if module == "sugarcrm", !address.hasPrefix("http://"), !address.hasPrefix("https://") {
      errors["crm_addr"] = "Begin the address with http:// or https://."
    }
    if chosen.isEmpty {
      errors["first_search"] = "Choose at least one."
    } else if Set(chosen).count < chosen.count {
      errors["second_search"] = "Choose each only once."
    }
    if !chosen.contains(addsTo) { errors["number_add"] = "Choose one that is looked up." }
    return errors
  }

  func form(_ proof: PageForm.Hidden, errors: [String: String] = [:]) -> PageForm {
    var systems = CRMSystemName.all
    if !systems.contains(where: { $0.module == module }) { systems.append((module, module)) }
    let lookupLabels = ["Contact Lookups, first", "Contact Lookups, second", "Contact Lookups, third"]
    let error = { (name: String) in errors[name] ?? "" }
    var fields = [
      PageField(
        "crm_module", "CRM System",
        .choice(systems.map { PageOption($0.module, $0.text, isChosen: $0.module == module) }),
        hint: "None clears the page.", error: error("crm_module")),
      PageField(
        "crm_addr", "CRM Server Address", value: address, hint: "Of a system with an address of your own.",
        error: error("crm_addr")),
      PageField(
        "number_add", "Add Unknown Number", Self.choice(Self.addTexts, addsTo),
        hint: "Where a number is added that is in none of the lookups.", error: error("number_add")),
    ]
    for (place, name) in Self.lookupNames.enumerated() {
      fields.append(
        PageField(name, lookupLabels[place], Self.choice(Self.lookupTexts, lookups[place]), error: error(name)))
    }
    return PageForm(id: "crm", action: "/crm", hidden: [proof], fields: fields, buttons: [PageButton("Save")])
  }

  private static func choice(_ texts: [(String, String)], _ value: String) -> PageField.Kind {
    .choice(([("", "None")] + texts).map { PageOption($0.0, $0.1, isChosen: $0.0 == value) })
  }
}
