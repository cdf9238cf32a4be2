import ApplianceAPI
import CRMConnectors
import ConfigurationFiles
import HardwareProfiles

/// The menu of CRM systems: what the firmware offers, and the site's own.
struct CRMMenu {
  let forms: [CRMSystemForm]

  /// - Parameter offers: nil for a menu that is not known, and then there is every system.
  init(offers: [CRMOffer]?, file: SiteFile?) {
    var known = CRMSystemForm.all(zohoV1: Self.addresses(of: .zohoV1), zohoV2: Self.addresses(of: .zohoV2))
    if let connector = file?.connector { known.append(Self.form(of: connector.description)) }
    let own = file?.crm?.system.rawValue
    var forms = known.filter { form in
      offers == nil || form.module == own || offers?.contains { $0.system == form.module } == true
    }
    for place in forms.indices {
      if let offer = offers?.first(where: { $0.system == forms[place].module }) { forms[place].name = offer.menuName }
      guard let crm = file?.crm, forms[place].module == own else { continue }
      // What the site file says is offered, or the page could not show what it says.
      if crm.addUnknownNumber == nil { forms[place].mayAddNowhere = true }
      if case .oneOf(let addresses) = forms[place].place, !addresses.contains(crm.serverAddress) {
        forms[place].place = .oneOf([crm.serverAddress] + addresses)
      }
    }
    self.forms = forms
  }

  /// Zoho's servers, those of the guide first.
  private static func addresses(of system: CRMSystem) -> [String] {
    ZohoDataCentre.all.flatMap { centre in
      system == .zohoV1 ? [centre.crmHost] : centre.apiHostAliases + [centre.apiHost]
    }.map { "https://" + $0 }
  }

  private static func form(of description: ConnectorDescription) -> CRMSystemForm {
    let fields = description.parameters.map { parameter in
      CRMSystemForm.Field(
        fieldName(of: parameter.name), parameter.title, kind(of: parameter.kind), charactersMax: 1024,
        standard: parameter.standard)
    }
    var form = CRMSystemForm(
      CRMSystem.described.rawValue, description.name, at: description.server == nil ? .own : .standard(""),
      fields: fields)
    let lookups = CRMPages.Lookup.allCases
    form.lookups = lookups.filter { name in description.lookup.keys.contains { $0.rawValue == name.rawValue } }
    form.adds = lookups.filter { name in description.create.keys.contains { $0.rawValue == name.rawValue } }
    form.mayAddNowhere = true
    return form
  }

  /// The field that holds a parameter of a described system.
  static func fieldName(of parameter: String) -> String { "parameter_" + parameter }

  private static func kind(of kind: DescribedParameter.Kind) -> CRMSystemForm.Field.Kind {
    switch kind {
    case .text: .text
    case .secret: .secret
    case .integer: .integer
    case .boolean: .boolean
    case .choice(let words): .choice(words)
    }
  }
}
