import JSON
import Primitives

/// One record of a module. Every value is a text, the empty one where nothing was given (measured).
struct VtigerRecord: Codable {
  let module: VtigerModule
  /// The record's number, unique in all modules.
  let number: Int
  var values: [String: String]

  /// `12x2`.
  var id: String { "\(module.prefix)x\(number)" }

  /// The text of a field; `id` is one.
  subscript(field: String) -> String { field == "id" ? id : values[field] ?? "" }

  /// These fields in order, then the id, which no answer lacks.
  func json(_ fields: [String]) -> JSONValue {
    .object(fields.filter { $0 != "id" }.map { .init($0, .string(self[$0])) } + [.init("id", .string(id))])
  }
}

/// Module number and record number of an id.
struct VtigerID: Hashable {
  let prefix: Int
  let number: Int

  /// nil for a text of another form.
  init?(_ text: String) {
    let halves = text.split(separator: "x", omittingEmptySubsequences: false)
    guard halves.count == 2, halves.allSatisfy({ $0.isDigits(1...15) }), let prefix = Int(halves[0]),
      let number = Int(halves[1])
    else { return nil }
    self.prefix = prefix
    self.number = number
  }
}
