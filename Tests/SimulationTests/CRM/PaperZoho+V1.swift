import CRMConnectors
import HTTPTypes
import Foundation
import JSON
import Primitives

extension PaperZoho {
  private static func coded(_ kind: String, _ code: String) -> CRMAnswer {
    json(200, ["response": .object([.init(kind, ["code": .string(code), "message": ""]), .init("uri", "/")])])
  }

  private static func result(_ value: JSONValue) -> CRMAnswer {
    json(200, ["response": ["result": value, "uri": "/"]])
  }

  mutating func v1(_ request: CRMRequest, at now: Instant) -> CRMAnswer {
    let names = (request.request.path ?? "").split(separator: "/")
    let form = Self.pairs(String(decoding: request.body, as: UTF8.self))
    guard form["authtoken"] != nil, form["scope"] == "crmapi", token != .revoked, names.count == 5 else {
      return Self.coded("error", "4834")
    }
    let (module, method) = (String(names[3]), names[4])
    if method == "getModules" { return Self.result(["row": [["no": "1", "content": "Leads"]]]) }
    guard token != .scopeTooNarrow else { return Self.coded("error", "4001") }
    switch method {
    case "insertRecords":
      let id = add(module, Self.fields(form["xmlData"] ?? ""), at: now)
      return Self.result([
        "message": "Record(s) added successfully",
        "recorddetail": ["FL": [["val": "Id", "content": .string(id)], ["val": "Created Time", "content": "2018"]]],
      ])
    case "searchRecords":
      // Every term of the criteria has the same number.
      let number = (form["criteria"] ?? "").split(separator: ":").last.map { $0.prefix { $0 != ")" } } ?? ""
      return rows(found(module, String(number), at: now), of: module)
    default: return rows((records[module] ?? []).reversed(), of: module)
    }
  }

  private func rows(_ found: [Record], of module: String) -> CRMAnswer {
    guard !found.isEmpty else { return Self.coded("nodata", "4422") }
    let label = module == "Calls" ? "ACTIVITYID" : module.dropLast().uppercased() + "ID"
    let rows = found.prefix(200).enumerated().map { index, record -> JSONValue in
      let fields: [JSONValue] = [["val": .string(label), "content": .string(record.id)]]
      let others = record.fields.keys.sorted().map { name -> JSONValue in
        ["val": .string(name), "content": .string(record.fields[name] ?? "")]
      }
      return ["no": .string(String(index + 1)), "FL": .array(fields + others)]
    }
    return Self.result(.object([.init(module, ["row": rows.count == 1 ? rows[0] : .array(rows)])]))
  }

  /// `<FL val="label">text</FL>`, as the connector writes it.
  private static func fields(_ xml: String) -> [String: String] {
    var result: [String: String] = [:]
    for piece in xml.split(separator: "<FL val=\"").dropFirst() {
      guard let quote = piece.firstIndex(of: "\""), let end = piece.firstRange(of: "</FL>") else { continue }
      let text = String(piece[piece.index(quote, offsetBy: 2)..<end.lowerBound])
      result[String(piece[..<quote])] = Self.unescaped(text)
    }
    return result
  }

  private static func unescaped(_ text: String) -> String {
    let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")]
    return entities.reduce(text) { $0.replacingOccurrences(of: $1.0, with: $1.1) }
  }
}
