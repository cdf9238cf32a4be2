extension VtigerModule {
  /// Its fields in order, without the id (phone-typed and mandatory ones measured; others documented, and only those
  /// that a telephone system meets).
  func fields(_ manner: VtigerCloudSettings.Manner) -> [VtigerField] {
    let own: [VtigerField] =
      switch self {
      case .contacts: Self.contactFields
      case .leads: Self.leadFields
      case .accounts: Self.accountFields
      case .tickets: Self.ticketFields(manner)
      case .events: Self.eventFields
      case .coreBOSCalendar: Self.coreBOSCalendarFields
      case .pbxManager: Self.pbxManagerFields
      case .comments: Self.commentFields
      case .users: Self.userFields
      }
    return self == .users ? own : own + Self.common
  }

  private static let common = [
    VtigerField("assigned_user_id", "Assigned To", .owner, mandatory: true),
    VtigerField("createdtime", "Created Time", .automatic),
    VtigerField("modifiedtime", "Modified Time", .automatic),
  ]

  private static let contactFields = [
    VtigerField("contact_no", "Contact Id", .automatic), VtigerField("firstname", "First Name"),
    VtigerField("lastname", "Last Name", mandatory: true), VtigerField("phone", "Office Phone", .phone),
    VtigerField("mobile", "Mobile Phone", .phone), VtigerField("homephone", "Home Phone", .phone),
    VtigerField("otherphone", "Secondary Phone", .phone), VtigerField("fax", "Fax", .phone),
    VtigerField("assistantphone", "Assistant Phone", .phone), VtigerField("email", "Primary Email", .email),
    VtigerField("title", "Title"), VtigerField("account_id", "Organization Name", .reference(["Accounts"])),
    VtigerField("description", "Description", .longText),
  ]

  private static let leadFields = [
    VtigerField("lead_no", "Lead Number", .automatic), VtigerField("firstname", "First Name"),
    VtigerField("lastname", "Last Name", mandatory: true), VtigerField("company", "Company"),
    VtigerField("phone", "Primary Phone", .phone), VtigerField("mobile", "Mobile Phone", .phone),
    VtigerField("fax", "Fax", .phone), VtigerField("email", "Primary Email", .email),
    VtigerField("leadsource", "Lead Source"), VtigerField("description", "Description", .longText),
  ]

  private static let accountFields = [
    VtigerField("account_no", "Organization Number", .automatic),
    VtigerField("accountname", "Organization Name", mandatory: true), VtigerField("phone", "Primary Phone", .phone),
    VtigerField("otherphone", "Secondary Phone", .phone), VtigerField("fax", "Fax", .phone),
    VtigerField("email1", "Primary Email", .email), VtigerField("website", "Website"),
    VtigerField("description", "Description", .longText),
  ]

  private static func ticketFields(_ manner: VtigerCloudSettings.Manner) -> [VtigerField] {
    [
      VtigerField("ticket_no", "Ticket Number", .automatic),
      VtigerField("ticket_title", "Title", mandatory: true),
      VtigerField(
        "ticketstatus", "Status", .picklist(["Open", "In Progress", "Wait For Response", "Closed"]), mandatory: true),
      VtigerField("ticketpriorities", "Priority", .picklist(["Low", "Normal", "High", "Urgent"]), mandatory: true),
      VtigerField(manner == .strict ? "contact_id" : "parent_id", "Contact Name", .reference(["Contacts"])),
      VtigerField("description", "Description", .longText),
    ]
  }

  private static let eventStatus = VtigerField(
    "eventstatus", "Status", .picklist(["Planned", "Held", "Not Held"]), mandatory: true)
  private static let activityType = VtigerField(
    "activitytype", "Activity Type", .picklist(["Call", "Meeting", "Mobile Call"]), mandatory: true)

  private static let eventFields = [
    VtigerField("subject", "Subject", mandatory: true), VtigerField("date_start", "Start Date", .date, mandatory: true),
    VtigerField("time_start", "Time Start", .time, mandatory: true),
    VtigerField("due_date", "End Date", .date, mandatory: true),
    VtigerField("time_end", "End Time", .time, mandatory: true),
    VtigerField("duration_hours", "Duration", .integer, mandatory: true),
    // A picklist in the pages; the API takes any number (measured).
    VtigerField("duration_minutes", "Duration Minutes", .integer), eventStatus, activityType,
    VtigerField("contact_id", "Contact Name", .reference(["Contacts"])),
    VtigerField("parent_id", "Related To", .reference(["Leads", "Accounts", "HelpDesk"])),
    VtigerField("visibility", "Visibility", .picklist(["Private", "Public"])),
    VtigerField("location", "Location"), VtigerField("description", "Description", .longText),
  ]

  private static let coreBOSCalendarFields = [
    VtigerField("subject", "Subject", mandatory: true),
    VtigerField("dtstart", "Start Date Time", .dateTime, mandatory: true),
    VtigerField("dtend", "Due Date", .dateTime, mandatory: true),
    VtigerField("date_start", "Start Date", .date), VtigerField("time_start", "Time Start", .time),
    VtigerField("due_date", "End Date", .date), VtigerField("time_end", "End Time", .time),
    VtigerField("duration_hours", "Duration", .integer), VtigerField("duration_minutes", "Duration Minutes", .integer),
    eventStatus, activityType, VtigerField("cto_id", "Contact Name", .reference(["Contacts"])),
    VtigerField("rel_id", "Related To", .reference(["Leads", "Accounts", "HelpDesk"])),
    VtigerField("visibility", "Visibility", .picklist(["Private", "Public"])),
    VtigerField("location", "Location"), VtigerField("description", "Description", .longText),
  ]

  private static let pbxManagerFields = [
    VtigerField("direction", "Direction"),
    VtigerField(
      "callstatus", "Call Status", .picklist(["ringing", "in-progress", "completed", "no-answer", "busy"])),
    VtigerField("starttime", "Start Time", .dateTime), VtigerField("endtime", "End Time", .dateTime),
    VtigerField("totalduration", "Total Duration", .integer), VtigerField("billduration", "Bill Duration", .integer),
    VtigerField("recordingurl", "Recording URL"), VtigerField("sourceuuid", "Source UUID"),
    VtigerField("gateway", "Gateway"),
    VtigerField("customer", "Customer", .reference(["Contacts", "Leads", "Accounts"])),
    VtigerField("user", "User", .owner), VtigerField("customernumber", "Customer Number", .phone, mandatory: true),
    VtigerField("customertype", "Customer Type"),
  ]

  private static let commentFields = [
    VtigerField("commentcontent", "Comment", .longText, mandatory: true),
    VtigerField(
      "related_to", "Related To", .reference(["Contacts", "Leads", "Accounts", "HelpDesk"]), mandatory: true),
  ]

  private static let userFields = [
    VtigerField("user_name", "User Name", mandatory: true), VtigerField("is_admin", "Admin"),
    VtigerField("first_name", "First Name"), VtigerField("last_name", "Last Name", mandatory: true),
    VtigerField("status", "Status"), VtigerField("phone_crm_extension", "CRM Phone Extension"),
  ]
}
