import HTTPTypes
import JSON
import Primitives

/// vTiger's web service, `webservice.php` on a server of one's own: challenge and login, queries, new records.
///
/// Requests that read are GET, those that write POST forms: vTiger 8 looks at no other place for their parameters
/// (measured).
struct VtigerDialect: CRMDialect {
  let server: ServerAddress
  let credentials: PasswordCredentials
  let settings: ConnectorSettings

  var hostName: String { server.authority }
  var renewsSessions: Bool { true }
  func reasonOfRefusedSession(at now: Instant) -> LogoutReason { .loginRefused }

  /// The last digits that the plan compares, whatever stands in front of them and between them; in the add-in's manner
  /// what the caller shows.
  func candidates(for number: DialledNumber, _ plan: NumberPlan) -> [String] {
    guard plan.manner == .verified else { return [number.text] }
    let significant = number.digits.drop { $0 == "0" }
    let digits = significant.utf8.count < NumberPlan.shortestSuffix ? number.digits : String(significant)
    if plan.manner == .vendorAddIn { return [number.text] }
    var candidates: [String] = []
    switch plan.comparison {
    case .lastDigits(let count): candidates.append(String(digits.suffix(max(NumberPlan.shortestSuffix, count))))
    case .equal: candidates.append(national(number, plan) ?? digits)
    }
    if let fewer = plan.searchedDigits, fewer > 1, digits.utf8.count > fewer {
      candidates.append(String(digits.suffix(fewer)))
    }
    var seen: Set<String> = []
    return candidates.filter { seen.insert($0).inserted }
  }

  /// The digits that the number's national and international forms share.
  private func national(_ number: DialledNumber, _ plan: NumberPlan) -> String? {
    guard let code = plan.countryCode, let international = plan.internationalDigits(of: number),
      international.hasPrefix(code)
    else { return nil }
    return String(international.dropFirst(code.count))
  }

  func search(_ spelling: String, in tables: [CRMTable], _ session: CRMSession) -> DialectRequest {
    let table = tables.first ?? .contacts
    let text =
      switch settings.numbers.manner {
      case .verified: VtigerQuery.records(holding: spelling, in: table, limit: settings.vtiger.maximumHits)
      case .vendorAddIn: VtigerQuery.addIn(spelling, in: table)
      }
    return query(text, .search, session)
  }

  /// By the text that was sent, which is kept as it was (measured).
  func find(_ caller: NewCaller, _ session: CRMSession) -> DialectRequest {
    let text = VtigerQuery.records(spelt: caller.number, in: caller.table, limit: settings.vtiger.maximumHits)
    return query(text, .confirm, session)
  }

  func readRecords(_ answer: CRMAnswer, in tables: [CRMTable]) throws(CRMRefusal) -> [CRMHit] {
    let table = tables.first ?? .contacts
    return try rows(of: answer).map { row throws(CRMRefusal) in
      guard let id = row.id else { throw CRMRefusal(.unexpectedShape, status: 200) }
      return CRMHit(id: id, name: row.name(in: table), numbers: table.vtigerPhoneFields.compactMap { row[$0] })
    }
  }

  func create(_ caller: NewCaller, _ session: CRMSession) -> DialectRequest {
    let nameField = caller.table == .accounts ? "accountname" : "lastname"
    let element: JSONValue = [
      "assigned_user_id": .string(session.userID ?? ""), "phone": .string(caller.number),
      nameField: .string(caller.name),
    ]
    return create(element, in: caller.table.vtigerModule, .create, session)
  }

  func record(_ call: CallRecordTexts, _ session: CRMSession) -> DialectRequest {
    let module = module(of: session)
    let element = call.vtigerElement(for: module, owner: session.userID ?? "", settings.vtiger)
    return create(element, in: module.rawValue, .logCall, session)
  }

  func readInsertion(_ answer: CRMAnswer) throws(CRMRefusal) -> String {
    let row = try VtigerAnswer.read(VtigerRow.self, from: answer, maximumBytes: settings.maximumAnswerBytes)
    guard let id = row.id else { throw CRMRefusal(.unexpectedShape, status: 200, leavesDoubt: true) }
    return id
  }

  /// By the mark itself, wherever this module has it: one page holds all there can be.
  func findCall(_ call: CallRecordTexts, page: Int, _ session: CRMSession) -> DialectRequest {
    let module = module(of: session)
    let field = module == .pbxManager ? "sourceuuid" : settings.callMarkPlace == .subject ? "subject" : "description"
    let text = VtigerQuery.calls(in: module.rawValue, with: call.mark ?? call.subject, in: field)
    return query(text, .confirm, session)
  }

  func readCalls(_ answer: CRMAnswer) throws(CRMRefusal) -> CRMCallPage {
    let calls = try rows(of: answer).compactMap { row in
      row.id.map { (id: $0, texts: ["description", "subject", "sourceuuid"].compactMap { row[$0] }) }
    }
    return CRMCallPage(calls: calls, isLast: true)
  }

  private func rows(of answer: CRMAnswer) throws(CRMRefusal) -> [VtigerRow] {
    try VtigerAnswer.read(from: answer, maximumBytes: settings.maximumAnswerBytes, mayHaveActed: false)
  }

  private func module(of session: CRMSession) -> VtigerCallModule {
    session.callModule.flatMap(VtigerCallModule.init) ?? .events
  }
}
