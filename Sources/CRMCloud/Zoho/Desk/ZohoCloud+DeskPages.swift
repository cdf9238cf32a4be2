import CloudPages
import HTTPTypes
import Primitives

extension ZohoCloud {
  /// `/` lists the portals of who is signed in, `/portal/{name}` shows one.
  func deskPage(_ request: CloudRequest, at centre: Int) -> CloudResponse {
    guard request.method == .get else { return .empty(405) }
    guard let visitor = visitor(request, at: centre) else { return signInFirst(request, at: centre) }
    let portals = centres[centre].desk.portals(of: visitor.person.zuid)
    switch (request.parts.first, request.parts.dropFirst().first, request.parts.count) {
    case (nil, nil, 0): return visitor.page(product: "Zoho Desk", title: "Portals", [Self.deskPortals(portals)])
    case ("portal", let name?, 2):
      guard let portal = portals.first(where: { $0.portalName == name }) else {
        return visitor.refusal(404, product: "Zoho Desk", "You work in no portal of this name.")
      }
      return visitor.page(product: "Zoho Desk", title: portal.companyName, Self.deskPortal(portal))
    case _: return visitor.refusal(404, product: "Zoho Desk", "There is no such page.")
    }
  }

  private static func deskPortals(_ portals: [ZohoDeskPortal]) -> PageBlock {
    .table(
      PageTable(
        id: "portals", caption: "Portals you work in", columns: ["Portal", "Organization id (orgId)"],
        rows: portals.map {
          [.link(PageLink($0.companyName, "/portal/" + PercentEncoding.encode($0.portalName))), .text($0.id)]
        },
        emptyText: "You work in no portal."))
  }

  /// As many of each as a page can show at once.
  private static func deskPortal(_ portal: ZohoDeskPortal) -> [PageBlock] {
    [
      .facts([PageFact(id: "org-id", "Organization id (orgId)", portal.id)]),
      .table(
        PageTable(
          id: "tickets", caption: "Tickets", columns: ["Number", "Subject", "Status", "Id"],
          rows: portal.tickets.suffix(100).reversed().map {
            [.text(String($0.number)), .text($0.subject), .text($0.status), .text($0.id)]
          }, emptyText: "No tickets.")),
      .table(
        PageTable(
          id: "contacts", caption: "Contacts", columns: ["Name", "E-mail", "Phone", "Id"],
          rows: portal.contacts.prefix(100).map {
            [
              .text([$0.firstName, $0.lastName].compactMap { $0 }.joined(separator: " ")), .text($0.email ?? ""),
              .text($0.phone ?? ""), .text($0.id),
            ]
          }, emptyText: "No contacts.")),
    ]
  }
}
