extension ZohoFieldTables {
  private static let description = ZohoField("Description", .textArea(32_000))
  private static let leadSources = [
    "-None-", "Advertisement", "Cold Call", "Employee Referral", "External Referral", "Partner", "Public Relations",
    "Trade Show", "Web Research", "Chat",
  ]

  static let contacts = [
    ZohoField("First_Name", .text(40)), ZohoField("Last_Name", .text(80), isMandatory: true),
    ZohoField("Account_Name", .reference(.accounts)), ZohoField("Email", .email), ZohoField("Phone", .phone),
    ZohoField("Home_Phone", .phone), ZohoField("Other_Phone", .phone), ZohoField("Mobile", .phone),
    ZohoField("Asst_Phone", .phone), ZohoField("Fax", .fax), ZohoField("Title", .text(100)), description,
    ZohoField("Department", .text(50)), ZohoField("Lead_Source", .picklist(leadSources)),
    ZohoField("Secondary_Email", .email), ZohoField("Mailing_Street", .text(250)),
    ZohoField("Mailing_City", .text(100)), ZohoField("Mailing_State", .text(100)),
    ZohoField("Mailing_Zip", .text(30)), ZohoField("Mailing_Country", .text(100)),
    ZohoField("Email_Opt_Out", .boolean), ZohoField("Date_of_Birth", .date),
  ]

  static let leads = [
    ZohoField("First_Name", .text(40)), ZohoField("Last_Name", .text(80), isMandatory: true),
    ZohoField("Company", .text(200), isMandatory: true), ZohoField("Email", .email), ZohoField("Phone", .phone),
    ZohoField("Mobile", .phone), ZohoField("Fax", .fax), ZohoField("Designation", .text(100)), description,
    ZohoField("Lead_Source", .picklist(leadSources)),
    ZohoField(
      "Lead_Status",
      .picklist(["-None-", "Attempted to Contact", "Contact in Future", "Contacted", "Lost Lead", "Not Contacted"])),
    ZohoField("Website", .website), ZohoField("Secondary_Email", .email), ZohoField("Street", .text(250)),
    ZohoField("City", .text(100)), ZohoField("State", .text(100)), ZohoField("Zip_Code", .text(30)),
    ZohoField("Country", .text(100)), ZohoField("Annual_Revenue", .currency),
    ZohoField("No_of_Employees", .integer, label: "No of Employees"), ZohoField("Email_Opt_Out", .boolean),
  ]

  static let accounts = [
    ZohoField("Account_Name", .text(200), isMandatory: true), ZohoField("Phone", .phone), ZohoField("Fax", .fax),
    description, ZohoField("Website", .website), ZohoField("Account_Number", .text(40)),
    ZohoField("Account_Type", .picklist(["-None-", "Analyst", "Competitor", "Customer", "Partner", "Reseller"])),
    ZohoField("Industry", .picklist(["-None-", "Communications", "Financial Services", "Technology"])),
    ZohoField("Billing_Street", .text(250)), ZohoField("Billing_City", .text(100)),
    ZohoField("Billing_State", .text(100)), ZohoField("Billing_Code", .text(30)),
    ZohoField("Billing_Country", .text(100)), ZohoField("Annual_Revenue", .currency), ZohoField("Employees", .integer),
  ]

  static let deals = [
    ZohoField("Deal_Name", .text(120), label: "Potential Name", isMandatory: true),
    ZohoField(
      "Stage",
      .picklist([
        "Qualification", "Needs Analysis", "Value Proposition", "Identify Decision Makers", "Proposal/Price Quote",
        "Negotiation/Review", "Closed Won", "Closed Lost",
      ]), isMandatory: true),
    ZohoField("Account_Name", .reference(.accounts)), ZohoField("Contact_Name", .reference(.contacts)),
    ZohoField("Closing_Date", .date), ZohoField("Amount", .currency), ZohoField("Probability", .integer),
    ZohoField("Type", .picklist(["-None-", "Existing Business", "New Business"])),
    ZohoField("Lead_Source", .picklist(leadSources)), ZohoField("Next_Step", .text(100)), description,
    ZohoField("Campaign_Source", .reference(.campaigns)),
  ]

  static let campaigns = [
    ZohoField("Campaign_Name", .text(200), isMandatory: true),
    ZohoField("Type", .picklist(["-None-", "Conference", "Email", "Telemarketing", "Trade Show", "Webinar"])),
    ZohoField("Status", .picklist(["-None-", "Planning", "Active", "Inactive", "Complete"])),
    ZohoField("Start_Date", .date), ZohoField("End_Date", .date), ZohoField("Budgeted_Cost", .currency),
    ZohoField("Actual_Cost", .currency), ZohoField("Expected_Revenue", .currency),
    ZohoField("Num_sent", .integer, label: "Num sent"), description,
  ]
}
