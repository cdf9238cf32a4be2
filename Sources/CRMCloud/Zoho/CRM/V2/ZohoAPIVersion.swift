/// What the versions of the API do differently, as far as a telephone integration meets it: one row a version.
///
/// Since which version something holds is documented (version pages and the official OpenAPI of v8) unless said.
struct ZohoAPIVersion: Hashable {
  /// As it stands in the path.
  let name: String
  /// `fields` is mandatory for Get Records, and at most 50.
  var requiresFields = true
  /// Pages beyond 2000 records need `page_token`.
  var usesPageTokens = true
  /// Criteria know more than `equals` and `starts_with`.
  var hasAllOperators = true
  /// Terms in criteria.
  var maximumTerms = 10
  /// The code for more terms.
  var tooManyTermsCode = "INVALID_QUERY"
  /// What holds a call's state (observed in third-party code).
  var callStatusName = "Outgoing_Call_Status"
  /// HTTP status where no record was taken; nil for the setting's.
  var refusedRecordStatus: Int? = 400
  /// HTTP status where some records were taken and some not; nil for the setting's.
  var mixedRecordStatus: Int? = 207
  /// Errors say where in the request they stand (`json_path`, `param_name`, `resource_path_index`).
  var locatesErrors = true
  /// Rows of one COQL answer.
  var maximumQueryRows = 2000
  /// COQL groups its rows.
  var groupsQueries = true
  /// COQL knows COUNT and its like.
  var hasAggregates = true
  /// An id that is not there is an error rather than 204.
  var refusesUnknownIDs = true
  /// A conversion's answer has a code, and name and id of what was made, rather than bare ids (documented: the Convert
  /// Lead page of v7 and the OpenAPI of v8; observed: bare ids in third-party clients of v2; assumed: that v2.1 is as
  /// v2, and v3 to v6 as v7, since from v3 on the request names records by `{"id":…}` too).
  var detailsConversions = true
  /// Answered calls may last 0 seconds; nil for the setting's.
  var acceptsZeroDuration: Bool?
  var scopeMessage = "Unauthorized"

  static let all: [ZohoAPIVersion] = [
    v2("v2"), v2("v2.1"),
    ZohoAPIVersion(name: "v3", locatesErrors: false, maximumQueryRows: 200, hasAggregates: false),
    ZohoAPIVersion(name: "v4"), ZohoAPIVersion(name: "v5"), ZohoAPIVersion(name: "v6"),
    ZohoAPIVersion(name: "v7", acceptsZeroDuration: false, scopeMessage: "invalid oauth scope to access this URL"),
    ZohoAPIVersion(
      name: "v8", maximumTerms: 15, tooManyTermsCode: "CRITERIA_LIMIT_EXCEEDED",
      callStatusName: "Outbound_Call_Status", acceptsZeroDuration: false,
      scopeMessage: "invalid oauth scope to access this URL"),
  ]

  /// The version of this name in a path.
  static func named(_ name: String) -> ZohoAPIVersion? { all.first { $0.name == name } }

  private static func v2(_ name: String) -> ZohoAPIVersion {
    ZohoAPIVersion(
      name: name, requiresFields: false, usesPageTokens: false, hasAllOperators: false, callStatusName: "Call_Status",
      refusedRecordStatus: nil, mixedRecordStatus: nil, locatesErrors: false, maximumQueryRows: 200,
      groupsQueries: false, hasAggregates: false, refusesUnknownIDs: false,
      detailsConversions: false)
  }

  /// Names of a call's state in requests of any version.
  static let callStatusNames: Set<String> = ["Call_Status", "Outgoing_Call_Status", "Outbound_Call_Status"]

  /// A field's name as this version shows it.
  func shownName(of field: String) -> String { field == "Call_Status" ? callStatusName : field }

  /// The field that a request of this version means.
  func storedName(of field: String) -> String { field == callStatusName ? "Call_Status" : field }
}
