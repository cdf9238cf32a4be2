import HTTPTypes
import JSON
import Primitives

/// One request to the API whose token is good: who asks what, in which version's words.
struct ZohoAPICall {
  let version: ZohoAPIVersion
  let method: HTTPRequest.Method
  /// What follows the version.
  let parts: [String]
  let query: FormParameters
  let headerFields: HTTPFields
  let body: [UInt8]
  let scopes: ZohoScopes
  /// Place of the user the token speaks for.
  let userIndex: Int
  let instant: Instant

  /// `If-Modified-Since`, in ISO 8601 (documented).
  func modifiedSince() throws(ZohoRequestError) -> Instant? {
    guard let text = headerFields[.ifModifiedSince] else { return nil }
    guard let time = OffsetTimestamp(text) else {
      throw .invalidData(["header": "If-Modified-Since", "expected_data_type": "datetime"])
    }
    return Instant(seconds: time.seconds)
  }

  /// A list of names or ids in a parameter, parted by commas; nil for none.
  func list(_ name: String) -> [String]? {
    query[name].map { $0.split(separator: ",", maxSplits: 1000).map { $0.filter { $0 != " " } } }
  }

  /// The elements of `data` in the body.
  func records(maximum: Int) throws(ZohoRequestError) -> (records: [JSONValue], body: JSONValue) {
    guard let value = JSONValue(parsing: body) else { throw .dataIsNoArray(version) }
    guard let data = value["data"] else { throw .missingData(version) }
    guard let given = data.array, !given.isEmpty else { throw .dataIsNoArray(version) }
    guard given.count <= maximum else { throw .tooManyRecords(maximum, version) }
    return (given, value)
  }
}
