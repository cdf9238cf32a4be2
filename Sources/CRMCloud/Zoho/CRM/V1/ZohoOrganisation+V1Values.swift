import JSON
import Primitives

extension ZohoOrganisation {
  /// A row of `xmlData` as a record of the later API: labels become names, texts the kinds of their fields.
  ///
  /// Labels that the module lacks are ignored, as names are (assumed).
  func record(_ row: ZohoXMLRows.Row, _ module: ZohoModuleName) throws(ZohoV1Error) -> JSONValue {
    var members: [JSONValue.Member] = []
    func put(_ name: String, _ value: JSONValue) {
      if !members.contains(where: { $0.name == name }) { members.append(.init(name, value)) }
    }
    for (label, text) in row.fields {
      switch label.uppercased() {
      case "SMOWNERID": put("Owner", ["id": .string(text)])
      case "SEID": put(module == .notes ? "Parent_Id" : "What_Id", ["id": .string(text)])
      case "SEMODULE": put("$se_module", .string(Self.moduleName(v1: text)))
      case let id where Self.references(module)[id] != nil:
        put(Self.references(module)[id] ?? "", ["id": .string(text)])
      case _:
        guard let field = module.field(label: label), field.isStored else { continue }
        if let value = try value(text, field) { put(field.name, value) }
      }
    }
    return .object(members)
  }

  /// Labels of ids and the fields that they fill.
  private static func references(_ module: ZohoModuleName) -> [String: String] {
    var references: [String: String] = [:]
    for field in module.storedFields {
      if case .reference(let other) = field.kind { references[other.v1IDLabel] = field.name }
    }
    return references
  }

  private static func moduleName(v1 text: String) -> String {
    ZohoModuleName.allCases.first { $0.v1Name == text }?.rawValue ?? text
  }

  /// nil for an empty text, and for a name that no record has.
  private func value(_ text: String, _ field: ZohoField) throws(ZohoV1Error) -> JSONValue? {
    guard !text.isEmpty else { return .null }
    switch field.kind {
    case .integer:
      guard let number = Int64(text) else { throw .textForInteger }
      return .integer(number)
    case .double, .currency:
      guard let number = Double(text), number.isFinite else { throw .wrongParameter }
      return .number(number)
    case .boolean:
      guard text == "true" || text == "false" else { throw .wrongParameter }
      return .bool(text == "true")
    case .date: return .string(Self.isoDate(text))
    case .dateTime: return instant(v1: text).map { timestamp($0) } ?? .string(text)
    case .reference(let module):
      let wanted = text.lowercased()
      return records.filter(module, places: nil) { $0.displayName?.lowercased() == wanted }.first
        .map { ["id": .string($0.id)] }
    case .relatedReference, .user, .identifier, .tags: return nil
    case .text, .textArea, .email, .website, .phone, .fax, .duration, .choice, .picklist, .moduleName:
      return .string(text)
    }
  }

  /// Plain dates are `MM/dd/yyyy` (documented); the later API's form is taken as well.
  private static func isoDate(_ text: String) -> String {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].isDigits(2...2), parts[1].isDigits(2...2), parts[2].isDigits(4...4) else {
      return text
    }
    return "\(parts[2])-\(parts[0])-\(parts[1])"
  }
}
