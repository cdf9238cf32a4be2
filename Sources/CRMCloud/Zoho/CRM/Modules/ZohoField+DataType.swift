extension ZohoField {
  /// The kind as the metadata names it (`data_type`, documented).
  var dataType: String {
    switch kind {
    case .text, .duration: "text"
    case .textArea: "textarea"
    case .email: "email"
    case .website: "website"
    case .phone, .fax: "phone"
    case .integer: "integer"
    case .double: "double"
    case .currency: "currency"
    case .boolean: "boolean"
    case .date: "date"
    case .dateTime: "datetime"
    case .choice, .picklist: "picklist"
    case .reference, .relatedReference: "lookup"
    case .moduleName: "picklist"
    case .user: "ownerlookup"
    case .identifier: "bigint"
    case .tags: "text"
    }
  }

  /// How JSON carries it (`json_type`, documented).
  var jsonType: String {
    switch kind {
    case .integer: "integer"
    case .double, .currency: "double"
    case .boolean: "boolean"
    case .reference, .relatedReference, .user: "jsonobject"
    case .tags: "jsonarray"
    case .text, .textArea, .email, .website, .phone, .fax, .date, .dateTime, .duration, .choice, .picklist, .moduleName,
      .identifier:
      "string"
    }
  }

  /// The longest value in characters (`length`).
  var length: Int {
    switch kind {
    case .text(let limit), .textArea(let limit): limit
    case .email: 100
    case .website: 450
    case .phone, .fax: ZohoPhoneNumber.maximumLength
    case .integer: 9
    case .double, .currency: 16
    case .boolean: 5
    case .date, .dateTime, .moduleName: 25
    case .duration: 10
    case .choice, .picklist, .reference, .relatedReference, .user, .tags: 120
    case .identifier: 20
    }
  }
}
