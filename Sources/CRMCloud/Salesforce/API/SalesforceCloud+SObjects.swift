import HTTPTypes
import JSON
import Primitives

extension SalesforceCloud {
  /// `sobjects`, `sobjects/Contact`, `sobjects/Contact/describe`, `sobjects/Contact/<id>` (documented).
  mutating func respondToSObjects(_ call: SalesforceAPICall) throws(SalesforceAPIError) -> CloudResponse {
    guard call.way.count > 1 else {
      guard call.request.method == .get else { throw .wrongMethod }
      return .json(200, Self.globalDescription(call.version))
    }
    guard let object = SalesforceObject(named: call.way[1]) else { throw .noSuchObject(call.way[1]) }
    switch (call.way.count, call.request.method) {
    case (2, .get):
      return .json(200, ["objectDescribe": object.summary(call.version), "recentItems": []])
    case (2, .post): return try create(object, call)
    case (3, .get) where call.way[2] == "describe": return .json(200, object.description(call.version))
    case (3, .get): return try read(object, call)
    case (3, .patch): return try update(object, call)
    case (3, .delete): return try delete(object, call)
    case (2, _), (3, _): throw .wrongMethod
    case (_, _): throw .notFound
    }
  }

  private mutating func create(
    _ object: SalesforceObject, _ call: SalesforceAPICall
  ) throws(SalesforceAPIError) -> CloudResponse {
    guard object != .user else {
      throw SalesforceAPIError(
        403, "INSUFFICIENT_ACCESS_OR_READONLY", "insufficient access rights on object id")
    }
    var values = try checked(call.request.body, for: object, isNew: true)
    let missing = object.fields.filter { $0.isRequired && (values[$0.name] ?? .null) == .null }.map(\.name)
    guard missing.isEmpty else { throw .missing(missing) }
    try checkRules(values, for: object)
    guard store.count(object) < settings.recordsMax else {
      throw SalesforceAPIError(403, "STORAGE_LIMIT_EXCEEDED", "storage limit exceeded")
    }
    if values["OwnerId"] == nil { values["OwnerId"] = .string(users[call.userIndex].id) }
    if object == .task {
      values["Status"] = values["Status"] ?? "Not Started"
      values["Priority"] = values["Priority"] ?? "Normal"
      values["TaskSubtype"] = values["TaskSubtype"] ?? "Task"
    }
    let id = store.add(values, to: object, findableFrom: call.instant + settings.indexDelay, at: call.instant)
    return .json(201, ["id": .string(id), "success": true, "errors": []])
  }

  private func read(_ object: SalesforceObject, _ call: SalesforceAPICall) throws(SalesforceAPIError) -> CloudResponse {
    let record = try record(object, call)
    var fields = object.fields.map(\.name)
    if let wanted = call.request.query["fields"] {
      fields = try wanted.split(separator: ",").map { name throws(SalesforceAPIError) in
        let name = name.filter { $0 != " " }
        guard let field = object.field(name) else { throw .noSuchField(name, of: object) }
        return field.name
      }
    }
    return .json(200, record.json(fields, version: call.version.description))
  }

  private mutating func update(
    _ object: SalesforceObject, _ call: SalesforceAPICall
  ) throws(SalesforceAPIError) -> CloudResponse {
    let record = try record(object, call)
    let values = try checked(call.request.body, for: object, isNew: false)
    let cleared = object.fields.filter { $0.isRequired && values[$0.name] == .null }.map(\.name)
    guard cleared.isEmpty else { throw .missing(cleared) }
    store.change(record.id, of: object, values, findableFrom: call.instant + settings.indexDelay, at: call.instant)
    return .empty(204)
  }

  private mutating func delete(
    _ object: SalesforceObject, _ call: SalesforceAPICall
  ) throws(SalesforceAPIError) -> CloudResponse {
    guard object != .user else {
      throw SalesforceAPIError(400, "INSUFFICIENT_ACCESS_OR_READONLY", "users cannot be deleted")
    }
    store.remove(try record(object, call).id, of: object)
    return .empty(204)
  }

  private func record(
    _ object: SalesforceObject, _ call: SalesforceAPICall
  ) throws(SalesforceAPIError) -> SalesforceRecord {
    // Of the right form and another object's is as unknown as any (documented).
    guard let id = SalesforceID.whole(call.way[2]), let record = store.record(id, of: object) else {
      throw .notFound
    }
    return record
  }

  /// The values of a body, by the fields' own names.
  private func checked(
    _ body: [UInt8], for object: SalesforceObject, isNew: Bool
  ) throws(SalesforceAPIError) -> [String: JSONValue] {
    guard let members = JSONValue(parsing: body)?.members else { throw .unreadableJSON }
    var values: [String: JSONValue] = [:]
    for member in members where member.name != "attributes" {
      guard let field = object.field(member.name) else { throw .noSuchField(member.name, of: object) }
      let isWritable = field.access == .all || field.access == .createOnly && isNew
      guard isWritable else { throw .notWritable(field.name) }
      let value = try field.value(member.value, isSloppy: settings.manner == .sloppy)
      if case .reference = field.kind, let id = value.string,
        !SalesforceObject.allCases.contains(where: { store.record(id, of: $0) != nil })
      {
        throw SalesforceAPIError(
          400, "INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id", fields: [field.name])
      }
      values[field.name] = value
    }
    // A task of a lead's is of nothing else (recalled).
    if object == .task, let who = values["WhoId"]?.string, who.hasPrefix(SalesforceObject.lead.prefix),
      values["WhatId"]?.string != nil
    {
      throw SalesforceAPIError(
        400, "FIELD_INTEGRITY_EXCEPTION", "WhatId must be empty where WhoId is a lead", fields: ["WhatId"])
    }
    return values
  }

  /// The organisation's own rules, of its administrator's making.
  private func checkRules(_ values: [String: JSONValue], for object: SalesforceObject) throws(SalesforceAPIError) {
    for wanted in settings.ruleWants.sorted() where wanted.hasPrefix(object.rawValue + ".") {
      let field = String(wanted.dropFirst(object.rawValue.utf8.count + 1))
      guard (values[field] ?? .null) != .null else {
        throw SalesforceAPIError(
          400, "FIELD_CUSTOM_VALIDATION_EXCEPTION", "\(field) must be filled in", fields: [field])
      }
    }
    guard settings.refusesDuplicates, object != .task, let phone = values["Phone"] else { return }
    let name = object == .account ? "Name" : "LastName"
    if store.all(object).contains(where: { $0.values["Phone"] == phone && $0.values[name] == values[name] }) {
      throw SalesforceAPIError(400, "DUPLICATES_DETECTED", "You're creating a duplicate record.")
    }
  }
}
