import JSON
import Primitives

extension ZohoOrganisation {
  /// `searchRecords`: `((Phone:5551234)OR(Mobile:5551234))`, at most five terms, by pairs (documented). It goes by the
  /// index, as the searches of the later API do (assumed).
  func v1Search(_ call: ZohoV1Call) throws(ZohoV1Error) -> ZohoV1Node {
    let module = try call.kept()
    let criteria = try call.mandatory("criteria")
    guard let condition = try? ZohoCriteria.readV1(criteria, module) else { throw .wrongSearchParameter }
    let found = found(condition, in: module, searchedAt: call.instant)
    return try v1Rows(try since(call, found), module, call)
  }

  /// `getSearchRecords`: one condition `(Phone|contains|*5551234*)` (documented).
  func v1OldSearch(_ call: ZohoV1Call) throws(ZohoV1Error) -> ZohoV1Node {
    let module = try call.kept()
    let text = try call.mandatory("searchCondition")
    _ = try call.mandatory("selectColumns")
    let parts = text.split(separator: "|", maxSplits: 3, omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 3, parts[0].first == "(", parts[2].last == ")" else { throw .wrongSearchParameter }
    let label = String(parts[0].dropFirst())
    guard let field = module.field(label: label),
      let term = Self.v1Term(ZohoFieldPath(field), parts[1], String(parts[2].dropLast()))
    else { throw .wrongSearchParameter }
    return try v1Rows(found(.term(term), in: module, searchedAt: nil), module, call)
  }

  /// The operators of getSearchRecords with the stars their values carry (documented).
  private static func v1Term(_ path: ZohoFieldPath, _ name: String, _ value: String) -> ZohoTerm? {
    let bare = String(value.drop { $0 == "*" }.reversed().drop { $0 == "*" }.reversed())
    guard !bare.isEmpty else { return nil }
    switch name.lowercased() {
    case "is", "=": return ZohoTerm(path, .equals, [value])
    case "isn't", "<>": return ZohoTerm(path, .notEqual, [value])
    case "contains": return value.first == "*" && value.last == "*" ? ZohoTerm(path, .contains, [bare]) : nil
    case "doesn't contain": return ZohoTerm(path, .notLike, ["%" + bare.filter { $0 != "%" } + "%"])
    case "starts with": return value.last == "*" ? ZohoTerm(path, .startsWith, [bare]) : nil
    case "ends with": return value.first == "*" ? ZohoTerm(path, .like, ["%" + bare.filter { $0 != "%" }]) : nil
    case "<": return ZohoTerm(path, .less, [value])
    case ">": return ZohoTerm(path, .greater, [value])
    case "<=": return ZohoTerm(path, .lessOrEqual, [value])
    case ">=": return ZohoTerm(path, .greaterOrEqual, [value])
    case _: return nil
    }
  }

  /// `getSearchRecordsByPDC`: the whole value of a column from a list that has no phone number (documented).
  func v1ColumnSearch(_ call: ZohoV1Call) throws(ZohoV1Error) -> ZohoV1Node {
    let module = try call.kept()
    let column = try call.mandatory("searchColumn").lowercased()
    let value = try call.mandatory("searchValue").lowercased()
    guard let name = Self.predefinedColumns[module]?[column] else { throw .wrongSearchParameter }
    let found = records.filter(module, places: nil) { record in
      let kept = name == "id" ? .string(record.id) : record.values[name]
      return (kept?["id"]?.string ?? kept?.string)?.lowercased() == value
    }
    return try v1Rows(found, module, call)
  }

  /// Columns and the fields they stand for; those of modules not kept here are left out.
  private static let predefinedColumns: [ZohoModuleName: [String: String]] = [
    .leads: ["email": "Email"],
    .accounts: ["accountid": "id", "accountname": "Account_Name"],
    .contacts: ["contactid": "id", "accountid": "Account_Name", "email": "Email"],
    .deals: [
      "potentialid": "id", "accountid": "Account_Name", "campaignid": "Campaign_Source", "contactid": "Contact_Name",
      "potentialname": "Deal_Name",
    ],
  ]
}

extension ZohoFieldPath {
  /// The field itself.
  init(_ field: ZohoField) {
    outer = field
    inner = nil
  }
}
