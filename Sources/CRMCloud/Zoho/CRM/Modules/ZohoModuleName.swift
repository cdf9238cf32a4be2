/// The modules this cloud keeps, by their names in URLs.
public enum ZohoModuleName: String, Codable, Hashable, Sendable, CaseIterable {
  case contacts = "Contacts"
  case leads = "Leads"
  case accounts = "Accounts"
  case deals = "Deals"
  case calls = "Calls"
  case tasks = "Tasks"
  case events = "Events"
  case campaigns = "Campaigns"
  case notes = "Notes"
}

extension ZohoModuleName {
  /// What one record is called.
  var singularLabel: String {
    switch self {
    case .contacts: "Contact"
    case .leads: "Lead"
    case .accounts: "Account"
    case .deals: "Deal"
    case .calls: "Call"
    case .tasks: "Task"
    case .events: "Event"
    case .campaigns: "Campaign"
    case .notes: "Note"
    }
  }

  /// Full_Name is read-only and exists on people only (documented).
  var hasFullName: Bool { self == .contacts || self == .leads }

  /// The field that another record's reference shows as its name.
  var nameField: String {
    switch self {
    case .contacts, .leads: "Full_Name"
    case .accounts: "Account_Name"
    case .deals: "Deal_Name"
    case .calls, .tasks: "Subject"
    case .events: "Event_Title"
    case .campaigns: "Campaign_Name"
    case .notes: "Note_Title"
    }
  }

  /// What the v1 API calls it (documented: Potentials became Deals).
  var v1Name: String { self == .deals ? "Potentials" : rawValue }

  /// The label of its ids in the v1 API (documented; those of Campaigns and Notes assumed by the others' pattern).
  var v1IDLabel: String {
    switch self {
    case .contacts: "CONTACTID"
    case .leads: "LEADID"
    case .accounts: "ACCOUNTID"
    case .deals: "POTENTIALID"
    case .calls, .tasks, .events: "ACTIVITYID"
    case .campaigns: "CAMPAIGNID"
    case .notes: "id"
    }
  }

  /// Modules of Zoho's that the search endpoint does not take (documented: it lists those it takes).
  static let notSearchable: Set<String> = [
    "Attachments", "Documents", "Emails", "Feeds", "Forecasts", "Social", "Visits", "Approvals", "Actions_Performed",
  ]
}
