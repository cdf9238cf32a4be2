import JSON
import Primitives

/// One field of an object.
struct SalesforceField: Hashable {
  enum Kind: Hashable {
    case id
    /// With its length.
    case text(Int)
    /// 40 characters (documented).
    case phone
    case email
    /// Restricted: no other values are taken (documented for the types and subtypes of calls).
    case picklist([String])
    /// Of at most eight digits (documented for the seconds of a call).
    case integer
    case date
    case dateTime
    case boolean
    case reference([SalesforceObject])
  }

  enum Access: Hashable {
    case none
    case createOnly
    case all
  }

  let name: String
  let kind: Kind
  let isRequired: Bool
  let access: Access

  init(_ name: String, _ kind: Kind, isRequired: Bool = false, access: Access = .all) {
    self.name = name
    self.kind = kind
    self.isRequired = isRequired
    self.access = access
  }

  /// What a `describe` calls the kind (documented).
  var type: String {
    switch kind {
    case .id: "id"
    case .text(let length): length > 255 ? "textarea" : "string"
    case .phone: "phone"
    case .email: "email"
    case .picklist: "picklist"
    case .integer: "int"
    case .date: "date"
    case .dateTime: "datetime"
    case .boolean: "boolean"
    case .reference: "reference"
    }
  }

  var length: Int {
    switch kind {
    case .id, .reference: 18
    case .text(let length): length
    case .phone: 40
    case .email: 80
    case .picklist: 40
    case .integer, .date, .dateTime, .boolean: 0
    }
  }

  /// The value as it is kept; `.null` clears the field.
  func value(_ given: JSONValue, isSloppy: Bool) throws(SalesforceAPIError) -> JSONValue {
    switch (kind, given) {
    case (_, .null), (_, .string("")): return .null
    case (.text, .string(let text)), (.phone, .string(let text)), (.email, .string(let text)):
      guard text.unicodeScalars.count <= length else { throw .tooLong(field: name, length: length) }
      return .string(text)
    case (.picklist(let values), .string(let text)):
      guard values.contains(text) else { throw .restrictedPicklist(field: name) }
      return .string(text)
    case (.integer, .integer(let number)):
      guard abs(Double(number)) < 100_000_000 else { throw .outsideRange(field: name) }
      return .integer(number)
    case (.integer, .string(let text)) where isSloppy: return Int64(text).map { .integer($0) } ?? .null
    case (.integer, .number(let number)) where isSloppy && abs(number) < 100_000_000:
      return .integer(Int64(number))
    case (.boolean, .bool): return given
    case (.date, .string(let text)):
      guard OffsetTimestamp(text + "T00:00:00Z") != nil else { throw .unreadable(field: name) }
      return .string(text)
    case (.reference(let objects), .string(let text)):
      guard let id = SalesforceID.whole(text) else { throw .malformedID(field: name) }
      guard objects.contains(where: { id.hasPrefix($0.prefix) }) else { throw .wrongReference(field: name) }
      return .string(id)
    case (.text, .integer(let number)), (.phone, .integer(let number)):
      // Numbers are taken for text (assumed), as most readers of JSON do.
      return try value(.string(String(number)), isSloppy: isSloppy)
    default: throw .unreadable(field: name)
    }
  }
}
