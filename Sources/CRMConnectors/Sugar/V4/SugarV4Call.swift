import Crypto
import HTTPTypes
import JSON
import Primitives

/// One call of v4_1: a form with the method's name and its arguments.
///
/// Arguments go by their place for PHP up to 7 and by their name for PHP 8 (measured), so that all of them are sent,
/// under the documented names and in the documented order.
struct SugarV4Call {
  let method: String
  let arguments: [JSONValue.Member]

  init(_ method: String, _ arguments: [(name: String, value: JSONValue)]) {
    self.method = method
    self.arguments = arguments.map { .init($0.name, $0.value) }
  }

  /// The request. Within its arguments, a JSON text, the session and a login's password are what logs leave out.
  func request(to address: ServerAddress, _ purpose: CRMRequest.Purpose) -> DialectRequest {
    var request = HTTPRequest(
      method: .post, scheme: address.scheme, authority: address.authority,
      path: address.path + "/service/v4_1/rest.php")
    request.headerFields[.contentType] = "application/x-www-form-urlencoded"
    let form = PercentEncoding.form([
      ("method", method), ("input_type", "JSON"), ("response_type", "JSON"),
      ("rest_data", String(decoding: JSONValue.object(arguments).bytes(), as: UTF8.self)),
    ])
    return DialectRequest(
      purpose: purpose, request: request, body: Array(form.utf8), secretFields: ["session", "password"])
  }

  /// `login` with the MD5 of the password, which is what a user who logs in with a password of the CRM's own sends
  /// (documented, measured: the password itself is refused).
  static func login(_ credentials: PasswordCredentials) -> SugarV4Call {
    let digest = Insecure.MD5.hash(data: Array(credentials.password.value.utf8))
    let hexadecimal = digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    return SugarV4Call(
      "login",
      [
        (
          "user_auth",
          ["user_name": .string(credentials.userName), "password": .string(hexadecimal), "version": "1"]
        ), ("application_name", "ucm"), ("name_value_list", []),
      ])
  }

  /// Records of `module` that fulfil `condition`, a condition of SQL; the newest first.
  static func list(
    _ module: String, where condition: String, order: String, fields: [String], max: Int, _ session: CRMSession
  ) -> SugarV4Call {
    SugarV4Call(
      "get_entry_list",
      [
        ("session", .string(session.value.value)), ("module_name", .string(module)), ("query", .string(condition)),
        ("order_by", .string(order)), ("offset", 0), ("select_fields", .array(fields.map { .string($0) })),
        ("link_name_to_fields_array", []), ("max_results", .integer(Int64(max))), ("deleted", 0),
      ])
  }

  /// A new record.
  static func set(_ module: String, _ fields: [JSONValue.Member], _ session: CRMSession) -> SugarV4Call {
    let list = fields.map { field -> JSONValue in ["name": .string(field.name), "value": field.value] }
    return SugarV4Call(
      "set_entry",
      [
        ("session", .string(session.value.value)), ("module_name", .string(module)), ("name_value_list", .array(list)),
      ])
  }

  /// Ties a call to a contact, so that it shows in the contact's history (measured).
  static func relate(call: String, toContact contact: String, _ session: CRMSession) -> SugarV4Call {
    SugarV4Call(
      "set_relationship",
      [
        ("session", .string(session.value.value)), ("module_name", "Contacts"), ("module_id", .string(contact)),
        ("link_field_name", "calls"), ("related_ids", [.string(call)]), ("name_value_list", []), ("delete", 0),
      ])
  }

  /// As the vendor's softphone add-in asks (observed in its source): a prefix search of whatever the caller shows, and
  /// two arguments short, which PHP since 7.1 answers with status 500 (measured).
  static func vendorSearch(_ text: String, in tables: [CRMTable], _ session: CRMSession) -> SugarV4Call {
    SugarV4Call(
      "search_by_module",
      [
        ("session", .string(session.value.value)), ("search_string", .string(text)),
        ("modules", .array(tables.map { .string($0.sugarModule) })),
        ("select_fields", ["id", "name", "title", "department"]),
      ])
  }
}
