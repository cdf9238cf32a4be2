import JSON
import Primitives

extension ZohoOrganisation {
  /// `GET /{Module}/search?phone=`: 200 with the records found, 204 for a miss (documented).
  ///
  /// `criteria` and `email` go before `phone` (documented) and are not modelled yet: a search by them counts as one
  /// without a parameter, never as a miss.
  func search(
    _ module: ZohoModuleName, _ query: FormParameters, at now: Instant
  ) throws(ZohoRequestError) -> CloudResponse {
    guard query["criteria"] == nil, query["email"] == nil, let phone = query["phone"] else { throw .parameterMissing }
    // Shorter than two characters, or special ones (documented from v7 on).
    guard phone.utf8.count >= 2, phone.utf8.contains(where: { $0 != UInt8(ascii: " ") }),
      ZohoPhoneNumber.isValid(String(phone.drop { $0 == " " }))
    else { throw .invalidParameter("phone") }
    let page = try ZohoPaging(query)
    guard page.end <= ZohoPaging.maximumSearchResults else { throw .limitReached }
    let found = records.search(ZohoPhoneQuery(phone, match: settings.phoneMatch), in: module, at: now)
    return respond(with: found, page, query)
  }

  /// `GET /{Module}`, oldest record first (the order is assumed).
  func list(_ module: ZohoModuleName, _ query: FormParameters) throws(ZohoRequestError) -> CloudResponse {
    respond(with: records.all(in: module), try ZohoPaging(query), query)
  }

  /// `GET /{Module}/{id}`: 204 for an id that is not there (observed in v2).
  func show(_ id: String, in module: ZohoModuleName) throws(ZohoRequestError) -> CloudResponse {
    guard ZohoIdentifiers.isWellFormed(id) else { throw .invalidID }
    guard let record = records.record(id, in: module) else { return .empty(204) }
    return .json(200, ["data": .array([json(record, fields: nil)])])
  }

  private func respond(with all: [ZohoRecord], _ page: ZohoPaging, _ query: FormParameters) -> CloudResponse {
    let shown = all.dropFirst(page.start).prefix(page.size)
    guard !shown.isEmpty else { return .empty(204) }
    let fields = query["fields"].map { Set($0.split(separator: ",").map { $0.filter { $0 != " " } }) }
    return .json(
      200,
      [
        "data": .array(shown.map { json($0, fields: fields) }),
        "info": [
          "per_page": .integer(Int64(page.size)), "count": .integer(Int64(shown.count)),
          "page": .integer(Int64(page.number)), "more_records": .bool(all.count > page.end),
        ],
      ])
  }

  /// The record as answers show it: empty fields as null, the system's own fields around them.
  private func json(_ record: ZohoRecord, fields: Set<String>?) -> JSONValue {
    let owner = user(record.userIndex)
    let time = timestamp(record.createdAt)
    var members: [JSONValue.Member] = [.init("Owner", owner)]
    if record.module.hasFullName { members.append(.init("Full_Name", record.fullName.map(JSONValue.string) ?? .null)) }
    members += record.module.fields.map { .init($0.name, record.values[$0.name] ?? .null) }
    members += [
      .init("Created_Time", time), .init("Modified_Time", time), .init("Created_By", owner),
      .init("Modified_By", owner), .init("Tag", []),
    ]
    if let fields { members.removeAll { !fields.contains($0.name) } }
    return .object([.init("id", .string(record.id))] + members)
  }

  func user(_ index: Int) -> JSONValue {
    guard let user = user(at: index) else { return .null }
    return ["name": .string(user.fullName), "id": .string(user.id)]
  }

  func timestamp(_ instant: Instant) -> JSONValue {
    .string(OffsetTimestamp(instant, utcOffsetSeconds: timeZone.offsetSeconds(at: instant)).description)
  }
}
