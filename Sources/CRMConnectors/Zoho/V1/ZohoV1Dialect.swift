import HTTPTypes
import Primitives

/// Zoho CRM's first version: one host, an authtoken with every request, records as labelled fields.
///
/// Requests are POST forms, so that the token stands in no URL (documented: GET works as well, POST is recommended).
/// Records go in as XML and answers come as JSON, which the path chooses (documented).
struct ZohoV1Dialect: CRMDialect {
  let dataCentre: ZohoDataCentre
  let credentials: ZohoV1Credentials
  let settings: ConnectorSettings

  /// No new tokens from 2019-06-01, no answers from 2020 on (documented; that the day ends in UTC is assumed).
  static let end = Instant(seconds: 1_577_836_800)

  var hostName: String { dataCentre.crmHost }
  /// The token is all there is; asking again gives no other.
  var renewsSessions: Bool { false }

  func loginRequest() -> DialectRequest {
    post("Info/getModules", .login, credentials.securityToken, [("type", "api")])
  }

  func readLogin(_ answer: CRMAnswer, step: Int, at now: Instant) throws(CRMRefusal) -> LoginProgress {
    do throws(CRMRefusal) {
      switch try ZohoV1Answer.read(answer, maximumBytes: settings.maximumAnswerBytes) {
      case .nothing, .result:
        return .opened(
          CRMSession(value: credentials.securityToken, apiHost: dataCentre.crmHost, expiry: .distantFuture))
      }
    } catch {
      throw error.kind == .sessionRefused ? error.because(reasonOfRefusedSession(at: now)) : error
    }
  }

  func reasonOfRefusedSession(at now: Instant) -> LogoutReason {
    now < Self.end ? .securityTokenInvalid : .versionRetired
  }

  /// A spelling stands in a criteria text, which has no escapes: digits and a `+` cannot break out of it. The vendor's
  /// softphone never spoke this version, so that its manner changes nothing here but that hits are believed.
  func candidates(for number: DialledNumber, _ plan: NumberPlan) -> [String] {
    plan.candidates(for: number).filter { spelling in
      !spelling.isEmpty && spelling.utf8.allSatisfy { $0 == UInt8(ascii: "+") || (48...57).contains($0) }
    }
  }

  /// `searchRecords` with the table's phone fields, any of which may hold the number (documented: equality, at most
  /// five terms, nested in pairs).
  func search(_ spelling: String, in tables: [CRMTable], _ session: CRMSession) -> DialectRequest {
    let table = tables.first ?? .contacts
    let terms = table.zohoPhoneLabels.map { "(\($0):\(spelling))" }
    let criteria = terms.dropFirst().reduce(terms.first ?? "") { "(\($0)OR\($1))" }
    let pairs = [
      ("criteria", criteria), ("selectColumns", columns(of: table)), ("fromIndex", "1"), ("toIndex", "200"),
    ]
    return post("\(table.zohoModule)/searchRecords", .search, session.value, pairs)
  }

  func find(_ caller: NewCaller, _ session: CRMSession) -> DialectRequest {
    newest(in: caller.table.zohoModule, columns: columns(of: caller.table), page: 1, session)
  }

  func readRecords(_ answer: CRMAnswer, in tables: [CRMTable]) throws(CRMRefusal) -> [CRMHit] {
    let table = tables.first ?? .contacts
    let labels = table.zohoPhoneLabels
    return try rows(of: answer, table.zohoModule).map { row throws(CRMRefusal) in
      guard let id = row[table.zohoIDLabel], ZohoV2Answer.isRecordID(id) else {
        throw CRMRefusal(.unexpectedShape, status: 200)
      }
      return CRMHit(id: id, name: row.name, numbers: labels.compactMap { row[$0] })
    }
  }

  func create(_ caller: NewCaller, _ session: CRMSession) -> DialectRequest {
    let name =
      switch caller.table {
      case .contacts: [("Last Name", caller.name)]
      case .leads: [("Company", caller.name), ("Last Name", caller.name)]
      case .accounts: [("Account Name", caller.name)]
      }
    return insertion(name + [("Phone", caller.number)], into: caller.table.zohoModule, .create, session)
  }

  func record(_ call: CallRecordTexts, _ session: CRMSession) -> DialectRequest {
    insertion(call.zohoV1Fields, into: "Calls", .logCall, session)
  }

  func readInsertion(_ answer: CRMAnswer) throws(CRMRefusal) -> String {
    switch try ZohoV1Answer.read(answer, maximumBytes: settings.maximumAnswerBytes) {
    case .nothing: throw CRMRefusal(.unexpectedShape, status: 200, leavesDoubt: true)
    case .result(let result):
      guard let id = result.insertedID, ZohoV2Answer.isRecordID(id) else {
        // An empty result has been seen for a duplicate; nobody knows what was done.
        throw CRMRefusal(.unexpectedShape, status: 200, leavesDoubt: true)
      }
      return id
    }
  }

  func findCall(_ call: CallRecordTexts, page: Int, _ session: CRMSession) -> DialectRequest {
    newest(in: "Calls", columns: "Calls(Subject,Description)", page: page, session)
  }

  func readCalls(_ answer: CRMAnswer) throws(CRMRefusal) -> CRMCallPage {
    let rows = try rows(of: answer, "Calls")
    let calls = rows.compactMap { row in
      row["ACTIVITYID"].flatMap { id in
        ZohoV2Answer.isRecordID(id) ? (id: id, texts: [row["Description"], row["Subject"]].compactMap(\.self)) : nil
      }
    }
    return CRMCallPage(calls: calls, isLast: rows.count < Self.rowsOfPage)
  }

  /// Records of one answer (documented: at most 200).
  private static let rowsOfPage = 200

  private func rows(of answer: CRMAnswer, _ module: String) throws(CRMRefusal) -> [ZohoV1Row] {
    switch try ZohoV1Answer.read(answer, maximumBytes: settings.maximumAnswerBytes) {
    case .nothing: return []
    case .result(let result):
      // A result without rows is no documented answer; taking it for a miss would add the caller once more.
      guard let rows = result.rows[module], !rows.isEmpty else { throw CRMRefusal(.unexpectedShape, status: 200) }
      return rows
    }
  }

  private func columns(of table: CRMTable) -> String {
    let names =
      switch table {
      case .contacts: ["First Name", "Last Name"]
      case .leads: ["First Name", "Last Name", "Company"]
      case .accounts: ["Account Name"]
      }
    return "\(table.zohoModule)(\((names + table.zohoPhoneLabels).joined(separator: ",")))"
  }

  private func newest(in module: String, columns: String, page: Int, _ session: CRMSession) -> DialectRequest {
    let last = page * Self.rowsOfPage
    let pairs = [
      ("selectColumns", columns), ("sortColumnString", "Created Time"), ("sortOrderString", "desc"),
      ("fromIndex", String(last - Self.rowsOfPage + 1)), ("toIndex", String(last)),
    ]
    return post("\(module)/getRecords", .confirm, session.value, pairs)
  }

  private func insertion(
    _ fields: [(label: String, value: String)], into module: String, _ purpose: CRMRequest.Purpose,
    _ session: CRMSession
  ) -> DialectRequest {
    let xml = ZohoV1XML.row(fields, of: module)
    return post("\(module)/insertRecords", purpose, session.value, [("newFormat", "1"), ("xmlData", xml)])
  }

  private func post(
    _ method: String, _ purpose: CRMRequest.Purpose, _ token: Secret, _ pairs: [(String, String)]
  ) -> DialectRequest {
    var request = HTTPRequest(
      method: .post, scheme: "https", authority: dataCentre.crmHost, path: "/crm/private/json/" + method)
    request.headerFields[.contentType] = "application/x-www-form-urlencoded"
    let credentials = [("authtoken", token.value), ("scope", "crmapi")]
    let form = PercentEncoding.form((credentials + pairs).map { (name: $0.0, value: $0.1) })
    return DialectRequest(purpose: purpose, request: request, body: Array(form.utf8), secretFields: ["authtoken"])
  }
}
