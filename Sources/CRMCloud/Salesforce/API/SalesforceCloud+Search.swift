import HTTPTypes
import JSON
import Primitives

extension SalesforceCloud {
  /// `search?q=FIND {…}…` (documented).
  func respondToSearch(_ call: SalesforceAPICall) throws(SalesforceAPIError) -> CloudResponse {
    guard call.request.method == .get, call.way.count == 1 else { throw .wrongMethod }
    guard let text = call.request.query["q"] else { throw .malformedSearch("no search was given") }
    return found(try SOSLReader.read(text, isSloppy: settings.manner == .sloppy), call)
  }

  /// `parameterizedSearch?q=…&in=PHONE&sobject=Contact&Contact.fields=id,name` (documented). Reserved characters in `q`
  /// count as spaces (assumed: there is no syntax around it that they could break).
  func respondToParameterizedSearch(_ call: SalesforceAPICall) throws(SalesforceAPIError) -> CloudResponse {
    guard call.request.method == .get, call.way.count == 1 else { throw .wrongMethod }
    guard call.version.major >= 36 else { throw .notFound }
    let query = call.request.query
    guard let text = query["q"] else { throw .malformedSearch("no search was given") }
    let term = try SearchTermReader.read(text.filter { !"\\\"()*".contains($0) }, isSloppy: true)
    guard let group = SOSLSearch.Group(rawValue: (query["in"] ?? "ALL").uppercased()) else {
      throw .malformedSearch("unknown group of fields")
    }
    var returning: [SOSLSearch.Returning] = []
    for pair in query.pairs where pair.name == "sobject" {
      guard let object = SalesforceObject(named: pair.value) else { throw .noSuchType(pair.value) }
      var part = SOSLSearch.Returning(object: object)
      if let names = query["\(pair.value).fields"] ?? query["fields"] {
        part.fields = try names.split(separator: ",").map { name throws(SalesforceAPIError) in
          guard let field = object.field(String(name)) else { throw .noSuchField(String(name), of: object) }
          return field.name
        }
      }
      part.limit = (query["\(pair.value).limit"] ?? query["defaultLimit"]).flatMap { Int($0) }.map { max(0, $0) }
      returning.append(part)
    }
    if returning.isEmpty { returning = SalesforceObject.allCases.map { .init(object: $0) } }
    let limit = query["overallLimit"].flatMap { Int($0) }.map { max(0, $0) } ?? 2000
    return found(SOSLSearch(term: term, group: group, returning: returning, limit: limit), call)
  }

  /// Object by object, as the index knows their records now; a record that is gone is found no more.
  private func found(_ search: SOSLSearch, _ call: SalesforceAPICall) -> CloudResponse {
    let version = call.version.description
    var records: [JSONValue] = []
    for part in search.returning {
      let hits = store.all(part.object).lazy.filter { record in
        guard let values = record.searched(at: call.instant) else { return false }
        return search.finds(values, of: record, settings.phoneIndex) && part.condition?.holds(for: record) ?? true
      }
      records += hits.prefix(part.limit ?? search.limit).map { $0.json(part.fields, version: version) }
    }
    return .json(200, ["searchRecords": .array(Array(records.prefix(search.limit)))])
  }
}
