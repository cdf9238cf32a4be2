/// One field of a module: its name in JSON and what it takes.
struct ZohoField: Hashable {
  enum Kind: Hashable {
    /// Text of so many characters at most.
    case text(Int)
    /// A phone number; searched by `search?phone=`.
    case phone
    /// A number of the same form, searched only where a switch says so.
    case fax
    case integer
    /// ISO 8601 with offset.
    case dateTime
    /// Minutes and seconds.
    case duration
    case choice([String])
    /// A record of one module.
    case reference(ZohoModuleName)
    /// A record of the module that `$se_module` names.
    case relatedReference
    case moduleName
  }

  let name: String
  let kind: Kind
  let isMandatory: Bool

  init(_ name: String, _ kind: Kind, isMandatory: Bool = false) {
    self.name = name
    self.kind = kind
    self.isMandatory = isMandatory
  }
}

extension ZohoModuleName {
  /// The module's fields in the order answers show them.
  ///
  /// Names, mandatory fields and lengths are documented (field pages of the v2 API, standard layouts). Fields that this
  /// list lacks are ignored in insertions, as Zoho ignores names it does not know (assumed).
  var fields: [ZohoField] {
    switch self {
    case .contacts:
      [
        ZohoField("First_Name", .text(40)), ZohoField("Last_Name", .text(80), isMandatory: true),
        ZohoField("Account_Name", .reference(.accounts)), ZohoField("Email", .text(100)), ZohoField("Phone", .phone),
        ZohoField("Home_Phone", .phone), ZohoField("Other_Phone", .phone), ZohoField("Mobile", .phone),
        ZohoField("Asst_Phone", .phone), ZohoField("Fax", .fax), ZohoField("Title", .text(100)),
        ZohoField("Description", .text(32_000)),
      ]
    case .leads:
      [
        ZohoField("First_Name", .text(40)), ZohoField("Last_Name", .text(80), isMandatory: true),
        ZohoField("Company", .text(200), isMandatory: true), ZohoField("Email", .text(100)),
        ZohoField("Phone", .phone), ZohoField("Mobile", .phone), ZohoField("Fax", .fax),
        ZohoField("Designation", .text(100)), ZohoField("Description", .text(32_000)),
      ]
    case .accounts:
      [
        ZohoField("Account_Name", .text(200), isMandatory: true), ZohoField("Phone", .phone), ZohoField("Fax", .fax),
        ZohoField("Description", .text(32_000)),
      ]
    case .calls:
      [
        ZohoField("Subject", .text(255), isMandatory: true),
        ZohoField("Call_Type", .choice(["Inbound", "Outbound", "Missed"]), isMandatory: true),
        ZohoField("Call_Start_Time", .dateTime, isMandatory: true), ZohoField("Call_Duration", .duration),
        ZohoField("Call_Duration_in_seconds", .integer), ZohoField("Call_Purpose", .text(255)),
        ZohoField("Call_Result", .text(255)), ZohoField("Call_Status", .text(255)),
        ZohoField("Who_Id", .reference(.contacts)), ZohoField("$se_module", .moduleName),
        ZohoField("What_Id", .relatedReference), ZohoField("Dialled_Number", .text(255)),
        ZohoField("Caller_ID", .text(255)), ZohoField("Description", .text(32_000)),
      ]
    }
  }

  /// Full_Name is read-only and exists on people only (documented).
  var hasFullName: Bool {
    switch self {
    case .contacts, .leads: true
    case .accounts, .calls: false
    }
  }
}
