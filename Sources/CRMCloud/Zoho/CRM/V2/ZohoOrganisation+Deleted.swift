import JSON
import Primitives

extension ZohoOrganisation {
  /// `GET /{Module}/deleted`, newest first (the order is assumed): `type` is all, recycle or permanent (documented: Get
  /// List of Deleted Records of v2, and Zoho's comparison of it with v1's getDeletedRecordIds).
  func listDeleted(_ module: ZohoModuleName, _ call: ZohoAPICall) throws(ZohoRequestError) -> CloudResponse {
    let type = call.query["type"] ?? "all"
    guard ["all", "recycle", "permanent"].contains(type) else { throw .invalidParameter("type") }
    let page = try ZohoPaging(call.query)
    let since = try call.modifiedSince()
    let found = records.deleted.reversed().filter { record in
      record.module == module && (type == "all" || record.type(at: call.instant) == type)
        && (since.map { record.deletedAt > $0 } ?? true)
    }
    if since != nil, found.isEmpty { return .empty(304) }
    let shown = found.dropFirst(page.start).prefix(page.size)
    guard !shown.isEmpty else { return .empty(204) }
    return .json(
      200,
      [
        "data": .array(shown.map { json($0, at: call.instant) }),
        "info": [
          "per_page": .integer(Int64(page.size)), "count": .integer(Int64(shown.count)),
          "page": .integer(Int64(page.number)), "more_records": .bool(found.count > page.end),
        ],
      ])
  }

  private func json(_ record: ZohoDeletedRecord, at now: Instant) -> JSONValue {
    [
      "deleted_by": user(record.deletedBy), "id": .string(record.id), "display_name": .optional(record.displayName),
      "type": .string(record.type(at: now)), "Created_By": user(record.createdBy),
      "deleted_time": timestamp(record.deletedAt),
    ]
  }
}
