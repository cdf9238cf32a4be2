extension ZohoFieldTables {
  private static let description = ZohoField("Description", .textArea(32_000))
  private static let seModule = ZohoField("$se_module", .moduleName, label: "SEMODULE")
  private static let whoID = ZohoField("Who_Id", .reference(.contacts), label: "Contact Name")
  private static let whatID = ZohoField("What_Id", .relatedReference, label: "Related To")

  /// Documented: the module's page of the v2 API and Zoho's own post on it.
  static let calls = [
    ZohoField("Subject", .text(255), isMandatory: true),
    ZohoField("Call_Type", .choice(["Inbound", "Outbound", "Missed"]), isMandatory: true),
    ZohoField("Call_Start_Time", .dateTime, isMandatory: true), ZohoField("Call_Duration", .duration),
    ZohoField("Call_Duration_in_seconds", .integer, label: "Call Duration (in seconds)"),
    ZohoField(
      "Call_Purpose",
      .picklist([
        "-None-", "Prospecting", "Administrative", "Negotiation", "Demo", "Project", "Desk",
      ])),
    ZohoField(
      "Call_Result",
      .picklist([
        "-None-", "Interested", "Not interested", "No response/Busy", "Requested more info", "Requested call back",
        "Invalid number",
      ])),
    ZohoField("Call_Status", .picklist(["Scheduled", "Completed", "Overdue", "Cancelled"])), whoID, seModule, whatID,
    ZohoField("Dialled_Number", .text(255)), ZohoField("Caller_ID", .text(255)), description,
    ZohoField("Call_Agenda", .textArea(2000)), ZohoField("CTI_Entry", .boolean), ZohoField("Billable", .boolean),
    ZohoField("Reminder", .picklist(["None", "5 minutes before", "10 minutes before", "15 minutes before"])),
    ZohoField("Voice_Recording__s", .website, label: "Voice Recording"),
    ZohoField("Scheduled_In_CRM", .boolean),
  ]

  static let tasks = [
    ZohoField("Subject", .text(255), isMandatory: true), ZohoField("Due_Date", .date),
    ZohoField(
      "Status",
      .picklist(["Not Started", "Deferred", "In Progress", "Completed", "Waiting on someone else"])),
    ZohoField("Priority", .picklist(["High", "Highest", "Low", "Lowest", "Normal"])), whoID, seModule, whatID,
    description,
  ]

  static let events = [
    ZohoField("Event_Title", .text(255), label: "Subject", isMandatory: true),
    ZohoField("Start_DateTime", .dateTime, label: "Start DateTime", isMandatory: true),
    ZohoField("End_DateTime", .dateTime, label: "End DateTime", isMandatory: true), ZohoField("Venue", .text(255)),
    ZohoField("All_day", .boolean), whoID, seModule, whatID, description,
  ]

  static let notes = [
    ZohoField("Note_Title", .text(120), label: "Title"),
    ZohoField("Note_Content", .textArea(32_000), label: "Content", isMandatory: true), seModule,
    ZohoField("Parent_Id", .relatedReference, label: "Parent Id", isMandatory: true),
  ]
}
