import JSON

extension SalesforceCloud {
  /// The list of objects (documented; the members that clients look at).
  static func globalDescription(_ version: SalesforceVersion) -> JSONValue {
    [
      "encoding": "UTF-8", "maxBatchSize": 200,
      "sobjects": .array(SalesforceObject.allCases.map { $0.summary(version) }),
    ]
  }
}

extension SalesforceObject {
  func summary(_ version: SalesforceVersion) -> JSONValue {
    let way = "/services/data/v\(version)/sobjects/\(rawValue)"
    return [
      "name": .string(rawValue), "label": .string(rawValue), "labelPlural": .string(plural),
      "keyPrefix": .string(prefix), "createable": .bool(self != .user), "updateable": .bool(self != .user),
      "deletable": .bool(self != .user), "queryable": true, "searchable": true, "custom": false,
      "urls": [
        "sobject": .string(way), "describe": .string(way + "/describe"), "rowTemplate": .string(way + "/{ID}"),
      ],
    ]
  }

  func description(_ version: SalesforceVersion) -> JSONValue {
    let members = summary(version).members ?? []
    return .object(members + [.init("fields", .array(fields.map(\.description)))])
  }
}

extension SalesforceField {
  fileprivate var description: JSONValue {
    var values: [JSONValue] = []
    var objects: [JSONValue] = []
    switch kind {
    case .picklist(let given):
      values = given.map { ["value": .string($0), "label": .string($0), "active": true, "defaultValue": false] }
    case .reference(let given): objects = given.map { .string($0.rawValue) }
    case .id, .text, .phone, .email, .integer, .date, .dateTime, .boolean: break
    }
    return [
      "name": .string(name), "label": .string(name), "type": .string(type), "length": .integer(Int64(length)),
      "createable": .bool(access != .none), "updateable": .bool(access == .all), "nillable": .bool(!isRequired),
      "custom": false, "restrictedPicklist": .bool(!values.isEmpty), "picklistValues": .array(values),
      "referenceTo": .array(objects),
    ]
  }
}
