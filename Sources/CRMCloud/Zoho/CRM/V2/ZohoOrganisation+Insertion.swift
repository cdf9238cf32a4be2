import JSON
import Primitives

extension ZohoOrganisation {
  /// Records per insertion (documented).
  static let maximumInsertedRecords = 100

  /// `POST /{Module}` with `{"data":[…]}`: one result per record, in order; 201 when all were added (documented).
  ///
  /// The body's content type does not matter (observed: the vendor's own client sends a wrong one).
  mutating func insert(
    _ body: [UInt8], into module: ZohoModuleName, by userIndex: Int, at now: Instant
  ) throws(ZohoRequestError) -> CloudResponse {
    guard let value = JSONValue(parsing: body) else { throw .dataIsNoArray }
    guard let data = value["data"] else { throw .missingData }
    guard let given = data.array, !given.isEmpty else { throw .dataIsNoArray }
    guard given.count <= Self.maximumInsertedRecords else { throw .tooManyRecords }
    var results: [JSONValue] = []
    var isComplete = true
    for record in given {
      do throws(ZohoRefusedRecord) {
        let values = try checked(record, module)
        let added = try records.insert(values, into: module, by: userIndex, at: now)
        results.append(success(added))
      } catch {
        isComplete = false
        results.append(error.json)
      }
    }
    return .json(isComplete ? 201 : settings.refusedRecordStatus, ["data": .array(results)])
  }

  /// The values to keep. Mandatory fields are looked for first (assumed).
  private func checked(_ record: JSONValue, _ module: ZohoModuleName) throws(ZohoRefusedRecord) -> [String: JSONValue] {
    guard case .object = record else { throw .wrongType("data", expected: "jsonobject") }
    for field in module.fields where field.isMandatory && (record[field.name] ?? .null) == .null {
      throw .missing(field.name)
    }
    let related = record["$se_module"]?.string.flatMap(ZohoModuleName.init)
    var values: [String: JSONValue] = [:]
    for field in module.fields {
      values[field.name] = try field.checked(record[field.name], in: records, module: related)
    }
    switch module {
    case .calls: try checkDuration(values)
    case .contacts, .leads, .accounts: break
    }
    return values
  }

  /// A completed call says how long it was (documented); a missed one need not (assumed).
  private func checkDuration(_ values: [String: JSONValue]) throws(ZohoRefusedRecord) {
    let isMissed = values["Call_Type"]?.string == "Missed"
    let isPlanned = values["Call_Status"]?.string == "Scheduled"
    guard !isMissed, !isPlanned else { return }
    guard let duration = values["Call_Duration"]?.string.flatMap(ZohoCallDuration.init) else {
      throw .invalid("Call_Duration")
    }
    if duration.seconds == 0, !settings.acceptsZeroDuration { throw .zeroDuration }
  }

  private func success(_ record: ZohoRecord) -> JSONValue {
    let time = timestamp(record.createdAt)
    let creator = user(record.userIndex)
    return [
      "code": "SUCCESS",
      "details": [
        "Modified_Time": time, "Modified_By": creator, "Created_Time": time, "id": .string(record.id),
        "Created_By": creator,
      ],
      "message": "record added", "status": "success",
    ]
  }
}
