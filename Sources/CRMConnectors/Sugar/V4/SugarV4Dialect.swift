import HTTPTypes
import JSON
import Primitives

/// SugarCRM's v4_1, which Sugar CE 6.5 and SuiteCRM 7 speak: one script that every call is posted to.
///
/// That the appliance speaks it is assumed: it takes what the page asks for, and the vendor's softphone speaks it.
struct SugarV4Dialect: CRMDialect {
  let address: ServerAddress
  let credentials: PasswordCredentials
  let settings: ConnectorSettings

  var hostName: String { address.authority }
  var renewsSessions: Bool { true }
  private var isVendorAddIn: Bool { settings.numbers.manner == .vendorAddIn }

  func loginRequest() -> DialectRequest { SugarV4Call.login(credentials).request(to: address, .token) }

  /// How long a session lives the answer does not say: until a call is refused with number 11 (measured).
  func readLogin(_ answer: CRMAnswer, step: Int, at now: Instant) throws(CRMRefusal) -> LoginProgress {
    let value = try SugarV4Answer.read(answer, maximumBytes: settings.maximumAnswerBytes)
    guard let session = value?["id"]?.string, (1...256).contains(session.utf8.count), session != "-1" else {
      throw CRMRefusal(.unexpectedShape, status: 200)
    }
    let user = value?["name_value_list"]?.sugarNameValues["user_id"]
    return .opened(
      CRMSession(
        value: Secret(session), apiHost: address.authority, expiry: .distantFuture,
        userID: user.flatMap { SugarRecordFields.isRecordID($0) ? $0 : nil }))
  }

  /// A session just opened and already unknown: the server does not keep them, as behind a balancer.
  func reasonOfRefusedSession(at now: Instant) -> LogoutReason { .loginRefused }

  func candidates(for number: DialledNumber, _ plan: NumberPlan) -> [String] {
    isVendorAddIn ? [number.text] : plan.sugarDigits(of: number)
  }

  /// One search of the add-in's covers every module.
  var searchesTablesTogether: Bool { isVendorAddIn }

  /// The digits with anything between them, in any of the table's phone fields: only digits reach the condition, and
  /// a number with an extension behind it is found as well.
  func search(_ spelling: String, in tables: [CRMTable], _ session: CRMSession) -> DialectRequest {
    if isVendorAddIn { return SugarV4Call.vendorSearch(spelling, in: tables, session).request(to: address, .search) }
    return list(of: tables.first ?? .contacts, spelling, .search, session)
  }

  func find(_ caller: NewCaller, _ session: CRMSession) -> DialectRequest {
    list(of: caller.table, caller.number, .confirm, session)
  }

  func readRecords(_ answer: CRMAnswer, in tables: [CRMTable]) throws(CRMRefusal) -> [CRMHit] {
    let value: JSONValue
    do throws(CRMRefusal) {
      guard let read = try SugarV4Answer.read(answer, maximumBytes: settings.maximumAnswerBytes) else {
        throw SugarV4Answer.otherShape
      }
      value = read
    } catch {
      // "No records": an older server's word for an empty list (first-party source).
      if error.failure.code == "51" { return [] }
      throw error
    }
    guard let entries = value["entry_list"]?.array else { throw SugarV4Answer.otherShape }
    if isVendorAddIn, entries.contains(where: { $0["records"] != nil }) { return modules(entries, tables) }
    var hits: [CRMHit] = []
    for entry in entries {
      guard let fields = entry["name_value_list"]?.sugarNameValues else { throw SugarV4Answer.otherShape }
      guard fields.isThere else { continue }
      guard let hit = fields.hit(id: entry["id"]?.sugarText, in: tables.first ?? .contacts) else {
        throw SugarV4Answer.otherShape
      }
      hits.append(hit)
    }
    return hits
  }

  /// `search_by_module` has one entry for each module, hits or none (measured).
  private func modules(_ entries: [JSONValue], _ tables: [CRMTable]) -> [CRMHit] {
    entries.flatMap { entry -> [CRMHit] in
      guard let table = entry["name"]?.string.flatMap(CRMTable.init(sugarModule:)), tables.contains(table) else {
        return []
      }
      return (entry["records"]?.array ?? []).compactMap { record in
        record.sugarNameValues.hit(id: nil, in: table, names: table)
      }
    }
  }

  func create(_ caller: NewCaller, _ session: CRMSession) -> DialectRequest {
    var fields: [JSONValue.Member] = [
      .init(caller.table.sugarNameField, .string(caller.name)),
      .init(caller.table.sugarNumberField, .string(caller.number)),
    ]
    if let owner = owner(session) { fields.append(.init("assigned_user_id", .string(owner))) }
    return SugarV4Call.set(caller.table.sugarModule, fields, session).request(to: address, .create)
  }

  func record(_ call: CallRecordTexts, _ session: CRMSession) -> DialectRequest {
    let fields = call.sugarFields(start: call.sugarStart, owner: owner(session), settings: settings.sugar)
    return SugarV4Call.set("Calls", fields, session).request(to: address, .logCall)
  }

  func readInsertion(_ answer: CRMAnswer) throws(CRMRefusal) -> String {
    let value = try SugarV4Answer.read(answer, maximumBytes: settings.maximumAnswerBytes)
    guard let id = value?["id"]?.sugarText, SugarRecordFields.isRecordID(id) else { throw SugarV4Answer.otherShape }
    return id
  }

  /// The calls that hold the mark: it is made of letters, digits and points in brackets, none of which means anything
  /// in a text of SQL's.
  func findCall(_ call: CallRecordTexts, page: Int, _ session: CRMSession) -> DialectRequest {
    let column =
      switch settings.callMarkPlace {
      case .description, .callerID: "calls.description"
      case .subject: "calls.name"
      }
    let condition = "\(column) like '%\(call.mark ?? "")%'"
    return SugarV4Call.list(
      "Calls", where: condition, order: "", fields: ["id", "name", "description"],
      max: call.mark == nil ? 1 : settings.sugar.recordsMax, session
    ).request(to: address, .confirm)
  }

  func readCalls(_ answer: CRMAnswer) throws(CRMRefusal) -> CRMCallPage {
    let value = try SugarV4Answer.read(answer, maximumBytes: settings.maximumAnswerBytes)
    guard let entries = value?["entry_list"]?.array else { throw SugarV4Answer.otherShape }
    let calls = entries.compactMap { entry -> (id: String, texts: [String])? in
      guard let id = entry["id"]?.sugarText, SugarRecordFields.isRecordID(id),
        let fields = entry["name_value_list"]?.sugarNameValues, fields.isThere
      else { return nil }
      return (id, [fields["description"], fields["name"]].compactMap(\.self))
    }
    return CRMCallPage(calls: calls, isLast: true)
  }

  /// Of a contact: leads and accounts show the calls they are the parent of (measured).
  func link(_ call: CallRecordTexts, id: String, _ session: CRMSession) -> DialectRequest? {
    guard let record = call.record, record.table == .contacts else { return nil }
    return SugarV4Call.relate(call: id, toContact: record.id, session).request(to: address, .link)
  }

  func readLink(_ answer: CRMAnswer) throws(CRMRefusal) {
    let value = try SugarV4Answer.read(answer, maximumBytes: settings.maximumAnswerBytes)
    guard let created = value?["created"]?.sugarText else { throw SugarV4Answer.otherShape }
    guard created != "0" else {
      throw CRMRefusal(status: 200, code: "notRelated", kind: .refused, reason: nil)
    }
  }

  private func owner(_ session: CRMSession) -> String? { settings.sugar.assignsRecords ? session.userID : nil }

  private func list(
    of table: CRMTable, _ number: String, _ purpose: CRMRequest.Purpose, _ session: CRMSession
  ) -> DialectRequest {
    let pattern = "%" + number.utf8.filter { (48...57).contains($0) }.map { String($0 - 48) + "%" }.joined()
    let condition = table.sugarPhoneFields.map { "\(table.sugarTableName).\($0) like '\(pattern)'" }
    return SugarV4Call.list(
      table.sugarModule, where: condition.joined(separator: " or "), order: "", fields: table.sugarFields,
      max: settings.sugar.recordsMax, session
    ).request(to: address, purpose)
  }
}
