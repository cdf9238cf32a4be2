import Primitives

/// `xmlData` of an `insertRecords`: one row of labelled fields.
enum ZohoV1XML {
  static func row(_ fields: [(label: String, value: String)], of module: String) -> String {
    let lines = fields.map { "<FL val=\"\(XMLText.escaped($0.label))\">\(XMLText.escaped($0.value))</FL>" }
    return "<\(module)><row no=\"1\">\(lines.joined())</row></\(module)>"
  }
}
