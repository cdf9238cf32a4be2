import CloudPages
import Primitives

extension ZohoCloud {
  /// `/settings/channels/telephony/…`: the list of vendors, one vendor's steps, and the groups. The order of the steps
  /// is that of the appliance's guide (documented).
  mutating func respondAsTelephony(_ visit: ZohoCRMVisit, _ place: [String]) -> CloudResponse {
    guard visit.isAdministrator else { return visit.administratorsOnly }
    switch (place.first, place.count, visit.isPost) {
    case (nil, _, false): return telephonyPage(visit)
    case ("groups", _, _): return respondAsGroups(visit, Array(place.dropFirst()))
    case ("disconnect", 1, true):
      centres[visit.centre].organisations[visit.index].phoneBridge.telephony = nil
      return visit.done(.disconnected, Self.telephony(visit))
    case (let name?, 1, _):
      guard let vendor = ZohoTelephonyVendor(rawValue: name) else { return visit.notFound }
      guard visit.isPost else { return vendorPage(visit, vendor) }
      return integrate(vendor, visit)
    case (_, _, _): return visit.notFound
    }
  }

  static func telephony(_ visit: ZohoCRMVisit) -> String { visit.path("settings", "channels", "telephony") }

  static func telephonyBreadcrumbs(_ visit: ZohoCRMVisit) -> [PageLink] {
    [PageLink("Setup", visit.path("settings")), PageLink("Telephony", telephony(visit))]
  }

  private func telephonyPage(_ visit: ZohoCRMVisit) -> CloudResponse {
    let organisation = centres[visit.centre].organisations[visit.index]
    let bridge = organisation.phoneBridge
    let vendors = PageTable(
      id: "vendors", caption: "PBX vendors", columns: ["Vendor", "Status", "Set up"],
      rows: ZohoTelephonyVendor.allCases.map { vendor in
        let isCurrent = bridge.telephony == vendor
        return [
          .text(vendor.name), isCurrent ? .badge("Integrated", .success) : .text("Not integrated"),
          .link(PageLink(isCurrent ? "View \(vendor.name)" : "Integrate \(vendor.name)", Self.vendor(vendor, visit))),
        ]
      }, emptyText: "")
    var blocks: [PageBlock] = [
      .text("PhoneBridge shows who is calling, lets users call from a record, and logs their calls."),
      .table(vendors),
    ]
    if let vendor = bridge.telephony {
      blocks += [
        .actions([
          PageLink("PhoneBridge groups", Self.telephony(visit) + "/groups"),
          PageLink("Live calls", visit.path("live-calls")),
        ]),
        .form(
          PageForm(
            id: "disconnect", action: Self.telephony(visit) + "/disconnect", hidden: [visit.visitor.proof],
            buttons: [PageButton("Remove the integration of \(vendor.name)")])),
      ]
    }
    if !bridge.providers.isEmpty {
      blocks.append(.section(id: "providers", title: "Providers", [.table(providersTable(organisation))]))
    }
    return visit.page("Telephony", under: [PageLink("Setup", visit.path("settings"))], blocks)
  }

  /// What providers set up over the API, by user.
  private func providersTable(_ organisation: ZohoOrganisation) -> PageTable {
    PageTable(
      id: "provider-table", caption: "What providers' clients set up, by user",
      columns: ["User", "Client", "Click to dial", "Call control"],
      rows: organisation.users.compactMap { user in
        guard let provider = organisation.phoneBridge.providers[user.zuid] else { return nil }
        let client = provider.clientID.map { clients[$0]?.name ?? $0 } ?? "Not integrated"
        let controls = ZohoOrganisation.callControlParameters.filter { provider.callControl[$0] != nil }
        return [
          .text(user.fullName), .text(client), .text(provider.clickToDial?.address ?? "Off"),
          .text(controls.isEmpty ? "Off" : controls.joined(separator: ", ")),
        ]
      }, emptyText: "")
  }

  private static func vendor(_ vendor: ZohoTelephonyVendor, _ visit: ZohoCRMVisit) -> String {
    visit.path("settings", "channels", "telephony", vendor.rawValue)
  }

  private func vendorPage(_ visit: ZohoCRMVisit, _ vendor: ZohoTelephonyVendor) -> CloudResponse {
    let steps =
      vendor.needsAdapter
      ? [
        "Add a group for every extension: its PhoneBridge Name, the Group Identification User, and each User Name with "
          + "the User Extension.",
        "As the Group Identification User, create the group's PhoneBridge token under Setup, Developer Space, APIs.",
        "Install Zoho's adapter on a computer in the network of the \(vendor.name) PBX, and give it the token and a "
          + "user of the PBX's manager interface.",
        "Call an extension: the call shows under Live calls.",
      ]
      : [
        "Let the provider in: its client asks for the scope \(Self.phoneBridgeScope).",
        "Add a group: its PhoneBridge Name, the Group Identification User, and each User Name with the User Extension.",
        "Call an extension: the call shows under Live calls.",
      ]
    return visit.page(
      vendor.name, under: Self.telephonyBreadcrumbs(visit),
      [
        .text("To integrate \(vendor.name) with this organization:"), .list(steps, numbered: true),
        .form(
          PageForm(
            id: "continue", action: Self.vendor(vendor, visit), hidden: [visit.visitor.proof],
            buttons: [PageButton("Continue")])),
      ])
  }

  /// One vendor at a time (assumed).
  private mutating func integrate(_ vendor: ZohoTelephonyVendor, _ visit: ZohoCRMVisit) -> CloudResponse {
    let bridge = centres[visit.centre].organisations[visit.index].phoneBridge
    if let current = bridge.telephony, current != vendor {
      return visit.refusal(409, "\(current.name) is integrated. Remove its integration first.")
    }
    centres[visit.centre].organisations[visit.index].phoneBridge.telephony = vendor
    let groups = Self.telephony(visit) + "/groups"
    return visit.done(.integrated, bridge.groups.isEmpty ? groups + "/create" : groups)
  }
}
