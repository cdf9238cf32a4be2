import JSON

/// The modules of the API that a PBX has to do with (measured: vTiger 8.0.0 and coreBOS; names are case-sensitive).
enum VtigerModule: String, Codable, CaseIterable {
  case contacts = "Contacts"
  case leads = "Leads"
  case accounts = "Accounts"
  case tickets = "HelpDesk"
  case events = "Events"
  case coreBOSCalendar = "cbCalendar"
  case pbxManager = "PBXManager"
  case comments = "ModComments"
  case users = "Users"

  /// The number in front of a record's id; it differs between installations (measured on one; cbCalendar's is assumed).
  var prefix: Int {
    switch self {
    case .leads: 10
    case .accounts: 11
    case .contacts: 12
    case .tickets: 17
    case .events: 18
    case .users: 19
    case .pbxManager: 24
    case .comments: 30
    case .coreBOSCalendar: 38
    }
  }

  /// Whether a server of this manner has it.
  func exists(in manner: VtigerCloudSettings.Manner) -> Bool {
    switch (self, manner) {
    case (.events, .sloppy), (.coreBOSCalendar, .strict): false
    case (_, _): true
    }
  }

  var labels: (plural: String, singular: String) {
    switch self {
    case .contacts: ("Contacts", "Contact")
    case .leads: ("Leads", "Lead")
    case .accounts: ("Organizations", "Organization")
    case .tickets: ("Tickets", "Ticket")
    case .events: ("Events", "Event")
    case .coreBOSCalendar: ("To Dos", "To Do")
    case .pbxManager: ("PBX Manager", "PBX Record")
    case .comments: ("Comments", "Comment")
    case .users: ("Users", "User")
    }
  }

  /// The fields that people call a record by.
  var labelFields: [String] {
    switch self {
    case .contacts, .leads: ["firstname", "lastname"]
    case .accounts: ["accountname"]
    case .tickets: ["ticket_title"]
    case .events, .coreBOSCalendar: ["subject"]
    case .pbxManager: ["customernumber"]
    case .comments: ["commentcontent"]
    case .users: ["first_name", "last_name"]
    }
  }

  /// In front of the number that records of some modules get; nil for modules without one.
  var numbering: (field: String, prefix: String)? {
    switch self {
    case .contacts: ("contact_no", "CON")
    case .leads: ("lead_no", "LEA")
    case .accounts: ("account_no", "ACC")
    case .tickets: ("ticket_no", "TT")
    case .events, .coreBOSCalendar, .pbxManager, .comments, .users: nil
    }
  }

  /// As `listtypes` shows it.
  var information: JSONValue {
    ["isEntity": true, "label": .string(labels.plural), "singular": .string(labels.singular)]
  }

  /// As `describe` shows it.
  func description(_ manner: VtigerCloudSettings.Manner) -> JSONValue {
    let isWritable = JSONValue.bool(self != .users)
    return [
      "label": .string(labels.plural), "name": .string(rawValue), "createable": isWritable, "updateable": isWritable,
      "deleteable": isWritable, "retrieveable": true,
      "fields": .array(fields(manner).map(\.json) + [VtigerField("id", labels.plural, .automatic).json]),
      "idPrefix": .string(String(prefix)), "isEntity": true,
      "labelFields": .string(labelFields.joined(separator: ",")),
    ]
  }
}
