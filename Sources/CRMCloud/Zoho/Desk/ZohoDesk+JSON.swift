import JSON
import Primitives

// Members as the API's pages name them (documented); their order is assumed.

extension ZohoDeskPortal {
  func json(isDefault: Bool, at hosts: ZohoHosts?) -> JSONValue {
    let host = hosts?.desk ?? ""
    return [
      "id": .string(id), "companyName": .string(companyName), "portalName": .string(portalName),
      "portalURL": .string("https://\(host)/portal/\(portalName)"), "isDefault": .bool(isDefault),
      "isAdminInOrg": true,
    ]
  }
}

extension ZohoDeskContact {
  var json: JSONValue {
    [
      "id": .string(id), "firstName": .optional(firstName), "lastName": .string(lastName), "email": .optional(email),
      "phone": .optional(phone), "mobile": .optional(mobile), "accountId": .null,
      "createdTime": .string(ZohoDesk.time(createdAt)),
    ]
  }
}

extension ZohoDeskTicket {
  var json: JSONValue {
    [
      "id": .string(id), "ticketNumber": .string(String(number)), "subject": .string(subject),
      "status": .string(status), "statusType": .string(status == "Closed" ? "Closed" : "Open"),
      "channel": "Email", "email": .optional(email), "contactId": .optional(contactID),
      "departmentId": .string(departmentID), "createdTime": .string(ZohoDesk.time(createdAt)),
    ]
  }
}

extension ZohoDesk {
  /// `2026-11-20T22:29:20.000Z` (documented).
  static func time(_ instant: Instant) -> String {
    OffsetTimestamp(instant, utcOffsetSeconds: 0).description.prefix { $0 != "+" } + ".000Z"
  }
}
