import JSON
import Primitives

extension ZohoOrganisation {
  /// `GET /{Module}/search`: 200 with the records found, 204 for a miss (documented).
  ///
  /// Of `criteria`, `email`, `phone` and `word` the first in that order is looked at (documented). `converted` and
  /// `approved` are taken: no record here is converted or waits for approval, so that asking for those alone finds
  /// none.
  func search(_ module: ZohoModuleName, _ call: ZohoAPICall) throws(ZohoRequestError) -> CloudResponse {
    let fields = try fields(of: call)
    let excludesAll = try asksForNone(call.query)
    let found: [ZohoRecord]
    if let criteria = call.query["criteria"] {
      found = try search(module, criteria: criteria, call)
    } else if let address = call.query["email"] {
      found = try search(module, address: address, call)
    } else if let phone = call.query["phone"] {
      found = try search(module, phone: phone, call)
    } else if let word = call.query["word"] {
      found = try search(module, word: word, call)
    } else {
      throw .parameterMissing
    }
    let page = try ZohoPaging(call.query)
    guard page.end <= ZohoPaging.maximumUntokened else { throw .limitReached }
    return respond(with: excludesAll ? [] : found, page, fields, call)
  }

  private func search(
    _ module: ZohoModuleName, phone: String, _ call: ZohoAPICall
  ) throws(ZohoRequestError) -> [ZohoRecord] {
    // Shorter than two characters, or special ones (documented from v7 on).
    guard phone.utf8.count >= 2, phone.utf8.contains(where: { $0 != UInt8(ascii: " ") }),
      ZohoPhoneNumber.isValid(String(phone.drop { $0 == " " }))
    else { throw .invalidParameter("phone") }
    return records.search(ZohoPhoneQuery(phone, match: settings.phoneMatch), in: module, at: call.instant)
  }

  /// In every field of e-mail addresses, the whole address without regard to case (assumed).
  private func search(
    _ module: ZohoModuleName, address: String, _ call: ZohoAPICall
  ) throws(ZohoRequestError) -> [ZohoRecord] {
    guard address.utf8.count >= 2, address.contains("@") else { throw .invalidParameter("email") }
    let wanted = address.lowercased()
    let names = ZohoFieldTables.addresses[module, default: []]
    return records.filter(module, places: records.places(address: address, in: module)) { record in
      guard let values = records.searchedValues(of: record, at: call.instant) else { return false }
      return names.contains { values[$0]?.string?.lowercased() == wanted }
    }
  }

  /// In every text, name and number of the record, part of a word too (assumed; two characters are the least,
  /// documented).
  private func search(
    _ module: ZohoModuleName, word: String, _ call: ZohoAPICall
  ) throws(ZohoRequestError) -> [ZohoRecord] {
    let word = word.drop { $0 == " " }
    guard word.count >= 2 else { throw .invalidParameter("word") }
    let search = ZohoTextSearch(String(word))
    let fields = module.storedFields.filter(\.isText)
    return records.filter(module, places: nil) { record in
      guard let values = records.searchedValues(of: record, at: call.instant) else { return false }
      if let name = ZohoRecord.fullName(of: values, in: module), search.isIn(name) { return true }
      return fields.contains { values[$0.name]?.string.map(search.isIn) ?? false }
    }
  }

  private func search(
    _ module: ZohoModuleName, criteria: String, _ call: ZohoAPICall
  ) throws(ZohoRequestError) -> [ZohoRecord] {
    var condition: ZohoCondition
    do throws(ZohoCriteria.Failure) {
      condition = try ZohoCriteria.read(criteria, module, call.version)
    } catch {
      throw .invalidQuery(error, call.version)
    }
    // Documented for v2: with several terms `equals` behaves like "contains".
    if settings.severalTermsContain, !call.version.hasAllOperators, condition.terms.count > 1 {
      condition = condition.mapTerms { $0.containing() }
    }
    return found(condition, in: module, searchedAt: call.instant)
  }

  /// Records that a condition holds for, oldest first (assumed).
  ///
  /// - Parameter searchedAt: the values looked at are those that searches know then; nil for those of this moment.
  func found(
    _ condition: ZohoCondition, in module: ZohoModuleName, searchedAt instant: Instant?
  ) -> [ZohoRecord] {
    var found: [ZohoRecord] = []
    // A loop, since a closure over the organisation would copy it for every term of every record.
    for record in records.candidates(in: module, places: condition.places(in: records, module)) {
      let values = instant.map { records.searchedValues(of: record, at: $0) } ?? record.values
      if let values, holds(condition, for: record, values) { found.append(record) }
    }
    return found
  }

  /// - Parameter values: the record's, or those that searches know.
  private func holds(_ condition: ZohoCondition, for record: ZohoRecord, _ values: [String: JSONValue]) -> Bool {
    switch condition {
    case .term(let term): return term.isSatisfied(by: value(at: term.path, record, values))
    case .all(let parts):
      for part in parts where !holds(part, for: record, values) { return false }
      return true
    case .any(let parts):
      for part in parts where holds(part, for: record, values) { return true }
      return false
    }
  }

  /// What stands at a path, in the record or in the one it refers to.
  func value(at path: ZohoFieldPath, _ record: ZohoRecord, _ values: [String: JSONValue]) -> JSONValue? {
    guard let inner = path.inner else {
      if path.outer.name == "Full_Name" { return .optional(ZohoRecord.fullName(of: values, in: record.module)) }
      if path.outer.isStored { return values[path.outer.name] }
      return value(of: path.outer.name, record)
    }
    if path.outer.kind == .user {
      let places = ["Owner": record.userIndex, "Modified_By": record.modifiedBy]
      return member(inner.name, of: places[path.outer.name] ?? record.createdBy)
    }
    guard let id = values[path.outer.name]?["id"]?.string else { return nil }
    if inner.kind == .identifier { return .string(id) }
    return records.record(id).flatMap { value(of: inner.name, $0) }
  }

  private func member(_ name: String, of index: Int) -> JSONValue? {
    guard let user = user(at: index) else { return nil }
    return switch name {
    case "id": .string(user.id)
    case "email": .string(user.email)
    case _: .string(user.fullName)
    }
  }

  private func asksForNone(_ query: FormParameters) throws(ZohoRequestError) -> Bool {
    let converted = query["converted"] ?? "false"
    let approved = query["approved"] ?? "true"
    for (name, value) in [("converted", converted), ("approved", approved)] {
      guard ["true", "false", "both"].contains(value) else { throw .invalidParameter(name) }
    }
    return converted == "true" || approved == "false"
  }
}

extension ZohoRequestError {
  /// The details name the bad part (documented); their wording is assumed.
  static func invalidQuery(_ failure: ZohoCriteria.Failure, _ version: ZohoAPIVersion) -> ZohoRequestError {
    var code = "INVALID_QUERY"
    let details: JSONValue =
      switch failure {
      case .syntax(let place): ["reason": "invalid syntax", "position": .integer(Int64(place))]
      case .tooDeep: ["reason": "too many nested parentheses"]
      case .tooManyTerms: ["reason": "too many criteria", "limit": .integer(Int64(version.maximumTerms))]
      case .unknownField(let name): ["reason": "the field is not available for search", "api_name": .string(name)]
      case .unknownOperator(let name, let field):
        ["reason": "invalid operator found", "api_name": .string(field), "operator": .string(name)]
      case .invalidValue(let field): ["reason": "invalid value found", "api_name": .string(field)]
      }
    if failure == .tooManyTerms { code = version.tooManyTermsCode }
    return ZohoRequestError(status: 400, code: code, message: "invalid query formed", details: details)
  }
}
