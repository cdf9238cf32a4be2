import HTTPTypes
import JSON
import Primitives

/// The REST API of Sugar 7 and later, `rest/v10` and `rest/v11`: a token for user and password, filters as JSON.
struct SugarRESTDialect: CRMDialect {
  let address: ServerAddress
  /// `v10`, as the path has it.
  let version: String
  let credentials: PasswordCredentials
  let settings: ConnectorSettings

  var hostName: String { address.authority }
  var renewsSessions: Bool { true }

  /// `POST oauth2/token` with the password grant (documented). The client `sugar` with no secret is there in every
  /// installation.
  func loginRequest() -> DialectRequest {
    token([
      .init("grant_type", "password"), .init("client_id", "sugar"), .init("client_secret", ""),
      .init("username", .string(credentials.userName)), .init("password", .string(credentials.password.value)),
    ])
  }

  func renewalRequest(of former: CRMSession) -> DialectRequest? {
    former.renewal.map { renewal in
      token([
        .init("grant_type", "refresh_token"), .init("client_id", "sugar"), .init("client_secret", ""),
        .init("refresh_token", .string(renewal.value)),
      ])
    }
  }

  func readLogin(_ answer: CRMAnswer, step: Int, at now: Instant) throws(CRMRefusal) -> LoginProgress {
    .opened(try SugarTokenReply.read(answer, host: address.authority, settings: settings, at: now))
  }

  /// Somebody logs in as the same user on the same platform again and again: one session ends the other (observed).
  func reasonOfRefusedSession(at now: Instant) -> LogoutReason { .loginRefused }

  /// The last digits that are written in one piece: filters compare the stored text, and whether one can leave
  /// something open is not known.
  func candidates(for number: DialledNumber, _ plan: NumberPlan) -> [String] {
    // Every number contains no digits, and the vendor's softphone, whose manner lets such texts pass, speaks v4_1 only.
    guard let digits = plan.sugarDigits(of: number).first, digits.utf8.count > 1 else { return [] }
    return [String(digits.suffix(max(2, settings.sugar.filterDigits)))]
  }

  func search(_ spelling: String, in tables: [CRMTable], _ session: CRMSession) -> DialectRequest {
    records(of: tables.first ?? .contacts, containing: spelling, .search, session)
  }

  func find(_ caller: NewCaller, _ session: CRMSession) -> DialectRequest {
    let digits = caller.number.filter { ("0"..."9").contains($0) }.suffix(max(2, settings.sugar.filterDigits))
    return records(of: caller.table, containing: String(digits), .confirm, session)
  }

  func readRecords(_ answer: CRMAnswer, in tables: [CRMTable]) throws(CRMRefusal) -> [CRMHit] {
    let value = try SugarRESTAnswer.read(answer, maximumBytes: settings.maximumAnswerBytes)
    guard let records = value["records"]?.array else { throw SugarRESTAnswer.otherShape() }
    // Few digits fit many; a miss must be one.
    if let next = value["next_offset"]?.sugarText, next != "-1" {
      throw CRMRefusal(.tooManyRecords, status: 200, reason: nil)
    }
    var hits: [CRMHit] = []
    for record in records where record["deleted"]?.sugarText != "1" {
      guard let members = record.members,
        let hit = SugarRecordFields(members: members).hit(id: nil, in: tables.first ?? .contacts)
      else { throw SugarRESTAnswer.otherShape() }
      hits.append(hit)
    }
    return hits
  }

  func create(_ caller: NewCaller, _ session: CRMSession) -> DialectRequest {
    let fields: [JSONValue.Member] = [
      .init(caller.table.sugarNameField, .string(caller.name)),
      .init(caller.table.sugarNumberField, .string(caller.number)),
    ]
    return post(caller.table.sugarModule, .object(fields), .create, session)
  }

  /// The same fields as in v4_1 with the time in ISO 8601 (recalled).
  func record(_ call: CallRecordTexts, _ session: CRMSession) -> DialectRequest {
    let start = OffsetTimestamp(call.startInstant, utcOffsetSeconds: 0).description
    return post(
      "Calls", .object(call.sugarFields(start: start, owner: session.userID, settings: settings.sugar)), .logCall,
      session)
  }

  func readInsertion(_ answer: CRMAnswer) throws(CRMRefusal) -> String {
    let value = try SugarRESTAnswer.read(answer, maximumBytes: settings.maximumAnswerBytes)
    guard let id = value["id"]?.string, SugarRecordFields.isRecordID(id) else { throw SugarRESTAnswer.otherShape() }
    return id
  }

  func findCall(_ call: CallRecordTexts, page: Int, _ session: CRMSession) -> DialectRequest {
    let field =
      switch settings.callMarkPlace {
      case .description, .callerID: "description"
      case .subject: "name"
      }
    let condition: JSONValue = [.init(object: field, ["$contains": .string(call.mark ?? "")])]
    return filter("Calls", condition, fields: ["id", "name", "description"], .confirm, session)
  }

  func readCalls(_ answer: CRMAnswer) throws(CRMRefusal) -> CRMCallPage {
    let value = try SugarRESTAnswer.read(answer, maximumBytes: settings.maximumAnswerBytes)
    guard let records = value["records"]?.array else { throw SugarRESTAnswer.otherShape() }
    let calls = records.compactMap { record -> (id: String, texts: [String])? in
      guard let id = record["id"]?.string, SugarRecordFields.isRecordID(id) else { return nil }
      return (id, [record["description"], record["name"]].compactMap { $0?.string })
    }
    return CRMCallPage(calls: calls, isLast: true)
  }

  /// `POST Contacts/{id}/link/calls/{call}` (recalled).
  func link(_ call: CallRecordTexts, id: String, _ session: CRMSession) -> DialectRequest? {
    guard let record = call.record, record.table == .contacts, SugarRecordFields.isRecordID(record.id) else {
      return nil
    }
    return post("Contacts/\(record.id)/link/calls/\(id)", .object([]), .link, session)
  }

  func readLink(_ answer: CRMAnswer) throws(CRMRefusal) {
    _ = try SugarRESTAnswer.read(answer, maximumBytes: settings.maximumAnswerBytes)
  }

  private func records(
    of table: CRMTable, containing digits: String, _ purpose: CRMRequest.Purpose, _ session: CRMSession
  ) -> DialectRequest {
    let terms = table.sugarPhoneFields.map { JSONValue(object: $0, ["$contains": .string(digits)]) }
    return filter(
      table.sugarModule, [["$or": .array(terms)]], fields: table.sugarFields, purpose, session)
  }

  private func filter(
    _ module: String, _ condition: JSONValue, fields: [String], _ purpose: CRMRequest.Purpose, _ session: CRMSession
  ) -> DialectRequest {
    post(
      module + "/filter",
      .object([
        .init("filter", condition), .init("fields", .string(fields.joined(separator: ","))),
        .init("max_num", .integer(Int64(settings.sugar.recordsMax))), .init("offset", 0),
      ]), purpose, session)
  }

  private func post(
    _ path: String, _ body: JSONValue, _ purpose: CRMRequest.Purpose, _ session: CRMSession
  ) -> DialectRequest {
    var request = self.request(path)
    if let name = HTTPField.Name("OAuth-Token") { request.headerFields[name] = session.value.value }
    return DialectRequest(purpose: purpose, request: request, body: body.bytes())
  }

  private func token(_ members: [JSONValue.Member]) -> DialectRequest {
    let body = JSONValue.object(members + [.init("platform", .string(settings.sugar.platform))])
    return DialectRequest(purpose: .token, request: request("oauth2/token"), body: body.bytes())
  }

  private func request(_ path: String) -> HTTPRequest {
    var request = HTTPRequest(
      method: .post, scheme: address.scheme, authority: address.authority,
      path: "\(address.path)/rest/\(version)/\(path)")
    request.headerFields[.contentType] = "application/json"
    return request
  }
}

extension JSONValue {
  /// An object of one member whose name is a value.
  fileprivate init(object name: String, _ value: JSONValue) { self = .object([Member(name, value)]) }
}
