import HTTPTypes
import JSON
import Primitives

/// The operations of `webservice.php`.
enum VtigerOperation: String, CaseIterable {
  case getchallenge, login, logout, extendsession, listtypes, describe, query, retrieve, create, update, revise, delete

  /// The verb it is registered with (measured).
  var method: HTTPRequest.Method {
    switch self {
    case .getchallenge, .listtypes, .describe, .query, .retrieve: .get
    case .login, .logout, .extendsession, .create, .update, .revise, .delete: .post
    }
  }

  var needsSession: Bool {
    switch self {
    case .getchallenge, .login: false
    case .logout, .extendsession, .listtypes, .describe, .query, .retrieve, .create, .update, .revise, .delete: true
    }
  }
}

extension VtigerCloud {
  /// Carries an operation out. Errors have status 200, but for an operation that is not there, `lookup` of vTiger's
  /// hosted API among them: an uncaught error, status 500 without a body (measured).
  mutating func serve(_ call: VtigerCall, at now: Instant) -> CloudResponse {
    guard let operation = VtigerOperation(rawValue: call.operation) else { return .empty(500) }
    do throws(VtigerError) {
      var answer: [JSONValue.Member] = [.init("success", true)]
      answer += try carryOut(operation, call, at: now)
      if settings.escapesTexts { answer = answer.map { .init($0.name, $0.value.withEscapedTexts) } }
      return .json(200, .object(answer))
    } catch {
      return .json(
        200, ["success": false, "error": ["code": .string(error.code), "message": .string(error.message)]])
    }
  }

  private mutating func carryOut(
    _ operation: VtigerOperation, _ call: VtigerCall, at now: Instant
  ) throws(VtigerError) -> [JSONValue.Member] {
    let user = operation.needsSession ? try sessionUser(call, at: now) : nil
    let input = try parameters(of: operation, call)
    guard let user else {
      return [
        .init("result", operation == .login ? try logIn(input, at: now) : try challenge(input, at: now))
      ]
    }
    let result: JSONValue
    switch operation {
    case .query:
      let found = try runQuery(input["query"] ?? "")
      guard settings.manner == .sloppy else { return [.init("result", .array(found.rows))] }
      return [
        .init("result", .array(found.rows)), .init("moreinfo", ["totalrows": .integer(Int64(found.total))]),
      ]
    case .getchallenge, .login: throw .internal
    case .logout:
      sessions.end(call.sessionName ?? "")
      // With two l (measured).
      result = ["message": "successfull"]
    case .extendsession: result = session(call.sessionName ?? "", user, withUser: false)
    case .listtypes: result = types(input["fieldTypeList"])
    case .describe: result = try module(named: input["elementType"] ?? "").description(settings.manner)
    case .retrieve:
      let record = try record(input["id"] ?? "")
      result = record.json(names(of: record.module))
    case .create: result = try create(input, by: user, at: now)
    case .update, .revise: result = try change(input, isWhole: operation == .update, at: now)
    case .delete: result = try delete(input["id"] ?? "")
    }
    return [.init("result", result)]
  }

  /// The parameters where this server looks for them. A wrong verb is no error of its own (measured).
  private func parameters(of operation: VtigerOperation, _ call: VtigerCall) throws(VtigerError) -> FormParameters {
    switch settings.manner {
    case .sloppy: return call.form.followed(by: call.query)
    case .strict:
      let input = operation.method == .get ? call.query : call.form
      guard input["operation"] != nil else {
        throw .accessDenied("Permission to perform the operation is denied for \(operation.rawValue)")
      }
      return input
    }
  }

  /// Module names are case-sensitive, and an unknown one is access denied (measured).
  func module(named name: String) throws(VtigerError) -> VtigerModule {
    guard let module = VtigerModule(rawValue: name), module.exists(in: settings.manner) else { throw .accessDenied() }
    return module
  }

  func names(of module: VtigerModule) -> [String] { module.fields(settings.manner).map(\.name) }

  func allRecords(in module: VtigerModule) -> [VtigerRecord] {
    module == .users ? users.map(\.record) : records.all(in: module)
  }

  func record(_ text: String) throws(VtigerError) -> VtigerRecord {
    guard let id = VtigerID(text),
      let module = VtigerModule.allCases.first(where: { $0.prefix == id.prefix && $0.exists(in: settings.manner) })
    else { throw .invalidID }
    let record =
      module == .users
      ? users.first { $0.number == id.number }?.record : records.record(id.number, in: module)
    guard let record else { throw .notFound }
    return record
  }

  /// - Parameter fieldTypes: a JSON list of types of which a module must have a field of one; nil for all modules.
  private func types(_ fieldTypes: String?) -> JSONValue {
    let wanted = fieldTypes.flatMap { JSONValue(parsing: Array($0.utf8))?.array }?.compactMap(\.string) ?? []
    let modules = VtigerModule.allCases.filter { module in
      let fields = module.fields(settings.manner)
      return module.exists(in: settings.manner)
        && (wanted.isEmpty || fields.contains { wanted.contains($0.typeName) })
    }
    return [
      "types": .array(modules.map { .string($0.rawValue) }),
      "information": .object(modules.map { .init($0.rawValue, $0.information) }),
    ]
  }
}

extension JSONValue {
  /// Every text as a page has it.
  fileprivate var withEscapedTexts: JSONValue {
    switch self {
    case .string(let text): .string(Self.escaped(text))
    case .array(let elements): .array(elements.map(\.withEscapedTexts))
    case .object(let members): .object(members.map { .init($0.name, $0.value.withEscapedTexts) })
    case .null, .bool, .integer, .decimal, .number: self
    }
  }

  private static func escaped(_ text: String) -> String {
    text.map { character in
      switch character {
      case "&": "&amp;"
      case "<": "&lt;"
      case ">": "&gt;"
      case "\"": "&quot;"
      case "'": "&#039;"
      default: String(character)
      }
    }.joined()
  }
}
