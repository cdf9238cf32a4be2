import HTTPTypes
import JSON
import Primitives

extension SalesforceCloud {
  /// `query?q=…`, and `query/<locator>` for a page after the first (documented).
  mutating func respondToQuery(_ call: SalesforceAPICall) throws(SalesforceAPIError) -> CloudResponse {
    guard call.request.method == .get else { throw .wrongMethod }
    if call.way.count == 2 { return try nextPage(call) }
    guard call.way.count == 1 else { throw .notFound }
    guard let text = call.request.query["q"], !text.isEmpty else { throw .malformedQuery("no query was given") }
    var reader = try SOQLReader(text, isSloppy: settings.manner == .sloppy)
    let query = try reader.query()
    let found = query.records(of: store)
    guard let fields = query.fields else {
      return .json(200, ["totalSize": .integer(Int64(found.count)), "done": true, "records": []])
    }
    return page(found, of: query.object, fields, total: found.count, call)
  }

  private mutating func nextPage(_ call: SalesforceAPICall) throws(SalesforceAPIError) -> CloudResponse {
    guard let open = openQueries[call.way[1]] else {
      throw SalesforceAPIError(400, "INVALID_QUERY_LOCATOR", "invalid query locator")
    }
    let records = open.rest.compactMap { store.record($0, of: open.object) }
    return page(records, of: open.object, open.fields, total: open.total, call)
  }

  private mutating func page(
    _ records: [SalesforceRecord], of object: SalesforceObject, _ fields: [String], total: Int,
    _ call: SalesforceAPICall
  ) -> CloudResponse {
    let shown = records.prefix(max(1, settings.queryPage))
    let rest = records.dropFirst(shown.count)
    var members: [JSONValue.Member] = [
      .init("totalSize", .integer(Int64(total))), .init("done", .bool(rest.isEmpty)),
    ]
    if !rest.isEmpty {
      let locator = "01g" + generator.hexadecimal(12) + "-\(total - rest.count)"
      openQueries.set(locator, .init(object: object, fields: fields, rest: rest.map(\.id), total: total))
      members.append(.init("nextRecordsUrl", .string("/services/data/v\(call.version)/query/\(locator)")))
    }
    let version = call.version.description
    members.append(.init("records", .array(shown.map { $0.json(fields, version: version) })))
    return .json(200, .object(members))
  }
}
