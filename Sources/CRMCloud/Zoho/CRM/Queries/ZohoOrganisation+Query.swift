import JSON
import Primitives

extension ZohoOrganisation {
  /// `POST /coql` with `{"select_query":"…"}`: 200 with the rows, 204 for none. It sees what was written at once
  /// (documented).
  mutating func respondToQuery(_ call: ZohoAPICall) throws(ZohoRequestError) -> CloudResponse {
    guard let body = JSONValue(parsing: call.body), case .object = body else {
      throw .invalidData(["expected_data_type": "jsonobject"])
    }
    guard let text = body["select_query"] else {
      throw ZohoRequestError(
        status: 400, code: "MANDATORY_NOT_FOUND", message: "required field not found",
        details: ["api_name": "select_query"])
    }
    guard let text = text.string else {
      throw .invalidData(["expected_data_type": "string", "api_name": "select_query"])
    }
    let query: ZohoQuery
    do throws(ZohoQuery.Failure) {
      query = try ZohoQueryReader.read(text, call.version)
    } catch {
      throw .query(error, text)
    }
    try require(query.modules.sorted { $0.rawValue < $1.rawValue }.map { (.read, $0) }, call)
    usage.charge(query.credits - 1, at: call.instant)
    var found = found(query.condition, in: query.module, searchedAt: nil)
    // Groups come in the order of what they are grouped by (observed in samples).
    if query.isGrouped { for path in query.groups.reversed() { found = sorted(found, by: path, false) } }
    for (path, isDescending) in query.order.reversed() { found = sorted(found, by: path, isDescending) }
    let rows = query.isGrouped ? grouped(found, query) : []
    let count = query.isGrouped ? rows.count : found.count
    let shown =
      query.isGrouped
      ? Array(rows.dropFirst(query.offset).prefix(query.limit))
      : found.dropFirst(query.offset).prefix(query.limit).map { row($0, query) }
    guard !shown.isEmpty else { return .empty(204) }
    return .json(
      200,
      [
        "data": .array(shown),
        "info": [
          "count": .integer(Int64(shown.count)), "more_records": .bool(count > query.offset + shown.count),
        ],
      ])
  }

  /// One row for each set of values of the groups, or one for all where there are no groups.
  private func grouped(_ found: [ZohoRecord], _ query: ZohoQuery) -> [JSONValue] {
    var order: [[JSONValue]] = []
    var members: [[JSONValue]: [ZohoRecord]] = [:]
    for record in found {
      let key = query.groups.map { shownValue(at: $0, record) ?? .null }
      if members[key] == nil { order.append(key) }
      members[key, default: []].append(record)
    }
    if query.groups.isEmpty, found.isEmpty { order.append([]) }
    return order.map { key in
      let records = members[key] ?? []
      return .object(
        query.columns.map { column in
          let values = records.map { shownValue(at: column.path, $0) ?? .null }
          return .init(column.name, column.aggregate?.value(of: values) ?? values.first ?? .null)
        })
    }
  }

  private func row(_ record: ZohoRecord, _ query: ZohoQuery) -> JSONValue {
    var members = query.columns.map { column in
      JSONValue.Member(column.name, shownValue(at: column.path, record) ?? .null)
    }
    // The id comes along whether it was asked for or not (documented in samples).
    if !members.contains(where: { $0.name == "id" }) { members.append(.init("id", .string(record.id))) }
    return .object(members)
  }

  private func shownValue(at path: ZohoFieldPath, _ record: ZohoRecord) -> JSONValue? {
    path.inner == nil ? value(of: path.outer.name, record) : value(at: path, record, record.values)
  }

  private func sorted(_ all: [ZohoRecord], by path: ZohoFieldPath, _ isDescending: Bool) -> [ZohoRecord] {
    let keyed = all.enumerated().map {
      (index: $0, record: $1, key: ZohoSortKey(shownValue(at: path, $1)))
    }
    return keyed.sorted { left, right in
      if left.key == right.key { return left.index < right.index }
      return isDescending ? right.key < left.key : left.key < right.key
    }.map(\.record)
  }
}

extension ZohoRequestError {
  /// Codes and messages documented, what the details say of the place assumed.
  static func query(_ failure: ZohoQuery.Failure, _ text: String) -> ZohoRequestError {
    let (code, message, details): (String, String, JSONValue) =
      switch failure {
      case .syntax(let place):
        (
          "SYNTAX_ERROR", "invalid query formed",
          ["line": 1, "column": .integer(Int64(place + 1)), "near": .string(near(place, text))]
        )
      case .unknownModule(let name): ("INVALID_QUERY", "module given seems to be invalid", ["module": .string(name)])
      case .unknownColumn(let name):
        ("INVALID_QUERY", "column given seems to be invalid", ["column_name": .string(name)])
      case .invalidValue(let name):
        (
          "INVALID_QUERY", "value given seems to be invalid for the column", ["column_name": .string(name)]
        )
      case .duplicateColumn(let name): ("DUPLICATE_DATA", "duplicate data", ["column_name": .string(name)])
      case .limitExceeded(let limit):
        ("LIMIT_EXCEEDED", "given limit exceeds the maximum", ["limit": .integer(Int64(limit))])
      }
    return ZohoRequestError(status: 400, code: code, message: message, details: details)
  }

  private static func near(_ place: Int, _ text: String) -> String {
    String(decoding: Array(text.utf8.dropFirst(place).prefix(20)), as: UTF8.self)
  }
}
