import JSON
import Primitives

extension ZohoOrganisation {
  /// Fields that one request can ask for (documented).
  static let maximumFields = 50
  /// Ids that one request can name (documented).
  static let maximumIDs = 100

  /// `GET /{Module}`, oldest record first (the order is assumed) unless `sort_by` says another.
  func list(_ module: ZohoModuleName, _ call: ZohoAPICall) throws(ZohoRequestError) -> CloudResponse {
    let fields = try fields(of: call, mandatory: call.version.requiresFields && call.query["ids"] == nil)
    var found: [ZohoRecord]
    if let ids = call.list("ids") {
      guard !ids.isEmpty, ids.count <= Self.maximumIDs else { throw .invalidParameter("ids") }
      guard ids.allSatisfy(ZohoIdentifiers.isWellFormed) else { throw .invalidParameter("ids") }
      found = ids.compactMap { records.record($0, in: module) }
    } else {
      found = records.all(in: module)
    }
    if let since = try call.modifiedSince() {
      found = found.filter { $0.modifiedAt > since }
      if found.isEmpty { return .empty(304) }
    }
    let order = try ZohoSortOrder(call, module)
    if let order { found = sorted(found, by: order) }
    let list = "\(module.rawValue)?\(order?.text ?? "")"
    return respond(with: found, try ZohoPaging(call, list: list), fields, call, list: list, order)
  }

  /// `GET /{Module}/{id}`: 204 for an id that is not there (observed in v2), an error in later versions (documented).
  func show(_ id: String, in module: ZohoModuleName, _ call: ZohoAPICall) throws(ZohoRequestError) -> CloudResponse {
    guard ZohoIdentifiers.isWellFormed(id) else { throw .invalidID(call.version) }
    guard let record = records.record(id, in: module) else {
      if call.version.refusesUnknownIDs { throw .invalidID(call.version) }
      return .empty(204)
    }
    if let since = try call.modifiedSince(), record.modifiedAt <= since { return .empty(304) }
    return .json(200, bytes: bytes(of: [record], try fields(of: call), call, info: nil))
  }

  /// The names in `fields`; nil for all.
  func fields(of call: ZohoAPICall, mandatory: Bool = false) throws(ZohoRequestError) -> Set<String>? {
    guard let names = call.list("fields"), !names.isEmpty else {
      if mandatory { throw .requiredParameter("fields") }
      return nil
    }
    guard names.count <= Self.maximumFields || !call.version.requiresFields else {
      throw .limitExceeded("fields", limit: Self.maximumFields)
    }
    return Set(names)
  }

  /// One page of what was found; 204 for none.
  func respond(
    with all: [ZohoRecord], _ page: ZohoPaging, _ fields: Set<String>?, _ call: ZohoAPICall, list: String? = nil,
    _ order: ZohoSortOrder? = nil
  ) -> CloudResponse {
    let shown = all.dropFirst(page.start).prefix(page.size)
    guard !shown.isEmpty else { return .empty(204) }
    let hasMore = all.count > page.end
    var info: [JSONValue.Member] = [
      .init("per_page", .integer(Int64(page.size))), .init("count", .integer(Int64(shown.count))),
      .init("page", .integer(Int64(page.number))), .init("more_records", .bool(hasMore)),
    ]
    if call.version.usesPageTokens, let list {
      let token = { (start: Int) in
        JSONValue.string(ZohoPageToken(start: start, madeAt: call.instant.seconds, list: list).text)
      }
      info += [
        .init("next_page_token", hasMore ? token(page.end) : .null),
        .init("previous_page_token", page.start > 0 ? token(max(0, page.start - page.size)) : .null),
        .init("page_token_expiry", hasMore ? timestamp(call.instant + ZohoPaging.tokenLife) : .null),
        .init("sort_by", .string(order?.field ?? "id")), .init("sort_order", .string(order?.word ?? "asc")),
      ]
    }
    return .json(200, bytes: bytes(of: shown, fields, call, info: .object(info)))
  }

  /// `{"data":[…],"info":…}`.
  private func bytes(
    of records: ArraySlice<ZohoRecord>, _ fields: Set<String>?, _ call: ZohoAPICall, info: JSONValue?
  ) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(1024 * records.count)
    bytes.append(contentsOf: #"{"data":["#.utf8)
    for record in records {
      if bytes.last == UInt8(ascii: "}") { bytes.append(UInt8(ascii: ",")) }
      write(record, fields: fields, call.version, to: &bytes)
    }
    bytes.append(UInt8(ascii: "]"))
    if let info {
      JSONText.append(member: "info", isFirst: false, to: &bytes)
      info.write(to: &bytes)
    }
    bytes.append(UInt8(ascii: "}"))
    return bytes
  }
}
