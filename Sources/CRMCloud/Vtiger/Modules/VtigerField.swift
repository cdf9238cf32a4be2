import JSON

/// One field of a module.
struct VtigerField {
  enum Kind {
    case text
    case longText
    case phone
    case email
    case date
    case time
    case dateTime
    case integer
    case picklist([String])
    case owner
    case reference([String])
    /// Written by the server alone.
    case automatic
  }

  let name: String
  let label: String
  let kind: Kind
  let isMandatory: Bool

  init(_ name: String, _ label: String, _ kind: Kind = .text, mandatory: Bool = false) {
    self.name = name
    self.label = label
    self.kind = kind
    isMandatory = mandatory
  }

  /// What a reference may lead to; nil for other fields.
  var referredModules: [String]? {
    switch kind {
    case .reference(let modules): modules
    case .text, .longText, .phone, .email, .date, .time, .dateTime, .integer, .picklist, .owner, .automatic: nil
    }
  }

  var isAutomatic: Bool { if case .automatic = kind { true } else { false } }

  var typeName: String {
    switch kind {
    case .text: "string"
    case .longText: "text"
    case .phone: "phone"
    case .email: "email"
    case .date: "date"
    case .time: "time"
    case .dateTime: "datetime"
    case .integer: "integer"
    case .picklist: "picklist"
    case .owner: "owner"
    case .reference: "reference"
    case .automatic: name.hasSuffix("time") ? "datetime" : "string"
    }
  }

  /// As `describe` shows it.
  var json: JSONValue {
    var type: [JSONValue.Member] = []
    switch kind {
    case .picklist(let choices):
      let values = choices.map { choice -> JSONValue in ["label": .string(choice), "value": .string(choice)] }
      type.append(.init("picklistValues", .array(values)))
    case .reference(let modules): type.append(.init("refersTo", .array(modules.map { .string($0) })))
    case .text, .longText, .phone, .email, .date, .time, .dateTime, .integer, .owner, .automatic: break
    }
    type.append(.init("name", .string(typeName)))
    return [
      "name": .string(name), "label": .string(label), "mandatory": .bool(isMandatory), "type": .object(type),
      "isunique": .bool(name == "accountname"), "nullable": .bool(!isMandatory), "editable": .bool(!isAutomatic),
      "default": "",
    ]
  }
}
