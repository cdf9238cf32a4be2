import JSON
import Primitives

extension ZohoOrganisation {
  /// Records per request that writes or deletes (documented).
  static let maximumWrittenRecords = 100

  /// `POST /{Module}` with `{"data":[…]}`: one result per record, in order; 201 when all were added (documented).
  ///
  /// The body's content type does not matter (observed: the vendor's own client sends a wrong one). Which workflows
  /// `trigger` names is checked and without effect: an organisation here has none.
  mutating func insert(_ module: ZohoModuleName, _ call: ZohoAPICall) throws(ZohoRequestError) -> CloudResponse {
    let (given, body) = try call.records(maximum: Self.maximumWrittenRecords)
    try Self.checkTrigger(body)
    var results = ZohoWriteResults(call.version)
    for record in given {
      do throws(ZohoRefusedRecord) {
        // Apart from `success`, which would keep a copy of all records while one is added.
        let added = try add(record, to: module, call)
        results.add(success(added, "record added"))
      } catch {
        results.add(error)
      }
    }
    return results.response(complete: 201, otherwise: settings.refusedRecordStatus)
  }

  /// `PUT /{Module}` with an `id` in each record, or `PUT /{Module}/{id}` with one record.
  mutating func update(
    _ module: ZohoModuleName, id: String?, _ call: ZohoAPICall
  ) throws(ZohoRequestError) -> CloudResponse {
    let (given, body) = try call.records(maximum: id == nil ? Self.maximumWrittenRecords : 1)
    try Self.checkTrigger(body)
    var results = ZohoWriteResults(call.version)
    for record in given {
      do throws(ZohoRefusedRecord) {
        guard let id = id ?? record["id"]?.identifier else { throw .missing("id") }
        let edited = try edit(id, record, in: module, call)
        results.add(success(edited, "record updated"))
      } catch {
        results.add(error)
      }
    }
    return results.response(complete: 200, otherwise: settings.refusedRecordStatus)
  }

  /// `POST /{Module}/upsert`: the record that agrees in a field of `duplicate_check_fields` is edited, or one added.
  mutating func upsert(_ module: ZohoModuleName, _ call: ZohoAPICall) throws(ZohoRequestError) -> CloudResponse {
    let (given, body) = try call.records(maximum: Self.maximumWrittenRecords)
    try Self.checkTrigger(body)
    let asked = try duplicateCheckFields(body, module)
    var results = ZohoWriteResults(call.version)
    var hasAdded = false
    for record in given {
      do throws(ZohoRefusedRecord) {
        if let (old, field) = duplicate(of: record, in: module, by: asked) {
          let edited = try edit(old.id, record, in: module, call)
          results.add(success(edited, "record updated", action: "update", duplicateField: field))
        } else {
          hasAdded = true
          let added = try add(record, to: module, call)
          results.add(success(added, "record added", action: "insert"))
        }
      } catch {
        results.add(error)
      }
    }
    return results.response(complete: hasAdded ? 201 : 200, otherwise: settings.refusedRecordStatus)
  }

  /// `DELETE /{Module}?ids=` or `DELETE /{Module}/{id}`.
  mutating func delete(
    _ module: ZohoModuleName, ids: [String], _ call: ZohoAPICall
  ) throws(ZohoRequestError) -> CloudResponse {
    guard !ids.isEmpty else { throw .requiredParameter("ids") }
    guard ids.count <= Self.maximumWrittenRecords else {
      throw .limitExceeded("ids", limit: Self.maximumWrittenRecords)
    }
    var results = ZohoWriteResults(call.version)
    for id in ids {
      if records.delete(id, in: module, by: call.userIndex, at: call.instant) {
        results.add([
          "code": "SUCCESS", "details": ["id": .string(id)], "message": "record deleted", "status": "success",
        ])
      } else {
        results.add(.unknownID(id))
      }
    }
    return results.response(complete: 200, otherwise: settings.refusedRecordStatus)
  }

  private mutating func add(
    _ record: JSONValue, to module: ZohoModuleName, _ call: ZohoAPICall
  ) throws(ZohoRefusedRecord) -> ZohoRecord {
    let (values, owner) = try checked(record, module, over: nil, call.version)
    return try records.insert(values, into: module, by: call.userIndex, owner: owner, at: call.instant)
  }

  private mutating func edit(
    _ id: String, _ record: JSONValue, in module: ZohoModuleName, _ call: ZohoAPICall
  ) throws(ZohoRefusedRecord) -> ZohoRecord {
    guard let old = records.record(id, in: module) else { throw .unknownID(id) }
    let (values, owner) = try checked(record, module, over: old, call.version)
    guard let edited = records.update(id, values: values, by: call.userIndex, owner: owner, at: call.instant) else {
      throw .unknownID(id)
    }
    return edited
  }

  private func success(
    _ record: ZohoRecord, _ message: String, action: String? = nil, duplicateField: String? = nil
  ) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("code", "SUCCESS"),
      .init(
        "details",
        [
          "Modified_Time": timestamp(record.modifiedAt), "Modified_By": user(record.modifiedBy),
          "Created_Time": timestamp(record.createdAt), "id": .string(record.id), "Created_By": user(record.createdBy),
        ]), .init("message", .string(message)), .init("status", "success"),
    ]
    if let action {
      members.insert(.init("duplicate_field", .optional(duplicateField)), at: 1)
      members.insert(.init("action", .string(action)), at: 2)
    }
    return .object(members)
  }

  private static func checkTrigger(_ body: JSONValue) throws(ZohoRequestError) {
    guard let trigger = body["trigger"], trigger != .null else { return }
    guard let names = trigger.array, names.allSatisfy({ $0.string != nil }) else {
      throw .invalidData(["expected_data_type": "jsonarray", "api_name": "trigger"])
    }
  }
}

/// The results of one request that writes, in the order of its records.
struct ZohoWriteResults {
  private let version: ZohoAPIVersion
  private var results: [JSONValue] = []
  private var refused = 0

  init(_ version: ZohoAPIVersion) { self.version = version }

  mutating func add(_ success: JSONValue) { results.append(success) }

  mutating func add(_ refusal: ZohoRefusedRecord) {
    results.append(refusal.json(version, index: results.count))
    refused += 1
  }

  /// - Parameter otherwise: the status for refused records where the version has none of its own.
  func response(complete: Int, otherwise: Int) -> CloudResponse {
    let status =
      switch refused {
      case 0: complete
      case results.count: version.refusedRecordStatus ?? otherwise
      case _: version.mixedRecordStatus ?? otherwise
      }
    return .json(status, ["data": .array(results)])
  }
}
