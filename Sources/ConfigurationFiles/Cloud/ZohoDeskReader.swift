import CRMCloud

/// Reads an organisation's help desks.
struct ZohoDeskReader {
  func portal(_ entry: Entry) -> ZohoCloudData.DeskPortal? {
    guard let mapping = entry.mapping(keys: ["companyName", "portalName", "contacts", "tickets"]) else { return nil }
    let company = mapping.required("companyName")?.text()
    let name = mapping.required("portalName")?.parsed(as: "a portal's name", remedy: "write letters, digits, hyphens") {
      text in text.utf8.allSatisfy(Self.isNameByte) ? text : nil
    }
    var portal = ZohoCloudData.DeskPortal(companyName: company ?? "", portalName: name ?? "")
    portal.contacts = (mapping["contacts"]?.list(max: CloudDataFile.recordsMax) ?? []).compactMap(contact)
    let emails = Set(portal.contacts.compactMap { $0.email?.lowercased() })
    portal.tickets = (mapping["tickets"]?.list(max: CloudDataFile.recordsMax) ?? [])
      .compactMap { ticket($0, contacts: emails) }
    return company == nil || name == nil ? nil : portal
  }

  private func contact(_ entry: Entry) -> ZohoCloudData.DeskContact? {
    let keys = ["firstName", "lastName", "email", "phone", "mobile"]
    guard let mapping = entry.mapping(keys: keys) else { return nil }
    let lastName = mapping.required("lastName")?.text()
    return ZohoCloudData.DeskContact(
      firstName: mapping["firstName"]?.text(), lastName: lastName ?? "", email: mapping["email"]?.text(),
      phone: mapping["phone"]?.text(), mobile: mapping["mobile"]?.text())
  }

  private func ticket(_ entry: Entry, contacts: Set<String>) -> ZohoCloudData.DeskTicket? {
    guard let mapping = entry.mapping(keys: ["subject", "status", "contactEmail"]) else { return nil }
    var ticket = ZohoCloudData.DeskTicket(subject: mapping.required("subject")?.text() ?? "")
    ticket.status = mapping["status"]?.text() ?? ticket.status
    ticket.contactEmail = mapping["contactEmail"]?.text()
    if let email = ticket.contactEmail, !contacts.contains(email.lowercased()) {
      mapping["contactEmail"]?.report(
        "no contact of this portal has this address", remedy: "write the `email` of one of its `contacts`")
    }
    return ticket
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    let lowered = byte | 0x20
    return (97...122).contains(lowered) || (48...57).contains(byte) || byte == 45
  }
}
