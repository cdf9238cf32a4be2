/// A field of a module (measured names; the selection is ours).
struct SugarField: Hashable {
  let name: String
  /// As the metadata names it: `varchar`, `phone`, `datetime` …
  let type: String
  /// Whether the database has a column, so that a condition may name it.
  var isColumn = true
  /// Whether a client may set it.
  var isWritable = true

  static let all: [SugarModule: [SugarField]] = {
    let people =
      texts(["salutation", "first_name", "last_name", "title", "department"])
      + phones(["phone_home", "phone_mobile", "phone_work", "phone_other", "phone_fax"])
    let addresses = texts(["street", "city", "state", "postalcode", "country"].map { "primary_address_" + $0 })
    return [
      .contacts: common(nameIsColumn: false) + people + phones(["assistant_phone"]) + addresses
        + texts(["assistant", "lead_source", "birthdate", "reports_to_id"])
        + unstored(["account_id", "account_name", "email1"]),
      .leads: common(nameIsColumn: false) + people + phones(["assistant_phone"]) + addresses
        + texts(["account_name", "status", "lead_source", "refered_by", "contact_id", "account_id"])
        + unstored(["email1"]),
      .accounts: common(nameIsColumn: true) + phones(["phone_office", "phone_alternate", "phone_fax"])
        + texts([
          "account_type", "industry", "website", "employees", "parent_id", "billing_address_street",
          "billing_address_city", "billing_address_postalcode", "billing_address_country",
        ]) + unstored(["email1"]),
      .calls: common(nameIsColumn: true) + [
        SugarField(name: "duration_hours", type: "int"), SugarField(name: "duration_minutes", type: "int"),
        SugarField(name: "date_start", type: "datetimecombo"),
        SugarField(name: "date_end", type: "datetimecombo", isWritable: false),
        SugarField(name: "parent_name", type: "parent", isColumn: false, isWritable: false),
      ] + texts(["parent_type", "parent_id", "status", "direction", "reminder_time", "outlook_id"]),
      .users: common(nameIsColumn: false) + people + texts(["user_name", "status", "employee_status", "is_admin"])
        + unstored(["email1"]),
    ]
  }()

  static let byName: [SugarModule: [String: SugarField]] = all.mapValues { fields in
    Dictionary(fields.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  private static func common(nameIsColumn: Bool) -> [SugarField] {
    [
      SugarField(name: "id", type: "id", isWritable: false),
      SugarField(name: "name", type: "name", isColumn: nameIsColumn, isWritable: nameIsColumn),
      SugarField(name: "date_entered", type: "datetime", isWritable: false),
      SugarField(name: "date_modified", type: "datetime", isWritable: false),
      SugarField(name: "created_by", type: "assigned_user_name", isWritable: false),
      SugarField(name: "modified_user_id", type: "assigned_user_name", isWritable: false),
      SugarField(name: "description", type: "text"), SugarField(name: "deleted", type: "bool", isWritable: false),
      SugarField(name: "assigned_user_id", type: "relate"),
    ]
  }

  private static func texts(_ names: [String]) -> [SugarField] { names.map { SugarField(name: $0, type: "varchar") } }
  private static func phones(_ names: [String]) -> [SugarField] { names.map { SugarField(name: $0, type: "phone") } }
  /// Kept with the record and joined in, so that no condition may name them.
  private static func unstored(_ names: [String]) -> [SugarField] {
    names.map { SugarField(name: $0, type: "varchar", isColumn: false) }
  }
}
