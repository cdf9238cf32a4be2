import Primitives

extension ZohoCloud {
  /// Takes in the help desks of one organisation, whose users all work in each.
  ///
  /// One without any in the data has an empty one under its own number, so that consent to Desk always has a choice.
  mutating func load(
    _ portals: [ZohoCloudData.DeskPortal], of organisation: ZohoOrganisation, createdAt: Instant, at centre: Int,
    seed: UInt64
  ) throws(ZohoCloudDataError) {
    let members = Set(organisation.users.map(\.zuid))
    if portals.isEmpty {
      let portal = ZohoCloudData.DeskPortal(companyName: organisation.name, portalName: "portal" + organisation.id)
      centres[centre].desk.add(
        ZohoDeskPortal(portal, id: organisation.id, memberZUIDs: members, createdAt: createdAt, seed: seed))
    }
    try Self.check(portals.count, list: "deskPortals", limit: ZohoDesk.maximumPortals)
    for (index, portal) in portals.enumerated() {
      let place = "deskPortals[\(index)]."
      try Self.check(portal.contacts.count, list: place + "contacts", limit: ZohoDesk.maximumEntries)
      try Self.check(portal.tickets.count, list: place + "tickets", limit: ZohoDesk.maximumEntries)
      // Portals have numbers of their own, across data centres too.
      let count = centres.reduce(0) { $0 + $1.desk.portals.count }
      centres[centre].desk.add(
        ZohoDeskPortal(
          portal, id: String(650_000_001 + count), memberZUIDs: members, createdAt: createdAt,
          seed: seed ^ 0x6465_736b &+ UInt64(count)))
    }
  }
}
